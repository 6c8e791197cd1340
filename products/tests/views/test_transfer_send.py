"""/stock/transfers/<id>/send"""

import pytest
from django.test import Client

from products.models import Operation, Transfer
from products.tests.factories import make_product, reload
from products.tests.transfers import draft, refreshed
from products.tests.views.filled import flashes, values_of

pytestmark = pytest.mark.django_db


def data_of(client: Client, transfer: Transfer) -> dict[str, str]:
    response = client.get(f"/stock/transfers/{transfer.pk}")
    return values_of(response.context["form"])


def send(client: Client, transfer: Transfer, data: dict[str, str]) -> list[str]:
    url = f"/stock/transfers/{transfer.pk}/send"
    return flashes(client.post(url, data, follow=True))


def test_sends(as_clerk: Client) -> None:
    mug = make_product(stock=5)
    transfer = draft((mug, 2))
    said = send(as_clerk, transfer, data_of(as_clerk, transfer))
    assert said == [f"“{transfer}” is on the way to Back room."]
    assert (reload(mug).on_hand, reload(mug).in_transit) == (3, 2)
    assert Operation.objects.latest("pk").reference == str(transfer)


def test_a_second_click_gets_the_first_answer(as_clerk: Client) -> None:
    mug = make_product(stock=5)
    transfer = draft((mug, 2))
    data = data_of(as_clerk, transfer)
    first = send(as_clerk, transfer, data)
    assert send(as_clerk, transfer, data) == first
    assert reload(mug).in_transit == 2


def test_a_second_tab_is_told(as_clerk: Client) -> None:
    transfer = draft((make_product(stock=5), 2))
    tabs = [data_of(as_clerk, transfer) for _tab in range(2)]
    send(as_clerk, transfer, tabs[0])
    assert send(as_clerk, transfer, tabs[1]) == [f"“{transfer}” is on the way already."]


def test_short(as_clerk: Client) -> None:
    one, two = make_product(stock=1), make_product()
    transfer = draft((one, 2), (two, 1))
    (said,) = send(as_clerk, transfer, data_of(as_clerk, transfer))
    assert one.sku in said
    assert two.sku in said
    assert refreshed(transfer).state == "draft"


def test_nonsense_as_version(as_clerk: Client) -> None:
    transfer = draft((make_product(stock=5), 2))
    assert send(as_clerk, transfer, {"version": "a\0b"})
    assert refreshed(transfer).state == "draft"


def test_unknown(as_clerk: Client) -> None:
    assert as_clerk.post(f"/stock/transfers/{10**30}/send").status_code == 404
