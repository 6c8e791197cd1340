"""The whole check: everything seen at one moment, while others go on working."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import DatabaseError
from django.utils.translation import gettext as _

from products.models import Product, StockLevel, StockMovement
from products.models.reading import one_moment
from products.reports.stock_check.findings import Fault, Findings, Problem
from products.reports.stock_check.transfers import check_goods_on_the_way
from products.reports.stock_check.walk import Walk
from products.reports.stock_check.whole import CHECKS

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how many rows are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class StockCheck:
    """What a check read and found.

    `head` is the ledger head in hex; empty when not every row could be read.
    """

    products: int
    levels: int
    movements: int
    head: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def check_stock(*, progress: Progress | None = None) -> StockCheck:
    """Prove every invariant of docs/decisions/ledger.md; never raises for bad data.

    Reads each row once, from one moment and without locks, in flat memory; thirteen
    queries besides, and in a large shop those that count its figures.
    """
    findings = Findings()
    with one_moment():
        walk = Walk(findings, _count_up(progress))
        is_complete = _attempt(walk.run, findings)
        for check in (*CHECKS, check_goods_on_the_way):
            _attempt(partial(check, findings), findings)
    return StockCheck(
        products=walk.product_count,
        levels=walk.level_count,
        movements=walk.movement_count,
        head=walk.head.hexdigest() if is_complete else "",
        problems=findings.problems(),
    )


def _attempt(step: Callable[[], None], findings: Findings) -> bool:
    """Run one step; a database that can't read a row is a finding, not a traceback."""
    try:
        step()
    except DatabaseError as error:
        detail = _("The database can't read on: %s")
        findings.add(Fault("readable", detail % " ".join(str(error).split())))
        return False
    return True


def _count_up(progress: Progress | None) -> Callable[[int], None]:
    if progress is None:
        return lambda done: None
    models = (Product, StockLevel, StockMovement)
    total = sum(model._default_manager.count() for model in models)
    what = _("Checking rows")
    return lambda done: progress(what, done, total)
