"""Lines of “SKU quantity” that somebody copied out of a mail or a table."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from products.forms.fields import QuantityField
from products.models import Product

BETWEEN = re.compile(r"[\s,;]+")
# “MUG 1,200” could also be read as 200 of “MUG 1”.
GROUPED = re.compile(r"[\t ;]\d{1,3}(,\d{3})+[\s;]*$")
SHOWN_CHARACTERS = 60  # of a code that nobody knows
SHOWN_FAULTS = 20  # in a list above the form; the rest is counted


@dataclass(frozen=True, slots=True)
class Pasted:
    """The lines as products with their units, in order; or what is wrong, by line."""

    lines: list[tuple[Product, int]]
    faults: list[str]


def read_pasted(text: str) -> Pasted:
    """Read lines of SKU (or barcode) and quantity; empty lines don't count.

    Between them a tab, comma, semicolon or blanks. One query per 500 lines.
    """
    read: list[tuple[int, str, int]] = []
    faults: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip(" \t,;"):
            continue
        try:
            read.append((number, *_split(line)))
        except ValidationError as error:
            faults[number] = " ".join(error.messages)
    products = Product.objects.select_related("category").find_by_codes(
        {code for _number, code, _units in read}
    )
    for number, code, _units in read:
        if code not in products:
            faults[number] = _("no product has the SKU or barcode “%(code)s”.") % {
                "code": Truncator(code).chars(SHOWN_CHARACTERS)
            }
    known = [(products[code], units) for _n, code, units in read if code in products]
    return Pasted(known, _shown(faults))


def _split(line: str) -> tuple[str, int]:
    """Return code and units; raises ValidationError.

    The quantity is the last word; a SKU may have blanks. Takes time in proportion to
    the line, whatever is in it.
    """
    words = [word for word in BETWEEN.split(line) if word]
    quantity = words[-1] if len(words) > 1 else ""
    code = line[: line.rfind(quantity)].strip(" \t,;\"'") if quantity else ""
    if not code:
        raise ValidationError(_("write the quantity after the SKU."))
    if GROUPED.search(line):
        raise ValidationError(
            _("write the quantity without separators, like 1200."), code="grouped"
        )
    units = QuantityField(least=1).clean(quantity.strip("\"'"))
    return code, int(units)


def _shown(faults: dict[int, str]) -> list[str]:
    ordered = sorted(faults.items())
    shown = [
        _("Line %(number)d: %(fault)s") % {"number": number, "fault": fault}
        for number, fault in ordered[:SHOWN_FAULTS]
    ]
    if len(ordered) > SHOWN_FAULTS:
        more = len(ordered) - SHOWN_FAULTS
        shown.append(_("And %(count)d lines more.") % {"count": more})
    return shown
