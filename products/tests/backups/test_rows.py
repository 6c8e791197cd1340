"""backups.rows: what JSON lacks goes as text and comes back as it was."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models

from products.backups.refusals import BackupRefused
from products.backups.rows import _as_text, write_rows
from products.backups.tables import Table
from products.models import Brand

MOMENT = datetime(2026, 3, 29, 1, 30, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.DecimalField(max_digits=15, decimal_places=6), Decimal("0.000001")),
        (models.DecimalField(max_digits=15, decimal_places=2), Decimal("-1E+3")),
        (models.DateTimeField(), MOMENT),
        (models.DateField(), date(2026, 3, 29)),
        (models.TimeField(), time(1, 30, 0, 1)),
        (models.DurationField(), timedelta(days=-1, microseconds=1)),
        (models.UUIDField(), UUID(int=7)),
        (models.BinaryField(), b"\x00\xff"),
        (models.JSONField(), {"a": [1, None, "é\u0001"]}),
    ],
)
def test_there_and_back(field, value):
    text = json.dumps(value, default=_as_text)
    assert field.to_python(json.loads(text)) == value


def test_a_type_nobody_thought_of_stops_the_backup():
    with pytest.raises(TypeError, match="complex has no place in a backup"):
        _as_text(1j)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "line",
    [
        b"not json\n",
        b"[1]\n",
        b'[1, "Linden", "linden", "more"]\n',
        b"{}\n",
        b'[1, "Linden", null]\n',
    ],
)
def test_a_row_that_does_not_fit_is_refused(line):
    with pytest.raises(BackupRefused, match=r"products\.Brand can't be restored"):
        list(write_rows(Table(Brand), [line]))
