"""Short ways along the way of a file on the site."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from products.importing.runs import State
from products.importing.tasks import start_applying
from products.models import ImportRow, ImportRun, Product
from products.services.editing import update_product
from products.tests.factories import by
from products.tests.importing.files import TESS, plan_text, upload_text

HOUR = timedelta(hours=1)
TWO = "sku,name,price,on_hand\nA,Mug,1,5\nB,Cup,2,0\n"


def kept(text: str = TWO, **kwargs: Any) -> ImportRun:
    return upload_text(text, **kwargs)


def planned(text: str = TWO, **kwargs: Any) -> ImportRun:
    run = plan_text(text, **kwargs)
    assert run.state == State.PLANNED, run.problem
    return run


def applied(run: ImportRun) -> ImportRun:
    assert start_applying(run, TESS)
    return run


def edit(found: Product, **changes: Any) -> None:
    update_product(
        product_id=found.pk,
        changes=changes,
        seen_version=found.version,
        circumstances=by(),
    )


def row(run: ImportRun, sku: str) -> ImportRow:
    return run.rows.get(sku=sku)


def forget_who_worked(
    run: ImportRun, state: ImportRun.State, since: timedelta = HOUR
) -> None:
    """Leave the run as a killed process leaves it."""
    ImportRun.objects.filter(pk=run.pk).update(
        state=state, alive_at=timezone.now() - since
    )
    run.refresh_from_db()
