"""Days and times as each language writes them."""

import re
from datetime import UTC, datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from inventory_site.formats.de.formats import DAYS
from inventory_site.tests.sources import CODE, TEMPLATES

MOMENT = datetime(2026, 3, 11, 14, 5, 9, tzinfo=UTC)
IN_TEMPLATES = re.compile(r'\|date:"([^"]+)"')
IN_CODE = re.compile(r'date_format\([^"\n]*"([^"]+)"(?: if [^"]+ else "([^"]+)")?')
# Names of formats, and forms without a name of a day or month: the same everywhere.
NEEDS_NONE = re.compile(r"[A-Z_]{4,}|[YmdHisO\\T: -]+|c")


def named_forms() -> set[str]:
    found = {
        form for path in TEMPLATES for form in IN_TEMPLATES.findall(path.read_text())
    }
    for path in CODE:
        for forms in IN_CODE.findall(path.read_text()):
            found |= set(forms) - {""}
    return {form for form in found if not NEEDS_NONE.fullmatch(form)}


def test_german_has_every_form_that_is_named() -> None:
    assert {"j F Y", "l j F"} <= named_forms()
    assert not named_forms() - DAYS.keys(), "add it to formats/de/formats.py"


@pytest.mark.parametrize(
    ("form", "english", "german"),
    [
        ("l j F Y", "Wednesday 11 March 2026", "Mittwoch, 11. März 2026"),
        ("j F Y, H:i", "11 March 2026, 14:05", "11. März 2026, 14:05"),
        ("j M Y", "11 Mar 2026", "11.03.2026"),
        ("j M", "11 Mar", "11.3."),
        ("SHORT_DATETIME_FORMAT", "03/11/2026 2:05 p.m.", "11.03.2026, 14:05"),
        ("Y-m-d", "2026-03-11", "2026-03-11"),
    ],
)
def test_written(form: str, english: str, german: str) -> None:
    with override("en"):
        assert date_format(MOMENT, form) == english
    with override("de"):
        assert date_format(MOMENT, form) == german
