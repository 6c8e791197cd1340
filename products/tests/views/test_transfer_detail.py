"""/stock/transfers/<id>"""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from products.models import Transfer
from products.services.shelves import assign_shelves
from products.services.transfer_lines import Arrival
from products.services.undo import undo_operation
from products.tests.factories import by, make_product, place_of
from products.tests.transfers import cancel, draft, receive, send, sent

pytestmark = pytest.mark.django_db


def text_of(client: Client, transfer: Transfer) -> str:
    return client.get(f"/stock/transfers/{transfer.pk}").content.decode()


def test_each_state_has_its_next_step(as_clerk: Client) -> None:
    product = make_product(stock=9)
    transfer = draft((product, 2))
    text = text_of(as_clerk, transfer)
    assert f"/stock/transfers/{transfer.pk}/send" in text
    assert "Send 2 units" in text
    send(transfer)
    text = text_of(as_clerk, transfer)
    assert f"/stock/transfers/{transfer.pk}/receive" in text
    assert "Send 2 units" not in text
    receive(transfer, Arrival(2))
    text = text_of(as_clerk, transfer)
    assert "/receive" not in text.partition("page-head-actions")[2]
    assert f"/stock/transfers/{transfer.pk}/cancel" not in text


def test_reader_sees_no_buttons(as_regular: Client) -> None:
    text = text_of(as_regular, draft((make_product(), 2)))
    assert "btn-primary" not in text.partition('id="main"')[2].partition("</main>")[0]


def test_figures_of_the_lines(as_clerk: Client) -> None:
    transfer = sent((make_product(stock=9), 8))
    receive(transfer, Arrival(5, lost=1), reason="wet")
    response = as_clerk.get(f"/stock/transfers/{transfer.pk}")
    assert response.context["totals"] == {
        "quantity": 8,
        "received": 5,
        "lost": 1,
        "extra": 0,
        "outstanding": 2,
    }
    assert "“wet”" in response.content.decode()


def test_last_step_can_be_undone(as_clerk: Client) -> None:
    transfer = draft((make_product(stock=9), 8))
    sending = send(transfer)
    receiving = receive(transfer, Arrival(1))
    text = text_of(as_clerk, transfer)
    assert f"/stock/operations/{receiving.pk}/undo" in text
    assert f"/stock/operations/{sending.pk}/undo" not in text
    undo_operation(operation_id=receiving.pk, circumstances=by())
    assert "Undone: Transfer received" in text_of(as_clerk, transfer)


def test_shelf_of_the_source_while_it_is_a_draft(as_clerk: Client) -> None:
    product = make_product(stock=9)
    assign_shelves(shelves={place_of(product): "B-04"})
    transfer = draft((product, 1))
    assert "B-04" in text_of(as_clerk, transfer)
    send(transfer)
    assert "B-04" not in text_of(as_clerk, transfer)


def test_deleted_product_keeps_its_line(as_clerk: Client) -> None:
    product = make_product(sku="GONE", stock=9)
    transfer = sent((product, 9))
    cancel(transfer)
    product.delete()
    assert "A deleted product" in text_of(as_clerk, transfer)


def test_unknown(as_clerk: Client) -> None:
    assert as_clerk.get(f"/stock/transfers/{10**30}").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(
    as_clerk: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    transfer = sent(*((make_product(stock=1), 1) for _line in range(count)))
    with django_assert_max_num_queries(10):
        as_clerk.get(f"/stock/transfers/{transfer.pk}")
