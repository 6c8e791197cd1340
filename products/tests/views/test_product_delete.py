"""/delete_product/<id>"""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Operation, Product, ProductChange, StockLevel
from products.services.deleting import delete_product
from products.tests.factories import (
    by,
    make_location,
    make_product,
    receive,
    reload,
)
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db

DASHBOARD = reverse("products:dashboard")
HTMX = {"HX-Request": "true"}


def url_of(product: Product) -> str:
    return reverse("products:product_delete", args=[product.pk])


class TestAsks:
    def test_deletes_nothing_yet(self, as_admin: Client) -> None:
        product = make_product()
        as_admin.get(url_of(product))
        assert reload(product)

    def test_says_what_goes_and_what_stays(self, as_admin: Client) -> None:
        product = make_product(name="Blue <mug>", stock=1200, cost=Decimal(2))
        receive(product, 1, location=make_location())
        page = as_admin.get(url_of(product)).content.decode()
        for words in (
            "Delete “Blue &lt;mug&gt;”?",
            "1,201 on hand, worth €2,402.00",
            "1,200 units at Main store, written off",
            "1 unit at Back room, written off",
            "All 2 movements, in history and reports",
            "Archiving is usually enough",
        ):
            assert words in page

    def test_without_stock_there_is_nothing_to_write_off(
        self, as_admin: Client
    ) -> None:
        page = as_admin.get(url_of(make_product())).content.decode()
        assert "written off" not in page

    def test_one_location_is_not_named(self, as_admin: Client) -> None:
        page = as_admin.get(url_of(make_product(stock=2))).content.decode()
        assert "2 units, written off" in page

    def test_an_archived_product_is_not_offered_the_archive(
        self, as_admin: Client
    ) -> None:
        product = make_product(status=Product.Status.ARCHIVED)
        assert "Archive instead" not in as_admin.get(url_of(product)).content.decode()

    def test_worth_nothing_to_who_sees_no_cost(
        self, client: Client, regular: object
    ) -> None:
        regular.user_permissions.add(Permission.objects.get(codename="delete_product"))
        client.force_login(regular)
        page = client.get(url_of(make_product(stock=1, cost=Decimal(3)))).content
        assert b", worth" not in page
        assert b"Archive instead" not in page  # may not change products

    def test_as_a_dialog(self, as_admin: Client) -> None:
        response = as_admin.get(url_of(make_product()), headers=HTMX)
        assert b"<html" not in response.content
        assert b'class="modal-content"' in response.content


class TestDeletes:
    def test_the_row_and_offers_undo(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug", stock=4)
        data = open_form(as_admin, url_of(product))
        response = as_admin.post(url_of(product), data, follow=True)
        assert response.redirect_chain[-1][0] == DASHBOARD
        assert flashes(response) == ["Product “Blue mug” deleted."]
        assert not Product.objects.exists()
        undo = reverse("products:operation_undo", args=[Operation.objects.first().pk])
        assert undo in response.content.decode()

    def test_undo_brings_it_back_with_its_stock(self, as_admin: Client) -> None:
        product = make_product(stock=4)
        as_admin.post(url_of(product))
        operation = Operation.objects.first()
        as_admin.post(reverse("products:operation_undo", args=[operation.pk]))
        assert reload(product).on_hand == 4

    def test_over_the_dashboard_the_list_comes_anew(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        behind = f"http://testserver{DASHBOARD}?q=mug"
        headers = HTMX | {"HX-Current-URL": behind}
        response = as_admin.post(url_of(product), headers=headers)
        assert set(response.headers["HX-Trigger"].split('"')) >= {
            "dialog:close",
            "product:changed",
        }
        assert 'hx-swap-oob="innerHTML:#flash"' in response.content.decode()
        assert "Product “Blue mug” deleted." in response.content.decode()

    def test_over_its_own_page_leads_to_the_dashboard(self, as_admin: Client) -> None:
        product = make_product()
        behind = f"http://testserver{product.get_absolute_url()}"
        headers = HTMX | {"HX-Current-URL": behind}
        response = as_admin.post(url_of(product), headers=headers)
        assert response["HX-Redirect"] == DASHBOARD

    def test_a_double_click_deletes_once(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        data = open_form(as_admin, url_of(product))
        as_admin.post(url_of(product), data)
        response = as_admin.post(url_of(product), data, follow=True)
        assert flashes(response)[-1] == "Product “Blue mug” deleted."
        assert ProductChange.objects.deletions().count() == 1


class TestRefuses:
    def test_unknown(self, as_admin: Client) -> None:
        for pk in (999, 10**30):
            assert as_admin.get(f"/delete_product/{pk}").status_code == 404
            assert as_admin.post(f"/delete_product/{pk}").status_code == 404

    def test_deleted_already_by_somebody_else(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug")
        delete_product(product_id=product.pk, circumstances=by("Jonas Weber"))
        response = as_admin.post(url_of(product), follow=True)
        sentence = "Nothing was done: Jonas Weber deleted “Blue mug” today at"
        assert flashes(response)[0].startswith(sentence)

    def test_stock_that_is_held(self, as_admin: Client) -> None:
        product = make_product(name="Blue mug", stock=4)
        StockLevel.objects.update(reserved=3)  # nothing on the site holds stock yet
        Product.objects.update(reserved=3)
        page = as_admin.post(url_of(product)).content.decode()
        assert "3 units are held" in page
        assert reload(product)

    def test_only_by_post(self, as_admin: Client) -> None:
        product = make_product()
        assert as_admin.delete(url_of(product)).status_code == 405
        assert as_admin.put(url_of(product)).status_code == 405
        assert reload(product)
