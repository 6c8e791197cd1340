import pytest
from django.test import Client
from django.urls import reverse

from products.tests.views.saving import LIST, names, save, send

pytestmark = pytest.mark.django_db


def test_a_link_removes_nothing(as_regular: Client) -> None:
    view = save(as_regular)
    url = reverse("products:saved_view_remove", args=[view.pk])
    assert as_regular.get(url).status_code == 405
    assert names(as_regular) == ["Low"]


def test_removes_it_and_shows_all_products(as_regular: Client) -> None:
    answer = send(as_regular, "saved_view_remove", save(as_regular), query="stock=low")
    assert names(as_regular) == []
    assert answer["Location"] == f"{LIST}?view=all"
    page = as_regular.get(answer["Location"]).content.decode()
    assert "The view “Low” is removed." in page
    assert 'action="/products/views/restore"' in page


def test_a_second_click_finds_nothing(as_regular: Client) -> None:
    view = save(as_regular)
    send(as_regular, "saved_view_remove", view)
    assert send(as_regular, "saved_view_remove", view).status_code == 404
