"""/stock/sell"""

import pytest
from django.test import Client
from django.utils import timezone

from products.models import Operation, Product, StockMovement
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import by, make_location, make_product, receive, reload
from products.tests.views.documents import SELL, document, post, problems, shown
from products.tests.views.filled import flashes

pytestmark = pytest.mark.django_db


def moves(operation: Operation) -> list[tuple[str, int]]:
    return list(operation.movements.order_by("sequence").values_list("kind", "delta"))


class TestPosts:
    def test_all_lines_as_one_operation(self, as_clerk: Client) -> None:
        mug, cup = make_product(stock=5), make_product(stock=3)
        response = post(as_clerk, SELL, (mug, 2), (cup, 3), reference="Receipt 9")
        operation = Operation.objects.get(kind="stock_issued")
        assert operation.reference == "Receipt 9"
        assert (reload(mug).on_hand, reload(cup).on_hand) == (3, 0)
        assert "5 units of 2 products sold." in flashes(response)[0]
        assert "Undo" in response.content.decode()

    def test_from_where(self, as_clerk: Client) -> None:
        back, mug = make_location(), make_product(stock=5)
        receive(mug, 5, location=back)
        post(as_clerk, SELL, (mug, 2), location=back.pk)
        assert mug.levels.get(location=back).on_hand == 3

    def test_shows_what_is_available_there(self, as_clerk: Client) -> None:
        back, mug = make_location(), make_product(stock=5)
        receive(mug, 9, location=back)
        data = document(as_clerk, SELL, (mug, 1), location=back.pk) | {"look": "1"}
        (line,) = as_clerk.post(SELL, data).context["form"].lines
        assert line.available == 9


class TestShort:
    def test_every_short_line_says_what_is_there(self, as_clerk: Client) -> None:
        mug = make_product(sku="MUG", stock=1_005)
        cup = make_product(sku="CUP", stock=1)
        tea = make_product(sku="TEA", stock=9)
        lines = [(mug, 2_010), (tea, 1), (cup, 2)]
        response = post(as_clerk, SELL, *lines, reference="Receipt 9")
        assert problems(response) == [
            "1,005 short: the book has 1,005.",
            "1 short: the book has 1.",
        ]
        page = response.content.decode()
        assert page.count('class="row-short"') == 2
        assert "It is here: book 1 found" in page
        assert "They are here: book 1,005 found" in page
        assert shown(response) == [("MUG", "2010"), ("TEA", "1"), ("CUP", "2")]
        assert response.context["form"]["reference"].value() == "Receipt 9"
        assert not Operation.objects.filter(kind="stock_issued").exists()

    def test_found_and_sold(self, as_clerk: Client) -> None:
        mug = make_product(sku="MUG")
        response = post(as_clerk, SELL, (mug, 1), found=f"{mug.pk}:1")
        operation = Operation.objects.get(kind="stock_issued")
        assert moves(operation) == [("found", 1), ("sold", -1)]
        assert "1 unit of 1 product sold." in flashes(response)[0]

    def test_only_where_it_is_ticked(self, as_clerk: Client) -> None:
        mug, cup = make_product(), make_product()
        response = post(as_clerk, SELL, (mug, 1), (cup, 1), found=f"{mug.pk}:1")
        assert len(problems(response)) == 1
        page = response.content.decode()
        assert f'value="{mug.pk}:1" checked' in page  # the tick is not lost
        assert f'value="{cup.pk}:1">' in page

    def test_more_are_missing_by_now(self, as_clerk: Client) -> None:
        mug = make_product(stock=1)
        response = post(as_clerk, SELL, (mug, 5), found=f"{mug.pk}:3")
        assert problems(response) == ["4 short: the book has 1."]
        assert f'value="{mug.pk}:4">' in response.content.decode()

    def test_held_is_not_missing(self, as_clerk: Client) -> None:
        mug = make_product(stock=5)
        hold_stock(wanted=[Wanted(mug.pk, 3)], circumstances=by())
        response = post(as_clerk, SELL, (mug, 4), found=f"{mug.pk}:2")
        assert problems(response) == [
            "2 short: 2 available, 3 held.",
        ]
        page = response.content.decode()
        assert 'name="found"' not in page
        assert "See the " in page  # holds
        assert reload(mug).on_hand == 5

    @pytest.mark.parametrize(
        "tick", ["", "x", ":", "1:", "1:-2", "x:1", "9" * 40 + ":1", "a\0:1"]
    )
    def test_ticks_that_are_none(self, as_clerk: Client, tick: str) -> None:
        response = post(as_clerk, SELL, (make_product(), 1), found=tick)
        assert problems(response) == ["1 short: the book has 0."]

    def test_nothing_is_found_on_a_delivery(self, as_clerk: Client) -> None:
        mug = make_product()
        data = document(as_clerk, SELL, (mug, 1), found=f"{mug.pk}:1")
        as_clerk.post("/stock/receive", data | {"post": "1"})
        assert mug.movements.get().kind == StockMovement.Kind.RECEIVED


class TestRefuses:
    def test_a_day_to_come(self, as_clerk: Client) -> None:
        tomorrow = timezone.localdate().replace(year=2999)
        typed = {"effective_on": tomorrow.isoformat()}
        response = post(as_clerk, SELL, (make_product(stock=1), 1), **typed)
        assert list(response.context["form"].errors) == ["effective_on"]

    def test_a_product_deleted_between_look_and_post(
        self, as_clerk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mug = make_product(stock=1)
        data = document(as_clerk, SELL, (mug, 1)) | {"post": "1"}
        whole = Product.objects.filter(pk=mug.pk)
        monkeypatch.setattr(
            "products.views.documents.DocumentPage.form_valid",
            _deleting_first(whole),
        )
        response = as_clerk.post(SELL, data)
        assert "deleted by somebody" in problems(response)[0]


def _deleting_first(products):
    from products.views.documents import DocumentPage

    plain = DocumentPage.form_valid

    def form_valid(self, form):
        for product in products:
            product.levels.all().delete()
        products.delete()
        return plain(self, form)

    return form_valid
