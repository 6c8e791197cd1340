"""/products/bulk/export"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.tests.factories import make_product
from products.tests.views.bulking import chosen

pytestmark = pytest.mark.django_db

URL = reverse("products:bulk_export")


def text_of(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def test_shows_what_would_be_in_the_file(as_admin: Client) -> None:
    mug, _cup = make_product(name="Mug"), make_product(name="Cup")
    page = as_admin.post(URL, chosen(mug))
    assert [row.name for row in page.context["rows"]] == ["Mug"]
    assert "1 product chosen" in page.content.decode()


def test_writes_the_chosen_ones(as_admin: Client) -> None:
    mug, _cup = make_product(sku="MUG-1"), make_product(sku="CUP-1")
    response = as_admin.post(URL, {**chosen(mug), "format": "native"})
    assert "attachment" in response["Content-Disposition"]
    text = text_of(response)
    assert "MUG-1" in text
    assert "CUP-1" not in text


def test_writes_the_whole_list_in_its_order(as_admin: Client) -> None:
    for name in ("B mug", "A mug", "Cup"):
        make_product(name=name)
    sent = {"whole": "1", "list": "/dashboard?q=mug&sort=name", "format": "native"}
    lines = text_of(as_admin.post(URL, sent)).splitlines()[1:]
    assert [("A mug" in line, "B mug" in line) for line in lines] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("sent", [{}, {"product": "x"}, {"format": "native"}])
def test_nothing_chosen(as_admin: Client, sent: dict[str, str]) -> None:
    assert "No product is chosen" in as_admin.post(URL, sent).content.decode()


def test_no_such_format(as_admin: Client) -> None:
    page = as_admin.post(URL, {**chosen(make_product()), "format": "pdf"})
    assert page.context["form"].errors["format"]


def test_too_many_ticks(as_admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("products.views.bulk_export.MOST", 1)
    sent = {**chosen(make_product(), make_product()), "format": "native"}
    page = as_admin.post(URL, sent)
    assert "More than 1 products are too many" in page.content.decode()
