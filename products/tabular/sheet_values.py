"""What a spreadsheet stores in a cell to the text that CSV would have there."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from products.tabular.sheet_damage import NO_RESULT

WHOLE = re.compile(r"-?[0-9]+")
DIGITS_HELD = 15  # more a spreadsheet neither keeps nor shows
MOST_DAYS = 2_950_000  # the year 9976
LEAP_BUG = 60  # days; before that a spreadsheet counts a 29 February 1900
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  (a cell has no time zone)
SECONDS_A_DAY = 86_400
ESCAPED = re.compile(r"_x(00(?:0[1-9A-F]|1[0-9A-F]|5F)|FFF[EF])_", re.IGNORECASE)
DATE_FORMATS = frozenset(
    str(number)
    for first, last in ((14, 22), (27, 36), (45, 47), (50, 58))
    for number in range(first, last + 1)
)
"""The built-in number formats that show dates and times."""

NO_DATE_LETTERS = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[\\_*].|General')


def number_text(text: str) -> str:
    """Return a stored number in plain digits: "5.901234123457E12" is 5901234123457.

    What binary arithmetic leaves behind the fifteenth digit is dropped. A whole number
    that a spreadsheet has rounded because it is longer stays as it is, 1.2E+17, so
    that nobody takes its zeros for digits.
    """
    if WHOLE.fullmatch(text):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    if number.adjusted() >= DIGITS_HELD:
        return f"{number:.{DIGITS_HELD - 1}E}"
    if number.adjusted() < -DIGITS_HELD:
        return "0"
    return f"{Decimal(f'{number:.{DIGITS_HELD}g}').normalize():f}"


def date_text(text: str, *, counts_from_1904: bool) -> str:
    """Return the time that a number of days shows: "2025-03-01 00:00:00".

    "09:30:00" for less than a day. A number that is no time stays a number.
    """
    try:
        days = float(text)
    except ValueError:
        return text
    if not 0 <= days < MOST_DAYS:
        return number_text(text)
    epoch = EPOCH_1904 if counts_from_1904 else EPOCH
    if not counts_from_1904 and 1 <= days < LEAP_BUG:
        days += 1
    moment = epoch + timedelta(seconds=round(days * SECONDS_A_DAY))
    return f"{moment:%H:%M:%S}" if days < 1 else f"{moment:%Y-%m-%d %H:%M:%S}"


def is_date_format(code: str) -> bool:
    """Say whether a number format shows dates or times: "dd/mm/yyyy"."""
    shown = NO_DATE_LETTERS.sub("", code.partition(";")[0])
    return any(letter in "dmyhsDMYHS" for letter in shown)


def plain_text(text: str) -> str:
    """Return a text with its escaped control characters: "_x000D_" is a CR."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def value_text(kind: str, text: str, *, is_date: bool, counts_from_1904: bool) -> str:
    """Return the text of a cell that holds neither a shared text nor nothing.

    `kind` is the type a workbook gives its cells: b, d, e, n, str or inlineStr.
    """
    if kind == "n":
        if is_date:
            return date_text(text, counts_from_1904=counts_from_1904)
        return number_text(text)
    if kind == "b":
        return "true" if text.strip() == "1" else "false"
    if kind == "d":
        return text.replace("T", " ").removesuffix("Z")
    return plain_text(text)


def formula_text(kind: str, text: str) -> str:
    """Return the result of a formula, or NO_RESULT when it was never computed."""
    return text if text or kind == "str" else NO_RESULT
