"""The staged rows of an import: which section shows which, and what is said of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from products.fields import fold_key, is_number
from products.importing.registry import FORMATS
from products.importing.staged import Outcome
from products.models import (
    ImportFinding,
    ImportRow,
    ImportRun,
    Location,
    Product,
)
from products.services.snapshots import field_label
from products.tabular.own_csv import join_path
from products.templatetags.inventory import money_in_full
from products.views.key_paging import KeyPage, key_page

ROWS = 50
COST = "cost"
MONEY = ("price", COST)
NOTES, DIFFERENT = "notes", "different"
OUTCOMES = {outcome.value: outcome for outcome in Outcome}
SECTIONS = (DIFFERENT, "refused", "changed", "new", NOTES, "unchanged")
"""In the order in which they need somebody."""

EXCERPT = 70  # characters of a text; what differs is among them
MOST_DIGITS = 9  # of the number of a record
Stock = tuple[str, int, int, int]  # place, before, after, difference


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as a person may see it.

    `changes` is label, old and new; `stock` is empty where none moves. `url` is the
    page of its product, "" when there is none.
    """

    row: ImportRow
    url: str = ""
    changes: Sequence[tuple[str, str, str]] = ()
    hides_cost: bool = False
    stock: Sequence[Stock] = ()
    category: str = ""
    price: str | None = None
    findings: list[ImportFinding] = field(default_factory=list)


def is_about_orders(run: ImportRun) -> bool:
    """Say whether the rows are lines of orders: sales, and sales taken back."""
    found = FORMATS.get(run.format)
    return found is not None and found.reads_orders


def section_of(run: ImportRun, asked: str | None) -> str:
    """Return the section asked for, or the first that has something in it."""
    counts = counts_of(run)
    if asked in counts:
        return asked
    return next((name for name in SECTIONS if counts.get(name)), "new")


def counts_of(run: ImportRun) -> dict[str, int]:
    """Return how many rows each section has; no query."""
    different = run.report.get("different", 0)
    return {
        "new": run.created_count,
        "changed": run.changed_count,
        "unchanged": run.unchanged_count,
        "refused": run.refused_count,
        NOTES: run.note_count,
    } | ({DIFFERENT: different} if different else {})


def rows_in(run: ImportRun, shown: str, find: str, *, sees_cost: bool) -> Q:
    """Return which rows a section shows, narrowed by what somebody looks for.

    Nobody finds by a cost who may not see it.
    """
    section = Q(is_different=True) if shown == DIFFERENT else Q(outcome=OUTCOMES[shown])
    if not find:
        return section
    found = Q(sku__icontains=find) | Q(name__icontains=find) | _record(find)
    if shown == Outcome.REFUSED.value:  # most are refused before they have a SKU
        faults = run.findings.filter(_cell(find, sees_cost=sees_cost), is_refusal=True)
        found |= Q(record__in=faults.order_by().values("record"))
    return section & found


def page_of(
    request: HttpRequest, run: ImportRun, shown: str, find: str, *, sees_cost: bool
) -> KeyPage:
    """Return the page of a section that the address asks for, in the file's order."""
    if shown == NOTES:
        notes = _notes(run, find, sees_cost=sees_cost)
        return key_page(
            request, notes, size=ROWS, newest_first=False, by=("record", "pk")
        )
    rows = run.rows.filter(rows_in(run, shown, find, sees_cost=sees_cost))
    return key_page(request, rows, size=ROWS, newest_first=False, by=("record",))


def _notes(run: ImportRun, find: str, *, sees_cost: bool) -> "QuerySet[ImportFinding]":
    notes = run.findings.filter(is_refusal=False)
    if not find:
        return notes
    named = run.rows.filter(Q(sku__icontains=find) | Q(name__icontains=find))
    is_named = Q(record__in=named.order_by().values("record"))
    cell = _cell(find, sees_cost=sees_cost)
    return notes.filter(cell | _record(find) | is_named)


def _cell(find: str, *, sees_cost: bool) -> Q:
    cell = Q(value__icontains=find)
    return cell if sees_cost else cell & ~Q(field=COST)


def _record(find: str) -> Q:
    if is_number(find, MOST_DIGITS):
        return Q(record=int(find))
    return Q()


def present(
    run: ImportRun, rows: Sequence[ImportRow], *, sees_cost: bool
) -> list[ShownRow]:
    """Return `rows` of one page as they are shown; at most three queries."""
    places = {
        location.pk: location.name for location in Location.objects.only("pk", "name")
    }
    pages = _pages_of(rows)
    findings = findings_of(run, rows, sees_cost=sees_cost)
    return [
        _present(row, places, pages, findings.get(row.record, []), sees_cost=sees_cost)
        for row in rows
    ]


def findings_of(
    run: ImportRun, rows: Iterable[ImportRow], *, sees_cost: bool
) -> dict[int, list[ImportFinding]]:
    """Return record -> why it was refused, for those of `rows` that were."""
    refused = [row.record for row in rows if row.outcome == Outcome.REFUSED]
    found: dict[int, list[ImportFinding]] = {}
    if refused:
        faults = run.findings.filter(is_refusal=True, record__in=refused)
        for finding in veiled(faults.order_by("record", "pk"), sees_cost=sees_cost):
            found.setdefault(finding.record, []).append(finding)
    return found


def veiled(
    findings: Iterable[ImportFinding], *, sees_cost: bool
) -> list[ImportFinding]:
    """Return `findings` without the costs that somebody may not see."""
    shown = list(findings)
    for finding in shown:
        if finding.field == COST and not sees_cost:
            finding.value = _("not shown to you")
    return shown


def _pages_of(rows: Sequence[ImportRow]) -> dict[int, str]:
    """Return record -> the page of its product, as far as there is one.

    By its id, whatever its SKU is by now; a new one and a refused one by the SKU.
    """
    ids = {row.product_id for row in rows if row.product_id}
    keys = {fold_key(row.sku) for row in rows if row.sku and not row.product_id}
    found = Product.objects.filter(Q(pk__in=ids) | Q(sku_key__in=keys))
    products = list(found.only("pk", "sku_key"))
    by_id = {product.pk: product for product in products}
    by_key = {product.sku_key: product for product in products}
    pages = {}
    for row in rows:
        if row.product_id:
            product = by_id.get(row.product_id)
        else:
            product = by_key.get(fold_key(row.sku))
        if product is not None:
            pages[row.record] = product.get_absolute_url()
    return pages


def _present(
    row: ImportRow,
    places: dict[int, str],
    pages: dict[int, str],
    findings: list[ImportFinding],
    *,
    sees_cost: bool,
) -> ShownRow:
    # Spoilt: the row is there, and says nothing.
    plan = row.plan = row.plan if isinstance(row.plan, dict) else {}
    changes = plan.get("changes", [])
    seen = [change for change in changes if sees_cost or change[0] != COST]
    values = plan.get("values", {})
    return ShownRow(
        row=row,
        url=pages.get(row.record, ""),
        changes=[_change(*change) for change in seen],
        hides_cost=len(seen) < len(changes),
        stock=[_stock(places, *moved) for moved in plan.get("stock", [])],
        category=join_path(values.get("category") or ()),
        price=values.get("price"),
        findings=findings,
    )


def _stock(places: dict[int, str], place: int | str, before: int, units: int) -> Stock:
    name = place if isinstance(place, str) else places.get(place, _("gone"))
    return name, before, before + units, units


def _change(name: str, old: str, new: str) -> tuple[str, str, str]:
    """Return the label of a field, and the part of its old and new that differs."""
    label = field_label(name)
    if name in MONEY:
        return label, _money(old), _money(new)
    same = next(
        (
            at
            for at, pair in enumerate(zip(old, new, strict=False))
            if len(set(pair)) > 1
        ),
        min(len(old), len(new)),
    )
    start = max(0, same - EXCERPT // 2) if max(len(old), len(new)) > EXCERPT else 0
    return label, _excerpt(old, start), _excerpt(new, start)


def _money(text: str) -> str:
    """Return an amount with as many places as it has, two at least."""
    if not text:
        return ""
    places = len(text.rstrip("0").partition(".")[2])
    return money_in_full(text, max(2, places))


def _excerpt(text: str, start: int) -> str:
    part = text[start : start + EXCERPT]
    before = "…" if start and part else ""
    return f"{before}{part}{'…' if len(text) > start + EXCERPT else ''}"
