"""/stock/transfers/<id>/edit"""

from typing import Any

import pytest
from django.test import Client

from products.models import Transfer
from products.tests.factories import make_product
from products.tests.transfers import draft, only_line, refreshed, send
from products.tests.views.filled import flashes, values_of

pytestmark = pytest.mark.django_db


def url_of(transfer: Transfer) -> str:
    return f"/stock/transfers/{transfer.pk}/edit"


def opened(client: Client, transfer: Transfer, **changes: Any) -> dict[str, Any]:
    """What a browser would send if nobody touched the form."""
    form = client.get(url_of(transfer)).context["form"]
    lines = {
        "product": [line.product.pk for line in form.lines],
        "quantity": [line.quantity for line in form.lines],
    }
    return values_of(form) | lines | {"post": "1"} | changes


def test_shows_the_draft(as_clerk: Client) -> None:
    transfer = draft((make_product(stock=4), 2), reference="Van 2", note="fragile")
    form = as_clerk.get(url_of(transfer)).context["form"]
    (line,) = form.lines
    assert (line.quantity, line.available) == ("2", 4)
    assert (form["reference"].value(), form["note"].value()) == ("Van 2", "fragile")
    assert "effective_on" not in form.fields


def test_saves(as_clerk: Client) -> None:
    transfer = draft((make_product(), 2))
    data = opened(as_clerk, transfer, quantity=["5"], note="new")
    response = as_clerk.post(url_of(transfer), data, follow=True)
    assert flashes(response) == [f"“{transfer}” is saved."]
    assert (only_line(transfer).quantity, refreshed(transfer).note) == (5, "new")


def test_two_editors(as_clerk: Client) -> None:
    transfer = draft((make_product(), 2))
    mine = opened(as_clerk, transfer, quantity=["5"])
    theirs = opened(as_clerk, transfer, quantity=["6"])
    as_clerk.post(url_of(transfer), theirs)
    response = as_clerk.post(url_of(transfer), mine)
    assert "Somebody else changed" in response.content.decode()
    assert only_line(transfer).quantity == 6


def test_a_line_more_keeps_the_version(as_clerk: Client) -> None:
    cup = make_product(sku="CUP")
    transfer = draft((make_product(), 2))
    data = opened(as_clerk, transfer) | {"code": "CUP", "add": "1"}
    response = as_clerk.post(url_of(transfer), data)
    form = response.context["form"]
    assert [line.product for line in form.lines][1] == cup
    assert str(form["version"].value()) == "1"


def test_sent_meanwhile(as_clerk: Client) -> None:
    transfer = draft((make_product(stock=9), 2))
    data = opened(as_clerk, transfer, quantity=["5"])
    send(transfer)
    response = as_clerk.post(url_of(transfer), data)
    assert "is on the way already" in response.content.decode()
    again = as_clerk.get(url_of(transfer))
    assert again["Location"] == f"/stock/transfers/{transfer.pk}"


def test_product_deleted_meanwhile(as_clerk: Client) -> None:
    mug, cup = make_product(), make_product()
    transfer = draft((mug, 2), (cup, 1))
    mug.delete()
    data = opened(as_clerk, transfer)
    as_clerk.post(url_of(transfer), data)
    assert only_line(transfer).product == cup


def test_unknown(as_clerk: Client) -> None:
    for pk in (999, 10**30):
        assert as_clerk.get(f"/stock/transfers/{pk}/edit").status_code == 404
