import pytest
from django.test import Client
from django.urls import reverse

from products.services.saved_views import start_with
from products.tests.views.saving import LIST, names, save, send, user_of

pytestmark = pytest.mark.django_db


def test_asks_and_says_what_goes(as_regular: Client) -> None:
    view = save(as_regular)
    url = reverse("products:saved_view_remove", args=[view.pk])
    page = as_regular.get(url).content.decode()
    assert "Remove the view “Low”?" in page
    assert "opens with all products" not in page
    start_with(user_id=user_of(as_regular), view_id=view.pk)
    assert "opens with all products" in as_regular.get(url).content.decode()
    assert names(as_regular) == ["Low"]


def test_removes_it_and_shows_all_products(as_regular: Client) -> None:
    answer = send(as_regular, "saved_view_remove", save(as_regular), query="stock=low")
    assert names(as_regular) == []
    assert answer["Location"] == f"{LIST}?view=all"
    page = as_regular.get(answer["Location"]).content.decode()
    assert "The view “Low” is removed." in page


def test_a_second_click_finds_nothing(as_regular: Client) -> None:
    view = save(as_regular)
    send(as_regular, "saved_view_remove", view)
    assert send(as_regular, "saved_view_remove", view).status_code == 404
