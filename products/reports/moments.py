"""Moments as people write them: a day, or a day and a time, in the shop's time zone."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

FIRST_YEAR = 1970  # before it no shop has records, and some platforms no times


def read_moment(text: str) -> datetime:
    """Return the moment that `text` names; a day alone means its end.

    ISO 8601: 2026-03-03, 2026-03-03 14:30, with an offset if it is of another zone.
    Raises ValidationError for anything else, and for a day that has not come yet.
    """
    day = _day(text)
    if day is not None:
        check_day(day)
        return end_of_day(day)
    try:
        moment = parse_datetime(text.strip())
    except ValueError:  # the form is right, but there is no such time
        moment = None
    if moment is None:
        raise ValidationError(
            _("Write a day like 2026-03-31, with a time like 14:30 if it matters."),
            code="invalid",
        )
    check_day(moment.date())
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def read_day(text: str) -> date:
    """Return the day that `text` names; raises ValidationError like `read_moment`."""
    day = _day(text)
    if day is None:
        raise ValidationError(_("Write a day like 2026-03-31."), code="invalid")
    check_day(day)
    return day


def check_day(day: date) -> None:
    """Raise ValidationError for a day that has no records: not yet, or long ago."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."), code="future")
    if day.year < FIRST_YEAR:
        raise ValidationError(
            _("Choose a day after %(year)d.") % {"year": FIRST_YEAR}, code="past"
        )


def start_of_day(day: date) -> datetime:
    """Return the first moment of `day` in the shop's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of_day(day: date) -> datetime:
    """Return the last moment of `day` in the shop's time zone."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip())
    except ValueError:  # 31 April
        return None
