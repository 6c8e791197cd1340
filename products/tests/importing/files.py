"""Small files for import tests, and the short way to import them."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from products.importing.request import ImportRequest
from products.importing.run import ImportOutcome, run_import
from products.importing.tasks import start_planning
from products.importing.uploads import keep_upload
from products.models import ImportRun, Location, Operation, Product
from products.services.operations import Author, Circumstances, Once

TESS = Author("Tess Tester", Operation.Source.SITE)


def import_text(text: str | bytes, *, key: str = "", **kwargs: Any) -> ImportOutcome:
    """Import `text` as a file; keyword arguments are those of ImportRequest."""
    data = text if isinstance(text, bytes) else text.encode()
    kwargs.setdefault("location", Location.objects.get_default())
    request = ImportRequest(stream=BytesIO(data), file_name="shop.csv", **kwargs)
    once = Once(key, {"sha256": sha256(data).hexdigest()}) if key else None
    return run_import(request, circumstances=Circumstances(TESS, once=once))


def upload_text(text: str | bytes, **kwargs: Any) -> ImportRun:
    """Hand in `text` on the site; nobody has read it yet."""
    data = text if isinstance(text, bytes) else text.encode()
    kwargs.setdefault("location", Location.objects.get_default())
    kwargs.setdefault("file_name", "shop.csv")
    return keep_upload(ImportRequest(stream=BytesIO(data), **kwargs), TESS)


def plan_text(text: str | bytes, **kwargs: Any) -> ImportRun:
    """Hand in `text` on the site and have it read; the preview waits."""
    run = upload_text(text, **kwargs)
    start_planning(run)
    return run


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, refused."""
    run = outcome.run
    return (
        run.created_count,
        run.changed_count,
        run.unchanged_count,
        run.refused_count,
    )


def refused(outcome: ImportOutcome) -> list[tuple[int, str, str]]:
    """Record, column and reason of every refusal."""
    return [
        (each.record, each.column, each.reason) for each in outcome.findings.refused
    ]


def notes(outcome: ImportOutcome) -> list[tuple[int, str, str]]:
    """Record, column and text of every note about a cell."""
    return [
        (each.record, each.column, each.note)
        for each in outcome.findings.notes
        if each.column
    ]


def product(sku: str) -> Product:
    return Product.objects.get(sku=sku)
