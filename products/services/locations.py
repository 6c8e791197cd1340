"""The places of a shop: made, edited, taken out of use, and the default one."""

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from products.errors import FieldRefused, InventoryError
from products.fields import fold_key
from products.models import Hold, Location, StockLevel, Stocktake, Transfer
from products.services.locking import lock_locations
from products.tabular.columns import normalise

NAME_LENGTH = 120
CODE_LENGTH = 34  # of a code made from a name; a number may follow
NAMED = 5  # documents that a refusal names; the others are counted


def place_key(text: str) -> str:
    """Return what a code or a name of a location shares with the header of a column.

    Headers lose double blanks.
    """
    return normalise(fold_key(text))


class LocationInUse(InventoryError):
    """Stock, holds or open documents keep a location in use: `reasons`."""

    code: ClassVar[str] = "location_in_use"

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reasons))


@transaction.atomic
def ensure_default_location() -> Location:
    """Return the default location, made when there is none; one or two queries."""
    location = Location.objects.filter(is_default=True).first()
    if location is None:
        with override(settings.LANGUAGE_CODE):  # `migrate` speaks none
            name = _("Main store")
        location = Location.objects.create(code="MAIN", name=name, is_default=True)
    return location


@transaction.atomic
def ensure_transit_location() -> Location:
    """Return where goods on the way stand, made on the first need; one query, or more.

    Two first needs at once: the unique code decides.
    """
    location = Location.objects.in_transit().first()
    number = 1
    while location is None or not location.is_active or location.kind != "transit":
        code = "TRANSIT" if number == 1 else f"TRANSIT-{number}"
        with override(settings.LANGUAGE_CODE):  # whoever sends first, all see it
            name = _("In transit")
        location, _made = Location.objects.get_or_create(
            code_key=fold_key(code),
            defaults={"code": code, "name": name, "kind": "transit"},
        )
        number += 1
    return location


@transaction.atomic
def save_location(*, location: Location) -> Location:
    """Store a new location, or the name, code and order of an edited one.

    Raises FieldRefused, also for a code that is taken.
    """
    edited = None if location.pk is None else ["name", "code", "code_key", "priority"]
    try:
        location.full_clean(exclude=["code_key"])
        with transaction.atomic():
            location.save(update_fields=edited)
    except ValidationError as error:
        raise FieldRefused(error.message_dict) from error
    except IntegrityError as error:
        taken = _("There is a location with this code already.")
        raise FieldRefused({"code": [taken]}) from error
    return location


@transaction.atomic
def make_default(*, location_id: int) -> None:
    """Make this location the default in place of the present one.

    Locks all locations. Raises InventoryError for one that is out of use, gone, or
    holds what is on the way.
    """
    location = lock_locations().get(location_id)
    if location is None or not location.is_active or location.kind != "stock":
        raise InventoryError(_("The default location must be active and hold stock."))
    Location.objects.filter(is_default=True).update(is_default=False)
    Location.objects.filter(pk=location_id).update(is_default=True)


@transaction.atomic
def deactivate_location(*, location_id: int) -> None:
    """Take a location out of use: nothing goes there any more, its history stays.

    Locks all locations. Raises LocationInUse with every reason.
    """
    refuse_in_use(location_id=location_id)
    Location.objects.filter(pk=location_id).update(is_active=False)


@transaction.atomic
def activate_location(*, location_id: int) -> None:
    """Take a location into use again."""
    Location.objects.filter(pk=location_id).update(is_active=True)


def refuse_in_use(*, location_id: int) -> None:
    """Raise LocationInUse with what keeps a location in use; see `why_in_use`.

    Locks all locations, so that no document is made for it before the caller's
    transaction ends.
    """
    location = lock_locations().get(location_id)
    reasons = why_in_use(location) if location else []
    if reasons:
        raise LocationInUse(reasons)


def why_in_use(location: Location) -> list[str]:
    """Say what stands against taking this location out of use; five queries."""
    reasons = []
    if location.is_default:
        reasons.append(
            _("It is the default location. Make another one the default first.")
        )
    return [
        *reasons,
        *_stock_here(location),
        *_held_here(location),
        *_transfers_here(location),
        *_counts_here(location),
    ]


def _stock_here(location: Location) -> list[str]:
    rows = StockLevel.objects.filter(location=location, on_hand__gt=0)
    here = rows.aggregate(skus=Count("pk"), units=Sum("on_hand"))
    if not here["skus"]:
        return []
    first = rows.order_by("product_id").values_list("product__sku", flat=True)[:NAMED]
    text = ngettext(
        "%(units)d unit is here (%(skus)s). Move it away first.",
        "%(units)d units are here (%(skus)s). Move them away first.",
        here["units"],
    )
    return [text % {"units": here["units"], "skus": _listed(list(first), here["skus"])}]


def _held_here(location: Location) -> list[str]:
    holds = Hold.objects.live(timezone.now()).filter(location=location)
    held = holds.aggregate(units=Sum("quantity"))["units"]
    if not held:
        return []
    text = ngettext(
        "%(units)d unit is held here. Release it first.",
        "%(units)d units are held here. Release them first.",
        held,
    )
    return [text % {"units": held}]


def _transfers_here(location: Location) -> list[str]:
    ends = Q(source=location) | Q(destination=location) | Q(transit=location)
    transfers = Transfer.objects.filter(ends, state__in=Transfer.OPEN)
    names = [f"T-{pk}" for pk in transfers.order_by("pk").values_list("pk", flat=True)]
    if not names:
        return []
    text = ngettext(
        "%(names)s is not finished. Receive or cancel it first.",
        "%(names)s are not finished. Receive or cancel them first.",
        len(names),
    )
    return [text % {"names": _listed(names)}]


def _counts_here(location: Location) -> list[str]:
    counts = Stocktake.objects.filter(location=location, state__in=Stocktake.OPEN)
    names = [
        _("“%s”") % name
        for name in counts.order_by("pk").values_list("name", flat=True)
    ]
    if not names:
        return []
    text = ngettext(
        "The stocktake %(names)s is open. Apply or cancel it first.",
        "The stocktakes %(names)s are open. Apply or cancel them first.",
        len(names),
    )
    return [text % {"names": _listed(names)}]


def _listed(names: Sequence[str], total: int | None = None) -> str:
    """Return "a, b and c": the first NAMED, and how many more of `total` there are."""
    shown = list(names[:NAMED])
    more = (len(names) if total is None else total) - len(shown)
    if more:
        shown.append(ngettext("%(more)d more", "%(more)d more", more) % {"more": more})
    return str(get_text_list(shown, _("and")))


@transaction.atomic
def ensure_locations(names: Iterable[str]) -> list[Location]:
    """Make a location for each of `names`, which no location has; return them.

    The code is made of the name, with a number where another has it already.
    """
    taken = set(Location.objects.values_list("code_key", flat=True))
    new: list[Location] = []
    for name in names:
        code = _free_code(name, taken)
        taken.add(fold_key(code))
        new.append(Location(code=code, name=name[:NAME_LENGTH]))
    return Location.objects.bulk_create(new)


def _free_code(name: str, taken: set[str]) -> str:
    whole = re.sub(r"[\W_]+", "-", name.upper()).strip("-")[:CODE_LENGTH] or "PLACE"
    code, number = whole, 1
    while fold_key(code) in taken:
        number += 1
        code = f"{whole}-{number}"
    return code
