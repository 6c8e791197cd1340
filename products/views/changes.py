"""What an operation did to products and documents, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from products.forms.questions import day_and_time, in_words
from products.models import DocumentChange, Hold, ProductChange, Stocktake, Transfer
from products.services.snapshots import EDITABLE, field_label

COST = "cost"
NAMED = ("sku", "name")  # stand in the title of a product that came or went
Document = DocumentChange.Document
STATES = {
    Document.HOLD: Hold.State,
    Document.TRANSFER: Transfer.State,
    Document.STOCKTAKE: Stocktake.State,
}
PAGES = {
    Document.TRANSFER: "products:transfer_detail",
    Document.STOCKTAKE: "products:stocktake_detail",
}


@dataclass(frozen=True, slots=True)
class ChangedProduct:
    """A product, what became of it ("added", "changed", "deleted"), old and new."""

    name: str
    sku: str
    url: str
    what: str
    changes: list[tuple[str, str, str]]
    hides_cost: bool


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A hold, transfer or stocktake, its state (and time) before and after."""

    kind: str
    name: str
    url: str
    changes: list[tuple[str, str, str]]


def as_changed_product(change: ProductChange, *, sees_cost: bool) -> ChangedProduct:
    """Put one entry of the trail into words; its product is selected with it."""
    before, after = change.before or {}, change.after or {}
    product = change.product
    is_whole = change.before is None or change.after is None
    differing = [
        name
        for name in EDITABLE
        if before.get(name) != after.get(name)
        and not (is_whole and name in NAMED)
        and (before.get(name) or after.get(name))
    ]
    shown = [name for name in differing if sees_cost or name != COST]
    what = "changed"
    if is_whole:
        what = "added" if change.before is None else "deleted"
    return ChangedProduct(
        name=(after or before).get("name") or (product.name if product else change.sku),
        sku=change.sku,
        url=product.get_absolute_url() if product else "",
        what=what,
        changes=[
            (field_label(n), _words(n, before.get(n)), _words(n, after.get(n)))
            for n in shown
        ],
        hides_cost=len(shown) < len(differing),
    )


def as_changed_documents(changes: Iterable[DocumentChange]) -> list[ChangedDocument]:
    """Put what happened to documents into words; a query per kind of document."""
    listed = list(changes)
    names = _names_of(listed)
    return [_as_changed(change, names) for change in listed]


def _as_changed(
    change: DocumentChange, names: dict[tuple[str, int], str]
) -> ChangedDocument:
    kind = Document(change.document)
    before, after = change.before or {}, change.after
    lines = [(_("state"), _state(kind, before), _state(kind, after))]
    times = [_time(before.get("expires_at")), _time(after.get("expires_at"))]
    if times[0] != times[1]:
        lines.append((_("until"), times[0], times[1]))
    return ChangedDocument(
        kind=str(kind.label),
        name=names.get((kind, change.document_id), f"#{change.document_id}"),
        url=_page_of(kind, change.document_id),
        changes=[line for line in lines if line[1] != line[2]],
    )


def _names_of(changes: list[DocumentChange]) -> dict[tuple[str, int], str]:
    names: dict[tuple[str, int], str] = {}
    for kind, model in (
        (Document.HOLD, Hold),
        (Document.TRANSFER, Transfer),
        (Document.STOCKTAKE, Stocktake),
    ):
        ids = [change.document_id for change in changes if change.document == kind]
        found = model._default_manager.in_bulk(ids) if ids else {}
        names |= {(kind, pk): str(row) for pk, row in found.items()}
    return names


def _page_of(kind: DocumentChange.Document, pk: int) -> str:
    """Return the document's own page; a hold has its line in the list."""
    if kind == Document.HOLD:
        return f"{reverse('products:hold_list')}?id={pk}"
    return reverse(PAGES[kind], args=[pk])


def _state(kind: DocumentChange.Document, kept: dict[str, Any]) -> str:
    state = kept.get("state", "")
    return str(dict(STATES[kind].choices).get(state, state))


def _time(kept: str | None) -> str:
    return day_and_time(parse_datetime(kept)) if kept else ""


def _words(name: str, value: Any) -> str:
    if name == "image":  # the file's name says nothing
        return _("a picture") if value else ""
    return in_words(name, value)
