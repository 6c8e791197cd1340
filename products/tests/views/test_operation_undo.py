"""/stock/operations/<id>/undo"""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Operation, Product
from products.services.deleting import delete_product
from products.services.undo import undo_operation
from products.tests.factories import adjust, by, make_product, reload
from products.tests.views.filled import flashes
from products.views.undoing import NEEDED

pytestmark = pytest.mark.django_db

DASHBOARD = reverse("products:dashboard")


def undo(client: Client, operation: Operation, **how: Any) -> Any:
    url = reverse("products:operation_undo", args=[operation.pk])
    return client.post(url, **how)


class TestUndoes:
    def test_an_adjustment(self, as_clerk: Client) -> None:
        product = make_product(stock=5)
        response = undo(as_clerk, adjust(product, -2), follow=True)
        assert reload(product).on_hand == 5
        assert flashes(response) == ["Undone: Stock adjusted."]

    def test_a_deletion_by_name(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        operation = delete_product(product_id=product.pk, circumstances=by())
        response = undo(as_admin, operation, follow=True)
        assert flashes(response) == ["Undone: Product deleted, “Blue mug”."]

    def test_an_undo(self, as_clerk: Client) -> None:
        product = make_product(stock=5)
        undo(as_clerk, adjust(product, -2))
        undo(as_clerk, Operation.objects.first())
        assert reload(product).on_hand == 3


class TestRefuses:
    def test_a_second_time_with_the_reason(self, as_clerk: Client) -> None:
        product = make_product(stock=5)
        operation = adjust(product, -2)
        undo(as_clerk, operation)
        response = undo(as_clerk, operation, follow=True)
        sentence = "This can't be undone: It was undone before."
        assert sentence in flashes(response)
        assert reload(product).on_hand == 5

    def test_when_the_stock_is_gone(self, as_clerk: Client) -> None:
        product = make_product()
        operation = adjust(product, 5)
        adjust(product, -4)
        response = undo(as_clerk, operation, follow=True)
        assert "Only 1 is available" in flashes(response)[0]
        assert reload(product).on_hand == 1

    @pytest.mark.parametrize("pk", [999, 10**30])
    def test_unknown(self, as_admin: Client, pk: int) -> None:
        assert as_admin.post(f"/stock/operations/{pk}/undo").status_code == 404


class TestWayBack:
    def test_where_the_button_stood(self, as_clerk: Client) -> None:
        page = f"http://testserver{DASHBOARD}?q=mug"
        response = undo(as_clerk, adjust(make_product(), 5), headers={"Referer": page})
        assert response["Location"] == page

    def test_where_the_form_says(self, as_clerk: Client) -> None:
        product = make_product()
        page = product.get_absolute_url()
        response = undo(as_clerk, adjust(product, 5), data={"next": page})
        assert response["Location"] == page

    @pytest.mark.parametrize(
        "page", ["https://evil.example/", "//evil.example/", "javascript:x", "/nowhere"]
    )
    def test_never_elsewhere(self, as_clerk: Client, page: str) -> None:
        operation = adjust(make_product(), 5)
        headers = {"Referer": page}
        response = undo(as_clerk, operation, data={"next": page}, headers=headers)
        assert response["Location"] == DASHBOARD

    def test_not_to_a_product_that_is_gone_now(self, as_admin: Client) -> None:
        product = make_product()
        added = Operation.objects.get(changes__product=product)
        page = f"http://testserver{product.get_absolute_url()}"
        response = undo(as_admin, added, headers={"Referer": page})
        assert response["Location"] == DASHBOARD
        assert not Product.objects.exists()


class TestWhoMay:
    def test_a_clerk_no_deletion(self, as_clerk: Client) -> None:
        product = make_product()
        operation = delete_product(product_id=product.pk, circumstances=by())
        assert undo(as_clerk, operation).status_code == 403
        assert not Product.objects.exists()

    def test_nor_the_undoing_of_one(self, as_clerk: Client) -> None:
        product = make_product()
        operation = delete_product(product_id=product.pk, circumstances=by())
        undoing = undo_operation(operation_id=operation.pk, circumstances=by())
        assert undo(as_clerk, undoing).status_code == 403
        assert reload(product)

    def test_every_kind_has_been_thought_about(self) -> None:
        assert set(NEEDED) == set(Operation.Kind) - {Operation.Kind.UNDONE}

    def test_an_edit_that_moved_stock_takes_both_permissions(
        self, client: Client, regular: Any, admin: Any
    ) -> None:
        product = make_product(stock=5)
        edit = reverse("products:product_edit", args=[product.pk])
        client.force_login(admin)
        data = client.get(edit).context["form"].initial
        typed = {"name": data["name"], "sku": data["sku"], "status": "active"}
        seen = {"quantity": "4", "quantity_seen": "5", "reason": "lost"}
        client.post(edit, typed | seen | {"version": "1"})
        regular.user_permissions.add(Permission.objects.get(codename="change_product"))
        client.force_login(regular)
        assert undo(client, Operation.objects.first()).status_code == 403
        assert reload(product).on_hand == 4
