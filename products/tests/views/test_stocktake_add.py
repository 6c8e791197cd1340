"""/stock/counts/new"""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Brand, Stocktake, StocktakeLine
from products.tests.factories import make_category, make_location, make_product
from products.tests.stocktaking import started
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db

URL = reverse("products:stocktake_add")


def send(client: Client, **typed: Any) -> Any:
    data = open_form(client, URL, **typed)
    data = {name: value for name, value in data.items() if value != "False"}
    return client.post(URL, data, follow=True)


def errors(response: Any) -> list[str]:
    return list(response.context["form"].errors)


def test_starts_counting_everything(as_admin: Client) -> None:
    make_product(stock=3)
    response = send(as_admin, name="Shelf B")
    assert flashes(response) == ["“Shelf B” is open for counting."]
    stocktake = Stocktake.objects.get()
    assert (stocktake.state, stocktake.is_blind) == ("counting", True)
    assert response.redirect_chain[-1][0] == f"/stock/counts/{stocktake.pk}"
    assert StocktakeLine.objects.count() == 1


def test_keeps_a_draft(as_admin: Client) -> None:
    make_product(stock=3)
    response = send(as_admin, name="Shelf B", draft="1")
    assert flashes(response) == ["“Shelf B” is kept as a draft."]
    assert Stocktake.objects.get().state == "draft"


def test_sent_twice_is_one_draft(as_admin: Client) -> None:
    for _click in range(2):
        send(as_admin, name="Shelf B", draft="1")
    assert Stocktake.objects.count() == 1


def test_thresholds_and_ticks(as_admin: Client) -> None:
    send(
        as_admin,
        draft="1",
        is_blind="",
        sets_uncounted_to_zero="on",
        threshold_percent="10",
        threshold_value="25.50",
    )
    made = Stocktake.objects.get()
    assert not made.is_blind
    assert made.sets_uncounted_to_zero
    assert (made.threshold_percent, made.threshold_value) == (10, Decimal("25.50"))


def test_scopes(as_admin: Client) -> None:
    category, brand = make_category(), Brand.objects.create(name="Bølge")
    make_product(sku="MUG", category=category, brand=brand)
    typed: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (
            {"kind": "shelves", "shelf_from": "A", "shelf_to": "B"},
            {"kind": "shelves", "from": "A", "to": "B"},
        ),
        (
            {"kind": "category", "category": category.pk},
            {"kind": "category", "category": category.pk},
        ),
        ({"kind": "brand", "brand": brand.pk}, {"kind": "brand", "brand": brand.pk}),
        ({"kind": "stale", "days": "30"}, {"kind": "stale", "days": 30}),
        (
            {"kind": "listed", "skus": " mug \r\n\r\nMUG\n"},
            {"kind": "listed", "skus": ["mug", "MUG"]},
        ),
    ]
    for sent, scope in typed:
        send(as_admin, name=str(scope), draft="1", **sent)
        assert Stocktake.objects.first().scope == scope


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"kind": "moon"}, "kind"),
        ({"kind": "shelves"}, "shelf_from"),
        ({"kind": "category"}, "category"),
        ({"kind": "category", "category": "99"}, "category"),
        ({"kind": "brand", "brand": "9" * 30}, "brand"),
        ({"kind": "stale", "days": ""}, "days"),
        ({"kind": "stale", "days": "9" * 50}, "days"),
        ({"kind": "listed", "skus": "nope"}, "skus"),
        ({"kind": "listed", "skus": ""}, "skus"),
        ({"threshold_percent": "1001"}, "threshold_percent"),
        ({"threshold_value": "-1"}, "threshold_value"),
    ],
    ids=str,
)
def test_refuses_at_the_field(
    as_admin: Client, typed: dict[str, str], field: str
) -> None:
    assert errors(send(as_admin, **typed)) == [field]
    assert not Stocktake.objects.exists()


def test_what_is_taken_stays_a_draft_and_says_why(as_admin: Client) -> None:
    make_product(sku="MUG", stock=3)
    started(name="Shelf B")
    [sentence] = flashes(send(as_admin, name="Everything"))
    assert "kept as a draft" in sentence
    assert "MUG (“Shelf B”)" in sentence
    assert Stocktake.objects.first().state == "draft"


def test_one_location_is_not_asked_about(as_admin: Client) -> None:
    assert "location" not in open_form(as_admin, URL)
    back = make_location()
    make_product(stock=1, location=back)
    send(as_admin, location=back.pk)
    assert Stocktake.objects.get().location == back
