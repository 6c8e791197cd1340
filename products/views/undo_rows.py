"""The products of an import that is to be undone, or was, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from products.forms.questions import in_words
from products.models import Location, Operation
from products.services.snapshots import field_label
from products.services.undo_import_preview import preview_import_undo
from products.services.undo_verdicts import Outcome, Verdict
from products.views.changes import COST
from products.views.numbered_paging import number_in

ROWS = 50


@dataclass(frozen=True, slots=True)
class UndoneProduct:
    """What becomes of a product: `changes` are label, now, then; `stock` is place and
    units posted; `reasons` say what is left as it is.
    """

    name: str
    sku: str
    url: str
    goes: bool
    changes: list[tuple[str, str, str]]
    hides_cost: bool
    stock: list[tuple[str, int]]
    reasons: list[str]


def import_undo_context(request: HttpRequest, operation: Operation) -> dict[str, Any]:
    """Return what the page shows before an import is undone: `?show=`, `?page=`."""
    asked = request.GET.get("show", "")
    preview = preview_import_undo(
        operation,
        shown=Outcome(asked) if asked in set(Outcome) else None,
        page=number_in(request, "page"),
        size=ROWS,
    )
    total = preview.counts[preview.shown]
    sees_cost = request.user.has_perm("products.view_cost")
    return {
        "import_preview": preview,
        "counts": {outcome.value: preview.counts[outcome] for outcome in Outcome}
        | {"all": preview.counts.total()},
        "shown": preview.shown.value,
        "page_obj": Paginator(range(total), ROWS).get_page(preview.page),
        "rows": as_undone(preview.rows, sees_cost=sees_cost),
    }


def as_undone(verdicts: Iterable[Verdict], *, sees_cost: bool) -> list[UndoneProduct]:
    """Put verdicts into words; one query."""
    places = dict(Location.objects.values_list("pk", "name"))
    return [_as_undone(each, places, sees_cost=sees_cost) for each in verdicts]


def _as_undone(
    verdict: Verdict, places: dict[int, str], *, sees_cost: bool
) -> UndoneProduct:
    names = [name for name in verdict.old if sees_cost or name != COST]
    stock: dict[str, int] = {}
    for line in verdict.lines:
        place = places[line.location_id]
        stock[place] = stock.get(place, 0) + line.delta
    there = bool(verdict.version)
    return UndoneProduct(
        name=verdict.name,
        sku=verdict.sku,
        url=reverse("products:product_detail", args=[verdict.product_id])
        if there
        else "",
        goes=verdict.goes,
        changes=[
            (
                field_label(name),
                in_words(name, verdict.new[name]),
                in_words(name, verdict.old[name]),
            )
            for name in names
        ],
        hides_cost=len(names) < len(verdict.old),
        stock=[(place, units) for place, units in stock.items() if units],
        reasons=verdict.reasons,
    )
