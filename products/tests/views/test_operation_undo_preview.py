"""/stock/operations/<id>/undo, looked at before it is done."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.models import Operation, Product
from products.services.closings import move_closing
from products.services.deleting import delete_product
from products.services.operations import Author
from products.services.undo import undo_operation
from products.tests.factories import (
    add_many,
    adjust,
    by,
    make_product,
    receive,
    reload,
)
from products.tests.views.filled import flashes, open_form

pytestmark = pytest.mark.django_db


def url_of(operation: Operation) -> str:
    return reverse("products:operation_undo", args=[operation.pk])


def html(client: Client, operation: Operation) -> str:
    response = client.get(url_of(operation))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def send(client: Client, operation: Operation, **how: Any) -> Any:
    typed = open_form(client, url_of(operation))
    return client.post(url_of(operation), typed, **how)


def test_shows_what_it_posts_and_posts_nothing(as_clerk: Client) -> None:
    product = make_product(name="Blue mug", stock=1_200)
    operation = adjust(product, -2)
    page = html(as_clerk, operation)
    assert "Blue mug" in page
    assert "+2" in page
    assert "1,200" in page
    assert "Undo it</button>" in page
    assert reload(product).on_hand == 1_198


def test_shows_a_product_that_comes_back(as_admin: Client) -> None:
    product = make_product(name="Blue mug")
    operation = delete_product(product_id=product.pk, circumstances=by())
    page = html(as_admin, operation)
    assert "Added" in page
    assert "Blue mug" in page


def test_a_large_one_shows_counts_and_pages(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("products.services.undo_preview.MOST_LINES", 5)
    monkeypatch.setattr("products.services.undo_preview.SHOWN", 2)
    operation = add_many(4)
    page = html(as_admin, operation)
    assert "4 products, 4 movements" in page
    assert "1–2 of 4" in page
    assert "There are too many rows to try out beforehand" in page
    send(as_admin, operation)
    assert not Product.objects.exists()


def test_does_it_and_shows_what_was_written(as_clerk: Client) -> None:
    product = make_product(stock=5)
    operation = adjust(product, -2)
    response = send(as_clerk, operation)
    undoing = Operation.objects.get(reverses=operation)
    assert response["Location"] == reverse(
        "products:operation_detail", args=[undoing.pk]
    )
    assert reload(product).on_hand == 5


def test_sent_twice_is_answered_twice_and_done_once(as_clerk: Client) -> None:
    product = make_product(stock=5)
    operation = adjust(product, -2)
    typed = open_form(as_clerk, url_of(operation))
    first = as_clerk.post(url_of(operation), typed)
    second = as_clerk.post(url_of(operation), typed)
    assert first["Location"] == second["Location"]
    assert reload(product).on_hand == 5
    assert Operation.objects.filter(reverses=operation).count() == 1


def test_reasons_instead_of_a_button(as_clerk: Client) -> None:
    product = make_product(sku="MUG")
    operation = receive(product, 5)
    adjust(product, -4)
    page = html(as_clerk, operation)
    assert "Only 1 is available of “MUG”, so 5 can&#x27;t be taken back." in page
    assert "Undo it</button>" not in page


def test_undone_meanwhile_by_somebody_else(as_clerk: Client) -> None:
    operation = adjust(make_product(stock=5), -2)
    typed = open_form(as_clerk, url_of(operation))
    undo_operation(operation_id=operation.pk, circumstances=by("Undoer"))
    response = as_clerk.post(
        url_of(operation), typed, headers={"Referer": "/"}, follow=True
    )
    assert "It was undone before." in flashes(response)[0]
    page = html(as_clerk, operation)
    assert "Undoer has done it." in page
    assert "Undo it</button>" not in page


def test_closed_books_do_not_stand_against_it(as_clerk: Client) -> None:
    product = make_product()
    day = timezone.localtime() - timedelta(days=9)
    late = receive(product, 5, circumstances=by(effective_at=day))
    move_closing(
        through=timezone.localdate() - timedelta(days=1),
        reason="Year end",
        author=Author("Ada", Operation.Source.SITE),
    )
    assert "The books are closed through" in html(as_clerk, late)
    send(as_clerk, late)
    assert reload(product).on_hand == 0


def test_queries(as_clerk: Client, django_assert_max_num_queries: Any) -> None:
    operation = adjust(make_product(stock=5), -2)
    as_clerk.get(url_of(operation))
    with django_assert_max_num_queries(50):
        html(as_clerk, operation)
