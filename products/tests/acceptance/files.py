"""The real files, where their folder stands beside the checkout, and importing them."""

import gzip
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from products.importing.request import ImportRequest
from products.importing.run import ImportOutcome, run_import
from products.models import Location, Operation
from products.services.operations import Author, Circumstances

FOLDER = settings.BASE_DIR.parent / "shared" / "data"
TESS = Author("Tess", Operation.Source.COMMAND)

needs_files = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"no folder of real files at {FOLDER}"
)


def content(path: Path | str) -> bytes:
    """Return the bytes of a file of the folder, unpacked."""
    data = (FOLDER / path).read_bytes()
    return gzip.decompress(data) if str(path).endswith(".gz") else data


def expected(path: Path | str) -> dict:
    """Return what was counted in a file by other means than ours."""
    facts = (FOLDER / path).with_name("expected.json")
    return json.loads(facts.read_text())[Path(path).name]


def import_file(path: Path | str, **kwargs: Any) -> ImportOutcome:
    """Import a file of the folder; keyword arguments are those of ImportRequest."""
    return import_data(content(path), file_name=Path(path).name, **kwargs)


def import_data(data: bytes, **kwargs: Any) -> ImportOutcome:
    """Import a file that holds `data`; keyword arguments as above."""
    request = ImportRequest(
        stream=BytesIO(data), location=Location.objects.get_default(), **kwargs
    )
    return run_import(request, circumstances=Circumstances(TESS))


def figures(outcome: ImportOutcome) -> tuple:
    """Return all that an import says of itself, to compare it with another."""
    run = outcome.run
    return (
        run.record_count,
        run.created_count,
        run.changed_count,
        run.unchanged_count,
        [(each.record, each.reason) for each in outcome.findings.refused],
        outcome.findings.notes,
    )
