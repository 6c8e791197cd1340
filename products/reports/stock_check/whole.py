"""What the database is asked as a whole: guards, transfers, undo, ids, figures."""

from collections.abc import Callable
from itertools import islice

from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from products.models import Location, Operation, Product, ProductChange, StockMovement
from products.models.guards import missing_guards
from products.models.sequences import last_product_id
from products.reports.figures import wrong_days, wrong_figures
from products.reports.stock_check.findings import Fault, Findings, differs


def check_guards(findings: Findings) -> None:
    """Find the triggers that should keep history as it is and are not there."""
    missing = missing_guards(connection)
    if missing:
        detail = _("Missing triggers: %s. “manage.py migrate” puts them back.")
        findings.add(Fault("guard", detail % ", ".join(missing)))


def check_default_location(findings: Findings) -> None:
    count = Location.objects.filter(is_default=True).count()
    if count != 1:
        what = _("The number of default locations")
        findings.add(differs("default_location", what, count, 1))


def check_transfers(findings: Findings) -> None:
    """Find the transfers that make or lose stock on the way."""
    kinds = (StockMovement.Kind.TRANSFER_OUT, StockMovement.Kind.TRANSFER_IN)
    rows = StockMovement.objects.filter(kind__in=kinds).order_by()
    sums = rows.values("operation_id", "product_id").annotate(total=Sum("delta"))
    for unequal in sums.exclude(total=0).order_by("operation_id", "product_id"):
        of_product = rows.filter(
            operation=unequal["operation_id"], product=unequal["product_id"]
        )
        first = of_product.order_by("pk").values("pk", "sku", "location__code")[0]
        findings.add(
            differs("transfer", _("The sum of the transfer"), unequal["total"], 0),
            product=first["sku"],
            location=first["location__code"],
            movement=first["pk"],
        )


def check_reversals(findings: Findings) -> None:
    """Find operations undone twice, and undoings of something later."""
    undoing = Operation.objects.filter(reverses__isnull=False).order_by()
    twice = undoing.values("reverses").annotate(times=Count("pk")).filter(times__gt=1)
    for row in twice.order_by("reverses"):
        what = _("How often operation %s was undone") % row["reverses"]
        findings.add(differs("reversal", what, row["times"], 1))
    for pk in undoing.filter(reverses__gte=F("pk")).values_list("pk", flat=True):
        detail = _("Operation %s undoes one that is not before it.")
        findings.add(Fault("reversal", detail % pk))


def check_product_ids(findings: Findings) -> None:
    """Find ids that the next new product could get although history has them."""
    last = last_product_id(connection)
    detail = _("Id %(id)s is above %(last)s, the last one given: it could come twice.")
    for model, column in (
        (Product, "pk"),
        (StockMovement, "product_id"),
        (ProductChange, "product_id"),
    ):
        above = model._default_manager.filter(Q((f"{column}__gt", last)))
        for pk, sku in above.order_by(column).values_list(column, "sku")[:1]:
            findings.add(
                Fault("product_id", detail % {"id": pk, "last": last}), product=sku
            )


def check_figures(findings: Findings) -> None:
    """Find what the dashboard of a large shop would show wrong, and of past days."""
    for name, found, expected in wrong_figures():
        what = _("The figure “%s” on top of the dashboard") % name
        findings.add(differs("figures", what, found, expected))
    for day, name, found, expected in islice(wrong_days(), 1):
        what = _("The figure “%(name)s” at the end of %(day)s") % {
            "name": name,
            "day": day.isoformat(),
        }
        findings.add(differs("figures", what, found, expected))


CHECKS: tuple[Callable[[Findings], None], ...] = (
    check_guards,
    check_default_location,
    check_transfers,
    check_reversals,
    check_product_ids,
    check_figures,
)
