"""Days as people pick or type them, and rows by the days they lie on."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone

from products.reports.moments import read_day, start_of_day

LONGEST = 40  # characters of a day
# No clock has a time for the ends of what a date can hold.
WITHIN = [MinValueValidator(date(1970, 1, 2)), MaxValueValidator(date(2999, 12, 31))]


class DayInput(forms.DateInput):
    """A browser's date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PastDayInput(DayInput):
    """One that offers no day that has not come yet."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate().isoformat()
        return super().build_attrs(*args, **kwargs) | {"max": today}


class DayField(forms.DateField):
    """A day, or none, as a browser's date field sends it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=DayInput,
            input_formats=["%Y-%m-%d"],
            validators=WITHIN,
            **kwargs,
        )


class PastDayField(forms.CharField):
    """A day that has come, and is not too old to have records."""

    widget = PastDayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def clean(self, value: Any) -> Any:
        return read_day(super().clean(value))


def on_days(
    rows: "QuerySet[Any]", column: str, *, since: date | None, until: date | None
) -> "QuerySet[Any]":
    """Return the rows whose time lies on these days of the shop, both inclusive."""
    if since:
        rows = rows.filter(**{f"{column}__gte": start_of_day(since)})
    if until:
        end = start_of_day(until + timedelta(days=1))
        rows = rows.filter(**{f"{column}__lt": end})
    return rows
