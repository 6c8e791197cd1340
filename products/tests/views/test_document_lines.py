"""How lines come into a document and go, without scripts: nothing is posted by it."""

import pytest
from django.test import Client

from products.models import Operation
from products.tests.factories import make_product
from products.tests.views.documents import RECEIVE, SELL, document, edit, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_posted():
    yield
    kinds = {"stock_received", "stock_issued"}
    assert not Operation.objects.filter(kind__in=kinds).exists()


class TestScanned:
    @pytest.mark.parametrize(
        "code", ["mug", " MUG ", "4006381333931", "04006381333931"]
    )
    def test_a_code_adds_a_line(self, as_clerk: Client, code: str) -> None:
        make_product(sku="MUG", name="Blue mug", barcode="4006381333931")
        response = edit(as_clerk, SELL, add="1", code=code)
        assert shown(response) == [("MUG", "1")]
        assert response.context["said"].text == "“Blue mug” is now 1."
        assert response.context["form"]["code"].value() in {None, ""}

    def test_again_is_one_more(self, as_clerk: Client) -> None:
        mug, cup = make_product(sku="MUG", name="Blue mug"), make_product(sku="CUP")
        response = edit(as_clerk, SELL, (mug, 1_999), (cup, 1), add="1", code="MUG")
        assert shown(response) == [("MUG", "2000"), ("CUP", "1")]
        assert response.context["said"].text == "“Blue mug” is now 2,000."

    def test_an_unknown_code_leads_to_a_new_product(self, as_admin: Client) -> None:
        response = edit(as_admin, SELL, add="1", code="4006381333931")
        assert shown(response) == []
        assert response.context["said"].add_url == "/add_product?barcode=4006381333931"
        assert response.context["form"]["code"].value() == "4006381333931"

    def test_who_may_add_none_is_not_led_there(self, as_clerk: Client) -> None:
        response = edit(as_clerk, SELL, add="1", code="4006381333931")
        assert "No product matches" in response.content.decode()
        assert b"/add_product" not in response.content.partition(b"<main")[2]

    def test_back_from_the_camera_the_code_is_filled_in(self, as_clerk: Client) -> None:
        page = as_clerk.get(SELL, {"scan": "4006381333931"})
        assert page.context["form"]["code"].value() == "4006381333931"

    @pytest.mark.parametrize("code", ["\0", "a\0b", "x" * 5_000, "%", "\ud800"])
    def test_what_is_no_code(self, as_clerk: Client, code: str) -> None:
        data = {"add": "1", "code": code.encode("utf-8", "replace").decode()}
        assert as_clerk.post(SELL, data).status_code == 200


class TestSearched:
    def test_a_part_of_the_name(self, as_clerk: Client) -> None:
        make_product(sku="MUG", name="Stoneware mug")
        assert shown(edit(as_clerk, SELL, add="1", code="stone")) == [("MUG", "1")]

    def test_several_are_offered(self, as_clerk: Client) -> None:
        products = [make_product(name=f"Mug {letter}") for letter in "abc"]
        make_product(name="Mug d", status="archived")
        response = edit(as_clerk, SELL, add="1", code="mug")
        assert response.context["said"].choices == products
        assert f'name="pick" value="{products[1].pk}"' in response.content.decode()

    def test_the_chosen_one_is_added(self, as_clerk: Client) -> None:
        cup, mug = make_product(sku="CUP"), make_product(sku="MUG")
        response = edit(as_clerk, SELL, (cup, 1), pick=mug.pk, code="u")
        assert shown(response) == [("CUP", "1"), ("MUG", "1")]

    @pytest.mark.parametrize("pk", ["", "x", "999", "9" * 40])
    def test_a_choice_that_is_none(self, as_clerk: Client, pk: str) -> None:
        assert shown(edit(as_clerk, SELL, pick=pk)) == []

    def test_too_many_to_show(self, as_clerk: Client) -> None:
        for number in range(12):
            make_product(name=f"Mug {number}")
        said = edit(as_clerk, SELL, add="1", code="mug").context["said"]
        assert "More than 8 products match" in said.text
        assert len(said.choices) == 8


class TestPasted:
    def test_lines_are_added(self, as_clerk: Client) -> None:
        mug = make_product(sku="MUG")
        make_product(sku="CUP")
        pasted = "mug\t12\nCUP, 3\n"
        response = edit(as_clerk, RECEIVE, (mug, 1), add="1", pasted=pasted)
        assert shown(response) == [("MUG", "13"), ("CUP", "3")]
        assert response.context["said"].text == "2 lines added."
        assert response.context["form"]["pasted"].value() in {None, ""}

    def test_faults_by_their_lines_and_nothing_is_added(self, as_clerk: Client) -> None:
        make_product(sku="MUG")
        pasted = "MUG 12\nNOPE 3\n\nMUG many\nMUG\n"
        response = edit(as_clerk, RECEIVE, add="1", pasted=pasted)
        assert [
            fault.partition(":")[0] for fault in response.context["said"].faults
        ] == [
            "Line 2",
            "Line 4",
            "Line 5",
        ]
        assert shown(response) == []
        assert response.context["form"]["pasted"].value() == pasted

    def test_null_characters(self, as_clerk: Client) -> None:
        said = edit(as_clerk, RECEIVE, add="1", pasted="M\0UG 12").context["said"]
        assert len(said.faults) == 1

    def test_more_lines_than_a_document_takes(
        self, as_clerk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("products.views.documents.MOST_LINES", 2)
        for sku in ("A1", "B1", "C1"):
            make_product(sku=sku)
        response = edit(as_clerk, RECEIVE, add="1", pasted="A1 1\nB1 1\nC1 1")
        assert "takes 2 lines at most" in response.context["said"].text
        assert shown(response) == []
        assert response.context["form"]["pasted"].value()


class TestRemoved:
    def test_takes_one_line_out(self, as_clerk: Client) -> None:
        mug, cup = make_product(sku="MUG", name="Blue mug"), make_product(sku="CUP")
        response = edit(as_clerk, RECEIVE, (mug, "x"), (cup, 2), remove="0")
        assert shown(response) == [("CUP", "2")]
        assert response.context["said"].text == "“Blue mug” is out of the document."

    @pytest.mark.parametrize("number", ["", "5", "-1", "x", "9" * 40])
    def test_a_line_that_is_none(self, as_clerk: Client, number: str) -> None:
        mug = make_product(sku="MUG")
        response = edit(as_clerk, RECEIVE, (mug, 1), remove=number)
        assert shown(response) == [("MUG", "1")]


def test_from_the_page_of_a_product(as_clerk: Client) -> None:
    mug = make_product(sku="MUG")
    assert shown(as_clerk.get(SELL, {"product": mug.pk})) == [("MUG", "1")]
    assert shown(as_clerk.get(SELL, {"product": "x"})) == []
    page = as_clerk.get(mug.get_absolute_url()).content.decode()
    assert f"{SELL}?product={mug.pk}" in page
    assert f"{RECEIVE}?product={mug.pk}" in page


def test_the_first_button_adds_so_that_enter_posts_nothing(as_clerk: Client) -> None:
    page = as_clerk.get(SELL).content.decode().partition("data-document")[2]
    assert page.index('name="add"') < page.index('name="post"')


def test_lines_of_a_large_document_are_shown_in_a_fixed_number_of_statements(
    as_clerk: Client, django_assert_max_num_queries
) -> None:
    lines = [(make_product(), 1) for _number in range(20)]
    data = document(as_clerk, SELL, *lines) | {"add": "1", "code": lines[0][0].sku}
    with django_assert_max_num_queries(11):
        assert len(shown(as_clerk.post(SELL, data))) == 20
