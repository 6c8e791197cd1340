"""One cell to one value, exactly; or a BadCellError that says how to mend it."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from products.tabular.problems import BadCellError
from products.tabular.sheet_damage import refuse_failed_formula, refuse_replaced_code
from products.tabular.writing import unescape_formula

PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
SHORTENED_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
TRUE_WORDS = frozenset({"true", "yes", "1"})
FALSE_WORDS = frozenset({"false", "no", "0"})


def read_code(text: str) -> str:
    """Return a SKU, barcode or other code without the apostrophe of a spreadsheet.

    Older shop programs put one at both ends. Raises SheetDamageError for what a
    spreadsheet shows in place of a code; with an apostrophe it has left it alone.
    """
    code = unescape_formula(text)
    if code == text:
        code = without_apostrophes(text)
    if code == text:
        refuse_replaced_code(code)
    return code


def read_decimal(
    text: str, *, places: int, limit: int, rounds: bool = False
) -> Decimal:
    """Return the number in `text`, exactly as it is written.

    Point as decimal mark, no thousands marks, no currency, no exponent. Raises
    BadCellError for anything else, for a size of `limit` or more, and for more than
    `places` decimals that are not zero, unless it `rounds` them.
    """
    bare = without_apostrophes(text)
    if not PLAIN_NUMBER.fullmatch(bare):
        raise _not_a_number(bare)
    number = Decimal(bare)
    if abs(number) >= limit:
        raise _too_large(limit)
    fitted = number.quantize(Decimal(1).scaleb(-places))
    if fitted != number and not rounds:
        raise TooManyPlacesError(
            _("More than %(places)d decimal places.") % {"places": places},
            _("Round it."),
        )
    return fitted or abs(fitted)  # no "-0.00"


def read_whole(text: str, *, limit: int) -> int:
    """Return the whole number in `text`; "3" and "3.0" are both 3.

    Raises BadCellError for anything else and for a size of `limit` or more.
    """
    try:
        return int(read_decimal(text, places=0, limit=limit))
    except TooManyPlacesError as error:
        raise BadCellError(
            _("Not a whole number."), _("Quantities are counted in whole units.")
        ) from error


def read_bool(text: str) -> bool:
    """Return the truth of yes, no, true, false, 1 and 0, in any case."""
    word = text.casefold()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise BadCellError(_("Neither true nor false."), _("Write true or false."))
    return word in TRUE_WORDS


class TooManyPlacesError(BadCellError):
    """The number has more decimals than the column holds."""


def _not_a_number(text: str) -> BadCellError:
    refuse_failed_formula(text)
    if SHORTENED_NUMBER.fullmatch(text):
        return BadCellError(
            _("A spreadsheet has shortened this number."),
            _("Format the column as numbers, write all its digits, save as CSV."),
        )
    if "," in text:
        return BadCellError(
            _("Not a plain number."),
            _("Write 1290.50: a point before the decimals, no thousands marks."),
        )
    return BadCellError(
        _("Not a number."),
        _("Write plain digits, such as 1290 or 12.90."),
    )


def _too_large(limit: int) -> BadCellError:
    return BadCellError(
        _("The number is too large."),
        _("It must be below %(limit)s.") % {"limit": f"{limit:,}"},
    )


def without_apostrophes(text: str) -> str:
    """Return `text` without the apostrophe in front, and the one at its end."""
    if text.startswith("'"):
        return text[1:].removesuffix("'").strip()
    return text
