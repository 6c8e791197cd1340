"""Saving what the list shows: its state as it makes sense, as a tab of one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from products.models import SavedView
from products.services.saved_views import choose_columns
from products.tests.factories import make_category
from products.tests.views.saving import LIST, names, save, send, user_of

pytestmark = pytest.mark.django_db

URL = reverse("products:saved_view_add")


def test_asks_for_a_name_and_says_what_is_saved(as_regular: Client) -> None:
    mugs = make_category("Mugs")
    page = as_regular.get(f"{URL}?category={mugs.pk}&sort=name&stock=x").content
    for words in (b"Save this view", b"Mugs", b"Name, A to Z"):
        assert words in page
    assert f"{LIST}?category={mugs.pk}".encode() in page


def test_saves_what_makes_sense_and_opens_it(as_regular: Client) -> None:
    query = "after=x~1&sort=name&q=blue+mug&size=50&stock=nonsense&view=99&x=1"
    answer = send(as_regular, "saved_view_add", None, query=query, name=" Blue ")
    view = SavedView.objects.get()
    assert (view.name, view.address) == ("Blue", "q=blue+mug&sort=name&size=50")
    assert answer["Location"] == f"{LIST}?view={view.pk}&{view.address}"
    page = as_regular.get(answer["Location"]).content.decode()
    assert "“Blue” is saved as a view." in page


def test_a_costs_filter_is_saved_for_whoever_may_see_it(
    as_regular: Client,
) -> None:
    send(as_regular, "saved_view_add", None, query="cost=missing", name="No cost")
    assert SavedView.objects.get().address == ""


@pytest.mark.parametrize("name", ["", "low", "x" * 61, "a\tb\0"])
def test_a_name_that_can_not_be_is_said_at_the_field(
    as_regular: Client, name: str
) -> None:
    save(as_regular)
    answer = send(as_regular, "saved_view_add", None, query="stock=out", name=name)
    assert answer.status_code == 200
    assert "Not saved yet" in answer.content.decode()
    assert names(as_regular) == ["Low"]


def test_made_of_another_view_it_keeps_the_columns(as_regular: Client) -> None:
    low = save(as_regular)
    user_id = user_of(as_regular)
    choose_columns(user_id=user_id, view_id=low.pk, columns=["brand", "available"])
    query = f"view={low.pk}&stock=out"
    send(as_regular, "saved_view_add", None, query=query, name="Out")
    assert SavedView.objects.get(name="Out").columns == "brand,available"


def test_in_a_dialog_the_page_behind_goes_there(as_regular: Client) -> None:
    answer = as_regular.post(
        f"{URL}?stock=out", {"name": "Out"}, headers={"HX-Request": "true"}
    )
    view = SavedView.objects.get()
    assert answer["HX-Redirect"] == f"{LIST}?view={view.pk}&stock=out"
