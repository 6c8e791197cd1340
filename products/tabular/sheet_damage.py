"""What spreadsheets do to the cells of a file on its way through them.

Only forms that a spreadsheet writes by itself and hardly anybody else: 5.90123E+12,
1-Mar, #REF!. A code such as 1E5 or 2025-03 is a code.
"""

import re

from django.utils.translation import gettext as _
from stdnum import ean, isbn

from products.tabular.problems import BadCellError

NO_RESULT = "#FORMULA?"
"""Stands for a formula whose result is not in the file."""

ERROR_TEXTS = (
    "#REF! #VALUE! #NAME? #DIV/0! #N/A #NUM! #NULL! #SPILL! #CALC! #ERROR! #FIELD!"
    " #BLOCKED! #CONNECT! #UNKNOWN! #GETTING_DATA"
    " #BEZUG! #WERT! #ZAHL! #NV #ÜBERLAUF!"  # German
    " #VALEUR! #NOM? #NOMBRE! #NUL!"  # French
    " #¡REF! #¡VALOR! #¿NOMBRE? #¡DIV/0! #¡NUM! #¡NULO! #N/D"  # Spanish
    " #RIF! #VALORE! #NOME?"  # Italian
    " #VERW! #WAARDE! #NAAM? #GETAL! #LEEG! #N/B #DEEL/0!"  # Dutch
)
ERRORS = frozenset(ERROR_TEXTS.split())
HASHES = re.compile(r"#{3,}")  # the column was too narrow for its number
LIBRE_ERROR = re.compile(r"Err:5\d\d")
SHORTENED_CODE = re.compile(r"[0-9](?:[.,][0-9]+[eE]\+?|[eE]\+)[0-9]{2,3}")

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
GERMAN_MONTHS = "Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
DAY, MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
YEAR = "(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"{DAY}-(?:{MONTHS})(?:-{YEAR}|-[0-9]{{2}})?|(?:{MONTHS})-[0-9]{{2}}"
    rf"|{DAY}\. (?:{GERMAN_MONTHS})|(?:{GERMAN_MONTHS}) [0-9]{{2}}"
    rf"|{DAY}/{DAY}/{YEAR}|{DAY}\.{MONTH}\.{YEAR}"
    rf"|{YEAR}[-/][0-9]{{2}}[-/][0-9]{{2}}[ T][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?"
    r"|[0-9]{2}:[0-9]{2}:[0-9]{2}"
)
UPC_LENGTH = 12
CUT_LENGTHS = (10, 11)


class SheetDamageError(BadCellError):
    """A spreadsheet has replaced what stood in the cell."""


def refuse_failed_formula(text: str) -> None:
    """Raise SheetDamageError for the error text of a formula: #REF!."""
    if not text.startswith(("#", "Err:")):  # texts can be long
        return
    if text == NO_RESULT:
        raise SheetDamageError(
            _("The result of the formula in this cell is not in the file."),
            _("Open the file in a spreadsheet, save it, and take it again."),
        )
    if text.upper() in ERRORS or LIBRE_ERROR.fullmatch(text):
        raise SheetDamageError(
            _("A spreadsheet formula has failed here."), _("Write what belongs here.")
        )


def refuse_replaced_code(text: str) -> None:
    """Raise SheetDamageError for what a spreadsheet shows in place of a code.

    An error, a long number without its last digits, a date, or ####.
    """
    refuse_failed_formula(text)
    if HASHES.fullmatch(text):
        raise SheetDamageError(
            _("The column was too narrow: the spreadsheet wrote #### for its number."),
            _("Format the column as text, make it wider, save the file again."),
        )
    if is_shortened_code(text):
        raise SheetDamageError(
            _("A spreadsheet has rounded this code; its digits are lost."),
            _("Format the column as text, type the digits again, save as CSV."),
        )
    if DATE.fullmatch(text):
        raise SheetDamageError(
            _("A spreadsheet has made a date of this code."),
            _("Format the column as text, type the code again, save as CSV."),
        )


def is_shortened_code(text: str) -> bool:
    """Say whether `text` is a long number that lost its last digits: 5.90123E+12."""
    return bool(SHORTENED_CODE.fullmatch(text))


def refuse_cut_barcode(code: str) -> None:
    """Raise SheetDamageError for a UPC that has lost the zeros in front.

    Ten or eleven digits are none of the lengths of a GTIN; that the last one is the
    right check digit is an accident once in ten times. Ten that are an ISBN stay.
    """
    if not (code.isascii() and code.isdigit() and len(code) in CUT_LENGTHS):
        return
    if ean.calc_check_digit(code[:-1]) == code[-1] and not isbn.is_valid(code):
        raise SheetDamageError(
            _("A spreadsheet has cut off zeros: this was probably %(code)s.")
            % {"code": code.zfill(UPC_LENGTH)},
            _("Format the column as text, type all digits again, save as CSV."),
        )
