"""/stock/operations/<id>"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Location, Operation, Product
from products.services.catalogue import Opening, add_products
from products.services.deleting import delete_product
from products.services.reservations import Wanted, hold_stock
from products.services.undo import undo_operation
from products.tests.factories import (
    adjust,
    by,
    make_location,
    make_product,
    receive,
)
from products.tests.importing.files import import_text
from products.tests.undoing import edit

pytestmark = pytest.mark.django_db


def url_of(operation: Operation) -> str:
    return reverse("products:operation_detail", args=[operation.pk])


def html(client: Client, operation: Operation, **query: object) -> str:
    response = client.get(url_of(operation), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def undo(operation: Operation) -> Operation:
    return undo_operation(operation_id=operation.pk, circumstances=by("Undoer"))


class TestAbout:
    def test_who_when_from_where_and_why(self, as_regular: Client) -> None:
        circumstances = by("Jonas Weber", reason="late <truck>", reference="DN-77")
        product = make_product()
        page = html(as_regular, receive(product, 3, circumstances=circumstances))
        for words in ("Jonas Weber", "Site", "late &lt;truck&gt;", "DN-77"):
            assert words in page

    def test_business_date_of_a_late_entry(self, as_regular: Client) -> None:
        product = make_product(stock=5)
        late = timezone.now() - timedelta(days=40)
        operation = receive(product, 3, circumstances=by(effective_at=late))
        page = html(as_regular, operation)
        assert "entered later" in page
        assert f"{timezone.localtime(late):%H:%M}" in page
        assert "entered later" not in html(as_regular, adjust(product, -1))

    def test_what_undid_it_and_what_it_undoes(self, as_regular: Client) -> None:
        operation = adjust(make_product(stock=5), -2)
        undoing = undo(operation)
        assert url_of(undoing) in html(as_regular, operation)
        assert url_of(operation) in html(as_regular, undoing)

    def test_file_of_an_import(
        self, client: Client, admin: object, regular: object
    ) -> None:
        run = import_text("sku,name,price\nA,Mug,1\n").run
        assert run.operation
        client.force_login(regular)
        assert run.get_absolute_url() not in html(client, run.operation)
        client.force_login(admin)
        assert run.get_absolute_url() in html(client, run.operation)

    def test_there_is_none(self, as_regular: Client) -> None:
        for pk in (404, 10**18, 10**30):
            assert as_regular.get(f"/stock/operations/{pk}").status_code == 404


class TestWhatItChanged:
    def test_fields_old_and_new(self, as_regular: Client) -> None:
        operation = edit(make_product(name="Mug"), name="Cup")
        page = html(as_regular, operation)
        assert "<del>Mug</del>" in page
        assert "<ins>Cup</ins>" in page

    def test_cost_for_those_who_may_see_it(
        self, client: Client, admin: object, clerk: object
    ) -> None:
        operation = edit(make_product(cost=Decimal("777.77")), cost=Decimal("888.88"))
        client.force_login(clerk)
        page = html(client, operation)
        assert "not shown to you" in page
        assert "777.77" not in page
        assert "888.88" not in page
        client.force_login(admin)
        page = html(client, operation)
        assert "777.77" in page
        assert "888.88" in page

    def test_deleted_product_has_no_link(self, as_regular: Client) -> None:
        product = make_product(name="Blue mug", sku="MUG-1", stock=4)
        operation = delete_product(product_id=product.pk, circumstances=by())
        page = html(as_regular, operation)
        assert "Deleted" in page
        assert "Blue mug" in page
        assert "−4" in page
        assert product.get_absolute_url() not in page

    def test_added_product(self, as_regular: Client) -> None:
        product = make_product(name="Blue mug", supplier_name="Keramik")
        page = html(as_regular, product.changes.get().operation)
        assert "Added" in page
        assert "Keramik" in page

    def test_movement_with_product_change_and_balance(self, as_regular: Client) -> None:
        product = make_product(name="Blue mug", stock=1_200)
        page = html(as_regular, adjust(product, -2))
        assert product.get_absolute_url() in page
        assert "−2" in page
        assert "1,198" in page

    def test_value_for_those_who_may_see_it(
        self, client: Client, admin: object, clerk: object
    ) -> None:
        operation = receive(make_product(), 3, cost="4.11")
        client.force_login(clerk)
        assert "12.33" not in html(client, operation)
        client.force_login(admin)
        assert "12.33" in html(client, operation)

    def test_location_only_where_there_are_several(self, as_regular: Client) -> None:
        operation = adjust(make_product(stock=5), -2)
        assert "Location" not in html(as_regular, operation)
        make_location()
        assert "Location" in html(as_regular, operation)

    def test_document_before_and_after(self, as_regular: Client) -> None:
        product = make_product(stock=5, sku="MUG-1")
        operation = hold_stock(
            wanted=[Wanted(product.pk, 2)], circumstances=by(reference="Order 9")
        )
        page = html(as_regular, operation)
        assert "2 × MUG-1" in page
        assert "<ins>Held</ins>" in page


class TestUndoButton:
    def test_for_those_who_may(self, as_clerk: Client) -> None:
        operation = adjust(make_product(stock=5), -2)
        undo_url = reverse("products:operation_undo", args=[operation.pk])
        assert undo_url in html(as_clerk, operation)
        undo(operation)
        assert undo_url not in html(as_clerk, operation)

    def test_not_for_others(self, as_regular: Client) -> None:
        operation = adjust(make_product(stock=5), -2)
        undo_url = reverse("products:operation_undo", args=[operation.pk])
        assert undo_url not in html(as_regular, operation)


class TestManyLines:
    def test_pages_follow_the_key(self, as_regular: Client) -> None:
        operation = add_many(60)
        first = html(as_regular, operation)
        assert "SKU 000" in first
        assert "SKU 049" in first
        assert "SKU 050" not in first.partition('id="h-moves"')[2]
        last = operation.movements.order_by("pk")[49].pk
        second = html(as_regular, operation, moves_after=last)
        assert "SKU 050" in second
        assert "SKU 049" not in second.partition('id="h-moves"')[2]

    @pytest.mark.parametrize("key", ["", "x", "-1", "\0", "9" * 40, "٣"])
    def test_a_key_that_makes_no_sense(self, as_regular: Client, key: str) -> None:
        operation = adjust(make_product(stock=5, sku="MUG-1"), -2)
        for name in ("moves_after", "moves_before", "products_after"):
            assert "MUG-1" in html(as_regular, operation, **{name: key})

    def test_queries(
        self,
        as_regular: Client,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for operation in (add_many(1), add_many(20, prefix="X")):
            with django_assert_max_num_queries(13):
                html(as_regular, operation)


def add_many(count: int, *, prefix: str = "SKU") -> Operation:
    place = Location.objects.get_default().pk
    products = [
        Product(sku=f"{prefix} {number:03}", name="Mug", price=1)
        for number in range(count)
    ]
    add_products(
        products=products,
        circumstances=by(),
        openings={number: [Opening(3, place)] for number in range(count)},
    )
    return Operation.objects.latest("pk")
