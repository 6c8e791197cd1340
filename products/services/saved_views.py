"""Saved views of the list of products: each belongs to one person and to nobody else.

Whatever changes several of them, or depends on how many there are, holds the person's
row meanwhile.
"""

from collections.abc import Sequence
from typing import ClassVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.errors import FieldRefused, InventoryError
from products.fields import KEY_LENGTH, fold_key, is_storable
from products.models import SavedView
from products.models.saved_views import ALL_PRODUCTS, NAME_LENGTH
from products.services.locking import lock_views_of

MOST_VIEWS = 50  # of one person


class TooManyViews(InventoryError):
    """A person has as many views as anybody may have: `most`."""

    code: ClassVar[str] = "too_many_views"

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(
            ngettext(
                "You have %(count)d saved view, and there is no room for more."
                " Remove one first.",
                "You have %(count)d saved views, and there is no room for more."
                " Remove one first.",
                most,
            )
            % {"count": most}
        )


class ViewGone(InventoryError):
    """The view was removed in the meantime, in another tab or on another machine."""

    code: ClassVar[str] = "view_gone"

    def __init__(self) -> None:
        super().__init__(_("You removed this view in the meantime."))


@transaction.atomic
def add_view(*, user_id: int, name: str, address: str, columns: str = "") -> SavedView:
    """Save what `address` shows as the person's last view.

    Raises FieldRefused for a name that is empty, too long or taken; TooManyViews.
    """
    views = lock_views_of(user_id)
    named = [view for view in views.values() if view.name != ALL_PRODUCTS]
    if len(named) >= MOST_VIEWS:
        raise TooManyViews(MOST_VIEWS)
    return SavedView.objects.create(
        user_id=user_id,
        name=_free_name(name, named),
        address=address,
        columns=columns,
        position=max((view.position for view in named), default=0) + 1,
    )


@transaction.atomic
def rename_view(*, user_id: int, view_id: int, name: str) -> SavedView:
    """Give a view another name. Raises FieldRefused, ViewGone."""
    views = lock_views_of(user_id)
    view = _found(views, view_id)
    others = [other for other in views.values() if other.pk != view_id]
    view.name = _free_name(name, others)
    view.save(update_fields=["name", "name_key"])
    return view


@transaction.atomic
def replace_view(*, user_id: int, view_id: int, address: str) -> SavedView:
    """Let a view show what `address` shows. Raises ViewGone."""
    view = _found(lock_views_of(user_id), view_id)
    view.address = address
    view.save(update_fields=["address"])
    return view


@transaction.atomic
def remove_view(*, user_id: int, view_id: int) -> None:
    """Remove a view; nothing happens when it is gone already."""
    SavedView.objects.filter(user_id=user_id, pk=view_id).exclude(
        name=ALL_PRODUCTS
    ).delete()


@transaction.atomic
def restore_view(removed: SavedView) -> SavedView:
    """Bring a removed view back as it was, in its place, under its id if that is free.

    Nothing happens when it is back already. The dashboard opens with it again unless
    another one was chosen meanwhile. Raises FieldRefused where its name was given to
    another, TooManyViews.
    """
    views = lock_views_of(removed.user_id)
    named = [view for view in views.values() if view.name != ALL_PRODUCTS]
    back = [view for view in named if _is_the_same(view, removed)]
    if back:
        return back[0]
    if len(named) >= MOST_VIEWS:
        raise TooManyViews(MOST_VIEWS)
    removed.name = _free_name(removed.name, named)
    if any(view.start_of_id for view in views.values()):
        removed.start_of_id = None
    try:
        with transaction.atomic():
            removed.save(force_insert=True)
    except IntegrityError:  # a database moved or repaired counts its ids anew
        removed.pk = None
        removed.save(force_insert=True)
    return removed


@transaction.atomic
def move_view(*, user_id: int, view_id: int, by: int) -> None:
    """Move a view by so many places among the person's others. Raises ViewGone."""
    views = lock_views_of(user_id)
    view = _found(views, view_id)
    order = [one for one in views.values() if one.name != ALL_PRODUCTS]
    place = order.index(view)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    for position, one in enumerate(order, start=1):
        one.position = position
    SavedView.objects.bulk_update(order, ["position"])


@transaction.atomic
def start_with(*, user_id: int, view_id: int | None) -> None:
    """Let the dashboard open with a view; with None, with all products.

    Raises ViewGone.
    """
    views = lock_views_of(user_id)
    SavedView.objects.filter(start_of_id=user_id).update(start_of=None)
    if view_id is not None:
        view = _found(views, view_id)
        SavedView.objects.filter(pk=view.pk).update(start_of=F("user"))


@transaction.atomic
def choose_columns(
    *, user_id: int, view_id: int | None, columns: Sequence[str]
) -> None:
    """Let a view show these columns; with None, “All products”.

    Without columns a view has those of “All products”, which has the usual ones. Raises
    ViewGone.
    """
    views = lock_views_of(user_id)
    text = ",".join(columns)
    if view_id is not None:
        _found(views, view_id)
        SavedView.objects.filter(pk=view_id).update(columns=text)
        return
    own = [view for view in views.values() if view.name == ALL_PRODUCTS]
    if own:
        SavedView.objects.filter(pk=own[0].pk).update(columns=text)
    elif text:
        SavedView.objects.create(user_id=user_id, columns=text)


def _found(views: dict[int, SavedView], view_id: int) -> SavedView:
    view = views.get(view_id)
    if view is None or view.name == ALL_PRODUCTS:
        raise ViewGone
    return view


def _is_the_same(view: SavedView, removed: SavedView) -> bool:
    """Say whether a view is the removed one, whatever one of these was changed to.

    Not by the id alone, which may be another's by now.
    """
    facts = ("pk", "name", "address")
    same = [getattr(view, fact) == getattr(removed, fact) for fact in facts]
    return same.count(True) > 1


def _free_name(name: str, others: Sequence[SavedView]) -> str:
    name = " ".join(name.split())
    key = fold_key(name)
    if not key:
        raise FieldRefused({"name": [_("A view needs a name.")]})
    if not is_storable(name):
        raise FieldRefused({"name": [_("A name can't contain control characters.")]})
    if len(name) > NAME_LENGTH or len(key) > KEY_LENGTH:
        raise FieldRefused({"name": [_("This is too long.")]})
    if key in {other.name_key for other in others}:
        raise FieldRefused({"name": [_("You have a view of this name already.")]})
    return name
