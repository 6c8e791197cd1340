"""What only one product can have, when edits of many are undone: who gets it back.

A SKU, a barcode, a place among the variants of a group. Reads only.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from products.fields import fold_key
from products.models import Operation, Product
from products.services.locking import BATCH, batches
from products.services.undo_values import Edit, merge_changes

VARIANT = ("group", "option1", "option2", "option3")
CLAIMED = ("sku", "barcode", *VARIANT)
COLUMNS = ("sku", "barcode", "group_id", "option1", "option2", "option3")
Values = dict[str, Any]  # field -> value; a group by its id
Refused = dict[int, dict[str, str]]
"""product id -> field -> why it can't have its old value again."""


@dataclass(frozen=True, slots=True)
class _Owner:
    product_id: int
    sku: str


@dataclass(slots=True)
class _Claim:
    """A product that wants the key `wanted` again and has `current` until then."""

    names: list[str]
    wanted: Any
    current: Any
    refused: str = ""

    @property
    def will_have(self) -> Any:
        return self.current if self.refused else self.wanted


@dataclass(frozen=True, slots=True)
class _Kind:
    """A rule of uniqueness: the fields it is about, and the key they make."""

    names: tuple[str, ...]
    key: Callable[[Values], Any]
    column: str
    """Looked up to find the owners of keys."""
    part: Callable[[Any], Any]
    """What of a key stands in `column`."""
    sentence: Callable[[], str]


_KINDS = (
    _Kind(
        ("sku",),
        lambda values: fold_key(values["sku"]),
        "sku_key",
        lambda key: key,
        lambda: _("“%s” has this SKU now."),
    ),
    _Kind(
        ("barcode",),
        lambda values: values["barcode"],
        "barcode",
        lambda key: key,
        lambda: _("“%s” has the barcode now."),
    ),
    _Kind(
        VARIANT,
        lambda values: tuple(map(values.get, VARIANT)) if values["group"] else None,
        "group",
        lambda key: key[0],
        lambda: _("“%s” has the same options in the group now."),
    ),
)


def refused_claims(
    operation: Operation, goes: Callable[[Collection[int]], Collection[int]]
) -> Refused:
    """Return which old values others have now, who don't give them back themselves.

    `goes` says which of some products the undo removes: those keep nothing. One query
    where the operation changed nothing of the kind, else about four per 5,000.
    """
    rows = operation.changes.filter(
        before__isnull=False, before__has_any_keys=list(CLAIMED)
    )
    edits = merge_changes(rows.order_by("pk"))
    current = dict(_values(edits))
    refused: Refused = {}
    for kind in _KINDS:
        claims = dict(_claims(kind, edits, current))
        _settle(kind, claims, goes)
        for pk, claim in claims.items():
            if claim.refused:
                reasons = dict.fromkeys(claim.names, claim.refused)
                refused.setdefault(pk, {}).update(reasons)
    return refused


def _values(product_ids: Collection[int]) -> Iterator[tuple[int, Values]]:
    for batch in batches(product_ids):
        rows = Product.objects.filter(pk__in=batch).values_list("pk", *COLUMNS)
        for pk, *values in rows:
            yield pk, dict(zip(CLAIMED, values, strict=True))


def _claims(
    kind: _Kind, edits: Mapping[int, Edit], current: Mapping[int, Values]
) -> Iterator[tuple[int, _Claim]]:
    """Yield what still has the value it was given and would have another key before."""
    for pk, now in current.items():
        edit = edits[pk]
        old = {
            name: _plain(edit.before[name])
            for name in kind.names
            if name in edit.before and now[name] == _plain(edit.after.get(name))
        }
        if old:
            yield pk, _Claim(list(old), kind.key(now | old), kind.key(now))


def _plain(value: Any) -> Any:
    return value["id"] if isinstance(value, dict) else value


def _settle(
    kind: _Kind,
    claims: Mapping[int, _Claim],
    goes: Callable[[Collection[int]], Collection[int]],
) -> None:
    """Refuse claims on what somebody keeps, until nothing follows from it any more."""
    owners = _owners(kind, {claim.wanted for claim in claims.values()} - {None})
    strangers = {owner.product_id for owner in owners.values()} - claims.keys()
    gone = set(goes(strangers))
    is_settled = False
    while not is_settled:
        is_settled = True
        for pk, claim in claims.items():
            owner = owners.get(claim.wanted)
            if claim.refused or owner is None or owner.product_id in {pk, *gone}:
                continue
            rival = claims.get(owner.product_id)
            if rival is None or rival.will_have == claim.wanted:
                claim.refused = kind.sentence() % owner.sku
                is_settled = False


def _owners(kind: _Kind, keys: Collection[Any]) -> dict[Any, _Owner]:
    """Return who has these keys now; one query per 5,000."""
    found: dict[Any, _Owner] = {}
    parts = sorted({kind.part(key) for key in keys})
    for start in range(0, len(parts), BATCH):
        rows = Product.objects.filter(
            **{f"{kind.column}__in": parts[start : start + BATCH]}
        ).order_by()
        for pk, *values in rows.values_list("pk", *COLUMNS):
            key = kind.key(dict(zip(CLAIMED, values, strict=True)))
            if key in keys:
                found[key] = _Owner(pk, values[0])
    return found
