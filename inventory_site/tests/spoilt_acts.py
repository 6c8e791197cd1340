"""What somebody does on a page, as a browser sends it: for tests with spoilt values."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from inventory_site.tests.permission_rows.imports import preview
from inventory_site.tests.permission_rows.stocktakes import counting, planned, ready
from inventory_site.tests.permission_rows.transfers import on_the_way, transfer_draft
from products.models import Location, Operation, Transfer
from products.services.reservations import release_holds
from products.tests.factories import adjust, by, make_product
from products.tests.views.documents import RECEIVE, SELL, document
from products.tests.views.filled import open_form, values_of
from products.tests.views.holds import hold, question
from products.tests.views.test_transfer_edit import opened, url_of

Sent = tuple[str, dict[str, Any]]
Act = Callable[[Client], Sent]
WRITTEN = ("operation", "stockmovement", "productchange", "documentchange")


def of_product(page: str, **typed: str) -> Act:
    def act(client: Client) -> Sent:
        url = reverse(f"products:{page}", args=[make_product(stock=5, cost=2).pk])
        return url, open_form(client, url, **typed)

    return act


def of_given(name: str, given: Callable[[], Mapping[str, object]], **typed: str) -> Act:
    def act(client: Client) -> Sent:
        url = reverse(f"products:{name}", kwargs=dict(given()))
        return url, open_form(client, url, **typed)

    return act


def of_button(name: str, given: Callable[[], Mapping[str, object]]) -> Act:
    """A button on the page of its document: nothing is typed."""
    return lambda client: (reverse(f"products:{name}", kwargs=dict(given())), {})


def of_holds(name: str) -> Act:
    def act(client: Client) -> Sent:
        url = question(name, *hold((make_product(stock=5), 3)))
        return url, open_form(client, url)

    return act


def of_lines(address: str) -> Act:
    def act(client: Client) -> Sent:
        line = (make_product(stock=5, cost=2), 3)
        return address, document(client, address, line) | {"post": "1"}

    return act


def edit_level(client: Client) -> Sent:
    place = Location.objects.get_default()
    args = [make_product(stock=5).pk, place.pk]
    return reverse("products:level_edit", args=args), {"shelf": "R-01"}


def edit_transfer(client: Client) -> Sent:
    transfer = Transfer.objects.get(**transfer_draft())
    return url_of(transfer), opened(client, transfer, note="By van")


def send_transfer(client: Client) -> Sent:
    given = dict(transfer_draft())
    page = client.get(reverse("products:transfer_detail", kwargs=given))
    url = reverse("products:transfer_send", kwargs=given)
    return url, values_of(page.context["form"])


def undo(client: Client) -> Sent:
    pk = adjust(make_product(stock=5), -2).pk
    return reverse("products:operation_undo", args=[pk]), {}


def undo_receipt(client: Client) -> Sent:
    """Of goods that were on the way."""
    pk = on_the_way()["pk"]
    operation = Operation.objects.filter(document_changes__document_id=pk).latest("pk")
    return reverse("products:operation_undo", args=[operation.pk]), {}


def undo_release(client: Client) -> Sent:
    held = hold((make_product(stock=5), 3))
    operation = release_holds(hold_ids=held, circumstances=by())
    return reverse("products:operation_undo", args=[operation.pk]), {}


ACTS: dict[str, Act] = {
    "product_edit": of_product("product_edit", name="Another"),
    "product_delete": of_product("product_delete"),
    "product_archive": of_product("product_archive"),
    "stock_adjust": of_product(
        "stock_adjust", mode="take", quantity="1", reason="sold"
    ),
    "level_edit": edit_level,
    "stock_receive": of_lines(RECEIVE),
    "stock_sell": of_lines(SELL),
    "transfer_send": send_transfer,
    "transfer_receive": of_given("transfer_receive", on_the_way, everything="1"),
    "transfer_cancel": of_given("transfer_cancel", on_the_way),
    "transfer_edit": edit_transfer,
    "stocktake_start": of_button("stocktake_start", planned),
    "stocktake_finish": of_button("stocktake_finish", counting),
    "stocktake_apply": of_given("stocktake_apply", ready),
    "stocktake_cancel": of_given("stocktake_cancel", counting),
    "operation_undo": undo,
    "operation_undo of a transfer": undo_receipt,
    "operation_undo of a hold": undo_release,
    "hold_renew": of_holds("renew"),
    "hold_release": of_holds("release"),
    "hold_fulfil": of_holds("fulfil"),
    "import_apply": of_button("import_apply", preview),
    "import_discard": of_button("import_discard", preview),
}


def shop() -> dict[str, list[tuple[Any, ...]]]:
    """What there is: the trail, and the figures and states that acts change."""
    asked = {table: f"SELECT id FROM products_{table} ORDER BY id" for table in WRITTEN}
    asked["levels"] = "SELECT id, on_hand, reserved, shelf FROM products_stocklevel"
    asked["products"] = (
        "SELECT id, name, status, on_hand, reserved, in_transit FROM products_product"
    )
    asked["transfer"] = "SELECT id, state, version FROM products_transfer"
    for table in ("stocktake", "hold", "importrun"):
        asked[table] = f"SELECT id, state FROM products_{table} ORDER BY id"
    found = {}
    with connection.cursor() as cursor:
        for name, sql in asked.items():
            cursor.execute(sql)
            found[name] = list(cursor.fetchall())
    return found
