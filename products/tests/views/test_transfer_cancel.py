"""/stock/transfers/<id>/cancel"""

import pytest
from django.test import Client

from products.models import Transfer
from products.services.undo import undo_operation
from products.tests.factories import by, make_product, reload
from products.tests.transfers import draft, refreshed, send, sent
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


def url_of(transfer: Transfer) -> str:
    return f"/stock/transfers/{transfer.pk}/cancel"


def test_what_is_on_the_way_goes_back(as_clerk: Client) -> None:
    mug = make_product(stock=5)
    transfer = sent((mug, 3))
    text = as_clerk.get(url_of(transfer)).content.decode()
    assert "3 units that are still on the way go back to Main store." in text
    data = open_form(as_clerk, url_of(transfer))
    response = as_clerk.post(url_of(transfer), data, follow=True)
    assert flashes(response) == [
        f"“{transfer}” is cancelled. What was on the way is back at Main store."
    ]
    assert (reload(mug).on_hand, refreshed(transfer).state) == (5, "cancelled")


def test_draft_that_was_never_sent_is_deleted(as_clerk: Client) -> None:
    transfer = draft((make_product(), 3))
    data = open_form(as_clerk, url_of(transfer))
    response = as_clerk.post(url_of(transfer), data, follow=True)
    assert flashes(response) == [f"The draft “{transfer}” is deleted."]
    assert response.redirect_chain[-1][0] == "/stock/transfers"
    assert not Transfer.objects.exists()


def test_draft_with_a_history_is_cancelled(as_clerk: Client) -> None:
    transfer = draft((make_product(stock=3), 3))
    undo_operation(operation_id=send(transfer).pk, circumstances=by())
    as_clerk.post(url_of(transfer), open_form(as_clerk, url_of(transfer)))
    assert refreshed(transfer).state == "cancelled"


def test_sent_while_the_question_was_open(as_clerk: Client) -> None:
    mug = make_product(stock=5)
    transfer = draft((mug, 3))
    data = open_form(as_clerk, url_of(transfer))
    send(transfer)
    response = as_clerk.post(url_of(transfer), data)
    assert "Somebody else changed" in response.content.decode()
    assert reload(mug).in_transit == 3


def test_what_has_ended_leads_to_its_page(as_clerk: Client) -> None:
    transfer = sent((make_product(stock=5), 3))
    as_clerk.post(url_of(transfer), open_form(as_clerk, url_of(transfer)))
    assert as_clerk.get(url_of(transfer)).status_code == 302
