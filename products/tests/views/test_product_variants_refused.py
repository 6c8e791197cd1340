"""/products/<id>/variants: what is refused, and where it is said."""

import pytest
from django.test import Client

from products.models import Product
from products.tests.factories import make_product, reload
from products.tests.views.variant_pages import SIZES, filled, preview, url_of

pytestmark = pytest.mark.django_db

FORTY = {"name2": "No", "values2": ",".join(map(str, range(40))), "own2": "1"}


@pytest.fixture
def tee() -> Product:
    return make_product(name="T-shirt", sku="TEE")


class TestRefuses:
    @pytest.mark.parametrize(
        ("options", "fields"),
        [
            ({}, ["name1"]),
            ({"name1": "Size"}, ["own1", "values1"]),
            ({"values1": "S, M"}, ["name1", "own1"]),
            ({"name1": "Size", "values1": " , ;", "own1": "M"}, ["values1"]),
            ({"name1": "x" * 61, "values1": "S", "own1": "S"}, ["name1"]),
            ({"name1": "Size", "values1": "x" * 121, "own1": "S"}, ["values1"]),
            (SIZES | {"name2": "size", "values2": "a,b", "own2": "a"}, ["__all__"]),
            (SIZES | FORTY, ["__all__"]),
        ],
        ids=[
            "nothing",
            "only a name",
            "only values",
            "no values",
            "long name",
            "long value",
            "same name",
            "too many",
        ],
    )
    def test_options(
        self, as_admin: Client, tee: Product, options: dict[str, str], fields: list[str]
    ) -> None:
        response = preview(as_admin, tee, **options)
        assert sorted(response.context["form"].errors) == fields
        assert "rows" not in response.context

    def test_more_than_a_hundred_by_number(
        self, as_admin: Client, tee: Product
    ) -> None:
        page = preview(as_admin, tee, **SIZES, **FORTY).content.decode()
        assert "These are 120 combinations; 100 at once is the most." in page

    def test_all_there_already(self, as_admin: Client, tee: Product) -> None:
        page = preview(as_admin, tee, name1="Size", values1="m", own1="M").content
        assert b"All these variants are there already." in page

    def test_rows_at_their_fields(self, as_admin: Client, tee: Product) -> None:
        other = make_product(sku="MUG-1", barcode="X1", name="Mug")
        typed = {
            "rows__0__sku": "mug-1",
            "rows__0__barcode": "X1",
            "rows__0__price": "NaN",
            "rows__0__cost": "-1",
            "rows__0__quantity": "1.5",
            "rows__1__sku": "",
        }
        data = filled(preview(as_admin, tee, **SIZES), **typed)
        response = as_admin.post(url_of(tee), data)
        first, second = response.context["rows"].errors
        assert set(first) == {"sku", "barcode", "price", "cost", "quantity"}
        assert set(second) == {"sku"}
        page = response.content.decode()
        assert f'Used by <a href="{other.get_absolute_url()}">Mug</a>.' in page
        assert '<a href="#id_rows-0-sku">S, SKU: Used by Mug.</a>' in page
        assert Product.objects.count() == 2

    def test_two_rows_with_one_code(self, as_admin: Client, tee: Product) -> None:
        typed = {"rows__0__sku": "X", "rows__1__sku": "x"}
        data = filled(preview(as_admin, tee, **SIZES), **typed)
        response = as_admin.post(url_of(tee), data)
        assert response.context["rows"].errors[1] == {
            "sku": ["Another row has it too."]
        }

    def test_what_was_typed_stays_in_a_new_table(
        self, as_admin: Client, tee: Product
    ) -> None:
        typed = {"rows__0__sku": "SMALL", "rows__0__price": "abc"}
        data = filled(preview(as_admin, tee, **SIZES), **typed)
        del data["save"], data["rows-1-make"]
        response = as_admin.post(url_of(tee), data | {"values1": "XS, S, M, L"})
        extra_small, small, large = response.context["rows"].forms
        assert (small["sku"].value(), small["price"].value()) == ("SMALL", "abc")
        assert extra_small["sku"].value() == "TEE-XS"
        assert (small["make"].value(), large["make"].value()) == (True, False)

    def test_what_was_typed_stays_when_the_options_are_wrong(
        self, as_admin: Client, tee: Product
    ) -> None:
        data = filled(preview(as_admin, tee, **SIZES), rows__0__sku="SMALL")
        response = as_admin.post(url_of(tee), data | {"own1": ""})
        assert set(response.context["form"].errors) == {"own1"}
        assert 'value="SMALL"' in response.content.decode()

    def test_no_tick(self, as_admin: Client, tee: Product) -> None:
        data = filled(preview(as_admin, tee, **SIZES))
        data = {name: value for name, value in data.items() if "make" not in name}
        response = as_admin.post(url_of(tee), data)
        assert b"Tick one variant or more." in response.content

    def test_options_changed_after_the_table(
        self, as_admin: Client, tee: Product
    ) -> None:
        data = filled(preview(as_admin, tee, **SIZES)) | {"values1": "S, M, XL"}
        response = as_admin.post(url_of(tee), data)
        assert b"The options have changed." in response.content
        assert [line.title for line in response.context["lines"]] == ["S", "M", "XL"]
        assert Product.objects.count() == 1

    @pytest.mark.parametrize(
        "forged", [{}, {"rows-TOTAL_FORMS": "x"}, {"rows-TOTAL_FORMS": "9" * 30}]
    )
    def test_a_table_that_is_none(
        self, as_admin: Client, tee: Product, forged: dict[str, str]
    ) -> None:
        response = as_admin.post(url_of(tee), SIZES | {"save": "1"} | forged)
        assert response.status_code == 200
        assert Product.objects.count() == 1

    def test_unknown(self, as_admin: Client) -> None:
        assert as_admin.get("/products/999/variants").status_code == 404
        assert as_admin.post("/products/999/variants").status_code == 404

    def test_only_by_post(self, as_admin: Client, tee: Product) -> None:
        assert as_admin.delete(url_of(tee)).status_code == 405
        assert reload(tee)
