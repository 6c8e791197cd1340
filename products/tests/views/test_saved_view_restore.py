"""Undo of a saved view that was removed."""

import re

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from products.models import SavedView
from products.services.saved_views import add_view, start_with
from products.tests.views.saving import LIST, names, save, send, user_of

pytestmark = pytest.mark.django_db

URL = reverse("products:saved_view_restore")


def removed(client: Client, view: SavedView) -> str:
    """Remove a view; return what the message's Undo sends."""
    page = client.get(send(client, "saved_view_remove", view)["Location"]).text
    found = re.search(r'name="view" value="([^"]+)">\s*<button', page)
    assert found
    return found[1]


def undo(client: Client, view: str) -> HttpResponse:
    return client.post(URL, {"view": view})


def test_brings_it_back_as_it_was(as_regular: Client) -> None:
    low = save(as_regular, "Low")
    save(as_regular, "Mugs", "q=mug")
    SavedView.objects.filter(pk=low.pk).update(columns="cost,brand")
    start_with(user_id=user_of(as_regular), view_id=low.pk)
    before = SavedView.objects.filter(pk=low.pk).values().get()
    answer = undo(as_regular, removed(as_regular, low))
    assert SavedView.objects.filter(pk=low.pk).values().get() == before
    assert names(as_regular) == ["Low", "Mugs"]
    assert answer["Location"] == f"{LIST}?view={low.pk}&stock=low"
    assert "The view “Low” is back." in as_regular.get(answer["Location"]).text


def test_a_second_click_changes_nothing(as_regular: Client) -> None:
    low = save(as_regular)
    view = removed(as_regular, low)
    for _click in range(2):
        answer = undo(as_regular, view)
        assert answer["Location"] == f"{LIST}?view={low.pk}&stock=low"
    assert names(as_regular) == ["Low"]


def test_another_start_stays(as_regular: Client) -> None:
    person = user_of(as_regular)
    low, mugs = save(as_regular, "Low"), save(as_regular, "Mugs")
    start_with(user_id=person, view_id=low.pk)
    view = removed(as_regular, low)
    start_with(user_id=person, view_id=mugs.pk)
    undo(as_regular, view)
    assert SavedView.objects.get(start_of=person) == mugs


def test_says_when_another_has_its_name(as_regular: Client) -> None:
    view = removed(as_regular, save(as_regular))
    other = save(as_regular, "low", "q=mug")
    page = as_regular.get(undo(as_regular, view)["Location"]).text
    assert "You have a view of this name already." in page
    assert SavedView.objects.get(user=user_of(as_regular)) == other


def test_says_when_there_is_no_room(
    as_regular: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = removed(as_regular, save(as_regular))
    save(as_regular, "Mugs")
    monkeypatch.setattr("products.services.saved_views.MOST_VIEWS", 1)
    page = as_regular.get(undo(as_regular, view)["Location"]).text
    assert "there is no room for more" in page


@pytest.mark.parametrize("nonsense", ["", "7", "a:b:c", "\0"])
def test_takes_nothing_that_was_not_sealed(as_regular: Client, nonsense: str) -> None:
    page = as_regular.get(undo(as_regular, nonsense)["Location"]).text
    assert "This view can&#x27;t be brought back." in page
    assert names(as_regular) == []


def test_that_of_another_is_nothing(
    as_regular: Client, admin: AbstractBaseUser
) -> None:
    view = removed(as_regular, save(as_regular))
    as_regular.force_login(admin)
    undo(as_regular, view)
    assert not SavedView.objects.exists()


def test_stands_for_itself(as_regular: Client) -> None:
    view = removed(as_regular, save(as_regular))
    add_view(user_id=user_of(as_regular), name="Mugs", address="")
    undo(as_regular, view)
    assert set(names(as_regular)) == {"Low", "Mugs"}


def test_is_there_once_however_it_was_changed(as_regular: Client) -> None:
    low = save(as_regular)
    view = removed(as_regular, low)
    undo(as_regular, view)
    for change in ({"name": "Few", "name_key": "few"}, {"name": "Low", "address": ""}):
        SavedView.objects.filter(pk=low.pk).update(**change)
        undo(as_regular, view)
        assert names(as_regular) == [change["name"]]


@pytest.mark.parametrize("whose", ["another's", "one's own", "all products"])
def test_comes_back_where_its_id_was_given_away(
    as_regular: Client, admin: AbstractBaseUser, whose: str
) -> None:
    low = save(as_regular, "Low", "stock=low")
    view = removed(as_regular, low)
    owner = admin.pk if whose == "another's" else user_of(as_regular)
    name = "" if whose == "all products" else "Mugs"
    other = SavedView.objects.create(
        pk=low.pk, user_id=owner, name=name, address="q=mug"
    )
    for _click in range(2):
        answer = undo(as_regular, view)
        back = SavedView.objects.get(user=user_of(as_regular), name="Low")
        assert answer["Location"] == f"{LIST}?view={back.pk}&stock=low"
    assert SavedView.objects.get(pk=low.pk) == other != back
    assert SavedView.objects.count() == 2
