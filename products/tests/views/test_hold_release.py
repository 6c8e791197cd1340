"""/stock/holds/release, and what all questions about holds have in common."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Hold, Operation
from products.services.deleting import delete_product
from products.services.reservations import release_holds
from products.tests.factories import by, make_location, make_product, reload
from products.tests.views.filled import flashes, open_form
from products.tests.views.holds import (
    answer,
    hold,
    hold_until_an_hour_ago,
    question,
    states,
)

pytestmark = pytest.mark.django_db

LIST = reverse("products:hold_list")
HTMX = {"HX-Request": "true"}


def errors(response: Any) -> list[str]:
    return [str(text) for text in response.context["form"].non_field_errors()]


class TestReleases:
    def test_one(self, as_clerk: Client) -> None:
        product = make_product(sku="MUG", stock=5)
        response = answer(as_clerk, "release", *hold((product, 3)), reason="cancelled")
        assert flashes(response) == ["Released: 3 × MUG."]
        assert response.redirect_chain[-1][0] == LIST
        assert reload(product).available == 5
        operation = Operation.objects.get(kind="hold_released")
        assert operation.reason == "cancelled"
        undo = reverse("products:operation_undo", args=[operation.pk])
        assert undo in response.content.decode()

    def test_several_as_one_operation(self, as_clerk: Client) -> None:
        ids = [hold((make_product(stock=5), n))[0] for n in (1, 2)]
        response = answer(as_clerk, "release", *ids)
        assert flashes(response) == ["Released: 3 units in 2 holds."]
        assert Operation.objects.filter(kind="hold_released").count() == 1

    def test_a_double_click_releases_once(self, as_clerk: Client) -> None:
        url = question("release", *hold((make_product(sku="MUG", stock=5), 3)))
        data = open_form(as_clerk, url)
        as_clerk.post(url, data)
        response = as_clerk.post(url, data, follow=True)
        assert flashes(response)[-1] == "Released: 3 × MUG."
        assert Operation.objects.filter(kind="hold_released").count() == 1


class TestQuestion:
    def test_names_what_it_is_about(self, as_clerk: Client) -> None:
        ids = hold((make_product(name="Blue mug", stock=5), 3), reference="Order 1")
        page = as_clerk.get(question("release", *ids)).content.decode()
        assert "Blue mug" in page
        assert "3 units are available to everybody again" in page
        assert "Main store" not in page
        make_location()
        assert "Main store" in as_clerk.get(question("release", *ids)).content.decode()

    def test_as_a_dialog(self, as_clerk: Client) -> None:
        url = question("release", *hold((make_product(stock=5), 3)))
        response = as_clerk.get(url, headers=HTMX)
        assert b"<html" not in response.content
        behind = f"{LIST}?show=all&page=1"
        headers = HTMX | {"HX-Current-URL": f"http://testserver{behind}"}
        response = as_clerk.post(url, open_form(as_clerk, url), headers=headers)
        assert response["HX-Redirect"] == behind

    @pytest.mark.parametrize(
        "query", ["", "hold=", "hold=x", "hold=999", "hold=-1", f"hold={9**40}"]
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("name", ["renew", "release", "fulfil"])
    def test_about_nothing(
        self, as_clerk: Client, name: str, method: str, query: str
    ) -> None:
        url = f"{reverse(f'products:hold_{name}')}?{query}"
        response = getattr(as_clerk, method)(url, follow=True)
        assert flashes(response) == ["Choose a hold first."]
        assert response.redirect_chain == [(LIST, 302)]

    def test_null_character(self, as_clerk: Client) -> None:
        url = question("release", *hold((make_product(stock=5), 3)))
        response = as_clerk.post(url, {"reason": "a\0b"})
        assert response.status_code == 200
        assert states() == ["open"]


class TestEndedMeanwhile:
    @pytest.mark.parametrize("name", ["renew", "release", "fulfil"])
    def test_refused_as_a_whole(self, as_clerk: Client, name: str) -> None:
        first, second = make_product(sku="A", stock=5), make_product(sku="B", stock=5)
        ids = [*hold((first, 1)), *hold((second, 1))]
        url = question(name, *ids)
        data = open_form(as_clerk, url)
        release_holds(hold_ids=ids[:1], circumstances=by())
        response = as_clerk.post(url, data)
        assert errors(response) == ["The hold of 1 × A has ended: Released."]
        assert states() == ["released", "open"]
        page = response.content.decode()
        assert "1 of them has ended" in page
        others = question(name, ids[1])
        assert f'href="{others}"' in page
        assert as_clerk.get(others).status_code == 200

    def test_all_of_them(self, as_clerk: Client) -> None:
        pk = hold_until_an_hour_ago(make_product(stock=5), 3)
        page = as_clerk.get(question("release", pk)).content.decode()
        assert "1 of them has ended" in page
        assert 'type="submit">Release' not in page
        response = as_clerk.post(question("release", pk))
        assert "has ended: Expired" in errors(response)[0]

    def test_of_a_product_deleted_since(self, as_clerk: Client) -> None:
        product = make_product(sku="GONE", stock=5)
        ids = hold((product, 1))
        release_holds(hold_ids=ids, circumstances=by())
        delete_product(product_id=product.pk, circumstances=by())
        assert b"GONE" in as_clerk.get(question("release", *ids)).content
        response = as_clerk.post(question("release", *ids))
        assert "deleted" in errors(response)[0]
        assert Hold.objects.get().state == Hold.State.RELEASED
