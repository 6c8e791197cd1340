"""Short ways along the way of a file on the site."""

from typing import Any

from products.importing.runs import State
from products.importing.tasks import start_applying
from products.models import ImportRow, ImportRun, Product
from products.services.editing import update_product
from products.tests.factories import by
from products.tests.importing.files import TESS, plan_text, upload_text

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
