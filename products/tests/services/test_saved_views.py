"""services.saved_views: one person's views of the list, and nobody else's."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from products.errors import FieldRefused
from products.models import SavedView
from products.services import saved_views
from products.services.saved_views import (
    TooManyViews,
    ViewGone,
    add_view,
    choose_columns,
    move_view,
    remove_view,
    rename_view,
    replace_view,
    start_with,
)

pytestmark = pytest.mark.django_db

User = Any  # whichever model it is


@pytest.fixture
def ada() -> User:
    return get_user_model()._default_manager.create_user("ada@example.com", name="Ada")


@pytest.fixture
def bob() -> User:
    return get_user_model()._default_manager.create_user("bob@example.com", name="Bob")


def add(user: User, name: str, address: str = "stock=low") -> SavedView:
    return add_view(user_id=user.pk, name=name, address=address)


def names(user: User) -> list[str]:
    return [view.name for view in SavedView.objects.filter(user=user)]


class TestAdd:
    def test_the_newest_comes_last(self, ada: User) -> None:
        for name in ("Low", "  New \t mugs ", "A"):
            add(ada, name)
        assert names(ada) == ["Low", "New mugs", "A"]

    @pytest.mark.parametrize("same", ["low", " LOW ", "\uff2c\uff4f\uff57"])
    def test_no_two_of_one_name(self, ada: User, bob: User, same: str) -> None:
        add(ada, "Low")
        with pytest.raises(FieldRefused) as refused:
            add(ada, same)
        assert "already" in refused.value.errors["name"][0]
        assert add(bob, same).user == bob

    @pytest.mark.parametrize("name", ["", " \n ", "x" * 61, "a\0b", "\ufdfa" * 60])
    def test_a_name_that_no_tab_can_show(self, ada: User, name: str) -> None:
        with pytest.raises(FieldRefused):
            add(ada, name)

    def test_so_many_and_no_more(
        self, ada: User, bob: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(saved_views, "MOST_VIEWS", 2)
        choose_columns(user_id=ada.pk, view_id=None, columns=["brand"])
        add(ada, "One")
        add(ada, "Two")
        with pytest.raises(TooManyViews, match="2 saved views"):
            add(ada, "Three")
        add(bob, "Three")


class TestChange:
    def test_name(self, ada: User) -> None:
        view = add(ada, "Low")
        rename_view(user_id=ada.pk, view_id=view.pk, name="LOW")
        assert names(ada) == ["LOW"]
        add(ada, "Out")
        with pytest.raises(FieldRefused):
            rename_view(user_id=ada.pk, view_id=view.pk, name="out")

    def test_what_it_shows(self, ada: User) -> None:
        view = add(ada, "Low")
        replace_view(user_id=ada.pk, view_id=view.pk, address="stock=out")
        view.refresh_from_db()
        assert view.address == "stock=out"

    def test_removed_twice(self, ada: User) -> None:
        view = add(ada, "Low")
        for _time in range(2):
            remove_view(user_id=ada.pk, view_id=view.pk)
        assert names(ada) == []

    @pytest.mark.parametrize(
        ("by", "order"), [(-9, "bac"), (-1, "bac"), (1, "acb"), (9, "acb")]
    )
    def test_order(self, ada: User, by: int, order: str) -> None:
        _a, view, _c = (add(ada, name) for name in "abc")
        move_view(user_id=ada.pk, view_id=view.pk, by=by)
        assert names(ada) == list(order)


class TestStart:
    def test_one_at_most(self, ada: User, bob: User) -> None:
        first, second, other = add(ada, "a"), add(ada, "b"), add(bob, "a")
        start_with(user_id=bob.pk, view_id=other.pk)
        for view in (first, second):
            start_with(user_id=ada.pk, view_id=view.pk)
        assert SavedView.objects.get(start_of=ada) == second
        start_with(user_id=ada.pk, view_id=None)
        assert SavedView.objects.get(start_of__isnull=False) == other

    def test_nobody_starts_with_what_is_anothers(self, ada: User, bob: User) -> None:
        view = add(ada, "a")
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(start_of=bob)


class TestColumns:
    def test_of_all_products(self, ada: User) -> None:
        for columns in (["brand"], ["cost", "price"]):
            choose_columns(user_id=ada.pk, view_id=None, columns=columns)
        assert SavedView.objects.get(user=ada, name="").columns == "cost,price"
        choose_columns(user_id=ada.pk, view_id=None, columns=[])
        assert SavedView.objects.get(user=ada).columns == ""

    def test_the_usual_ones_need_no_row(self, ada: User) -> None:
        choose_columns(user_id=ada.pk, view_id=None, columns=[])
        assert names(ada) == []

    def test_of_a_view(self, ada: User) -> None:
        view = add(ada, "Low")
        choose_columns(user_id=ada.pk, view_id=view.pk, columns=["brand"])
        assert SavedView.objects.get(user=ada).columns == "brand"


@pytest.mark.parametrize(
    ("change", "how"),
    [
        (rename_view, {"name": "Mine"}),
        (replace_view, {"address": ""}),
        (move_view, {"by": 1}),
        (start_with, {}),
        (choose_columns, {"columns": ["brand"]}),
    ],
)
def test_what_is_anothers_is_not_there(ada: User, bob: User, change, how) -> None:
    view = add(ada, "Low")
    with pytest.raises(ViewGone):
        change(user_id=bob.pk, view_id=view.pk, **how)
    remove_view(user_id=bob.pk, view_id=view.pk)
    view.refresh_from_db()
    assert (view.name, view.address, view.columns) == ("Low", "stock=low", "")
    assert view.start_of is None


def test_views_go_with_their_owner(ada: User) -> None:
    start_with(user_id=ada.pk, view_id=add(ada, "Low").pk)
    ada.delete()
    assert not SavedView.objects.exists()
