"""Cells to the values of a product's fields, within the limits of its columns.

Each reader takes the trimmed text of a cell that is not blank and returns the value,
or raises BadCellError. `tidy` is what reading does to a text; comparing tidied texts
makes an import that brings nothing new change nothing.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import CharField, DecimalField
from django.utils.translation import gettext as _

from products.fields import KEY_LENGTH, fold_key, validate_barcode, validate_sku
from products.models import MAX_QUANTITY, Brand, Category, Product, ProductGroup
from products.tabular.cells import (
    read_code,
    read_decimal,
    read_whole,
    without_apostrophes,
)
from products.tabular.own_csv import split_path
from products.tabular.problems import BadCellError
from products.tabular.sheet_damage import (
    SheetDamageError,
    is_shortened_code,
    refuse_cut_barcode,
    refuse_failed_formula,
)

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
CONTROL_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
REMEMBERED = 5_000  # texts of a field
SHORT = 200  # characters; longer ones would fill the memory
PARENT_DIGITS = 20  # a category's key begins with the id of its parent
WEB_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def tidy_line(text: str) -> str:
    """Return `text` on one line, without control characters, trimmed."""
    return text.strip() if text.isprintable() else CONTROL.sub(" ", text).strip()


def tidy_text(text: str) -> str:
    """Return `text` with plain line breaks and no other control characters."""
    return CONTROL_BUT_BREAKS.sub(
        " ", text.replace("\r\n", "\n").replace("\r", "\n")
    ).strip()


def tidy_tags(text: str) -> str:
    """Return a comma list with single blanks and nothing empty in it."""
    words = (tidy_line(word) for word in text.split(","))
    return ", ".join(word for word in words if word)


TIDY: dict[str, Callable[[str], str]] = {
    "name": tidy_line,
    "description": tidy_text,
    "supplier_name": tidy_line,
    "tags": tidy_tags,
    "image_url": tidy_line,
    "option1": tidy_line,
    "option2": tidy_line,
    "option3": tidy_line,
}


def _limit(model: Any, name: str) -> int:
    return cast("CharField", model._meta.get_field(name)).max_length or 0


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadCellError(
            _("Longer than %(limit)d characters.") % {"limit": limit}, _("Shorten it.")
        )
    return text


def _not_negative(number: Decimal) -> Decimal:
    if number < 0:
        raise BadCellError(_("Below zero."), _("Write zero or more."))
    return number


def read_sku(text: str) -> str:
    """Return a SKU; case, zeros and inner blanks stay as they are."""
    code = _within(read_code(text), _limit(Product, "sku"))
    try:
        validate_sku(code)
    except ValidationError as error:
        raise BadCellError(error.messages[0], _("Type the SKU again.")) from error
    return code


def read_barcode(text: str) -> str:
    """Return a barcode whose digits are all there; raises BadCellError otherwise."""
    if is_shortened_code(without_apostrophes(text)):
        raise SheetDamageError(
            _("A spreadsheet has rounded this barcode; its digits are lost."),
            _("Format the column as text, type the digits again, save as CSV."),
        )
    code = _within(read_code(text), _limit(Product, "barcode"))
    if code == text:
        refuse_cut_barcode(code)
    try:
        validate_barcode(code)
    except ValidationError as error:
        raise BadCellError(
            _("This barcode can't be right."), " ".join(error.messages)
        ) from error
    return code


def read_link(text: str) -> str:
    """Return a web link; other schemes could run something when it is followed."""
    link = tidy_line(text)
    if not WEB_LINK.fullmatch(link) or len(link) > _limit(Product, "image_url"):
        raise BadCellError(
            _("Not a link to a picture."), _("Write a link that begins with https://.")
        )
    return link


def read_path(text: str) -> tuple[str, ...]:
    """Return the names of a category path, from the root: "Kitchen > Mugs"."""
    read_name = key_reader(Category)
    names = (read_name(name) for name in split_path(text))
    return tuple(name for name in names if name)


def read_status(text: str) -> str:
    """Return a value of Product.Status, written in any case."""
    word = text.casefold()
    if word not in Product.Status.values:
        raise BadCellError(_("Not a status."), _("Write active, draft or archived."))
    return word


def read_quantity(text: str) -> int:
    """Return units on hand; negative for what another system has oversold."""
    return read_whole(text, limit=MAX_QUANTITY + 1)


def read_reorder(text: str) -> int:
    """Return a whole number of units that is not below zero."""
    return int(_not_negative(Decimal(read_quantity(text))))


def text_reader(model: Any, name: str) -> Callable[[str], str]:
    """Return the reader of a text field: tidied, at most as long as its column."""
    tidy = TIDY.get(name, tidy_line) if model is Product else tidy_line
    limit = _limit(model, name)

    def read_text(text: str) -> str:
        refuse_failed_formula(text)
        return _within(tidy(text), limit)

    return read_text


def key_reader(model: Any, name: str = "name") -> Callable[[str], str]:
    """Return the reader of a name that is compared by its folded key.

    A few letters become eighteen when they are folded, so the key has a limit too.
    """
    read = text_reader(model, name)

    def read_name(text: str) -> str:
        _within(fold_key(text), KEY_LENGTH - PARENT_DIGITS)
        return read(text)

    return read_name


def number_reader(name: str, *, rounds: bool = False) -> Callable[[str], Decimal]:
    """Return the reader of a decimal field of Product; nothing below zero."""
    column = cast("DecimalField", Product._meta.get_field(name))
    places = column.decimal_places
    limit = 10 ** (column.max_digits - places)
    return lambda text: _not_negative(
        read_decimal(text, places=places, limit=limit, rounds=rounds)
    )


# Grams come from pounds and ounces with six places; a milligram is exact enough.
read_grams = number_reader("weight", rounds=True)


def read_kilograms(text: str) -> Decimal:
    """Return the grams of a weight that is written in kilograms."""
    return read_grams(f"{read_decimal(text, places=9, limit=10**12) * 1000:f}")


def read_places(text: str) -> dict[str, int]:
    """Return location -> units from "main=3, back=4", the names as written."""
    places: dict[str, int] = {}
    for part in text.split(","):
        name, mark, units = (piece.strip() for piece in part.partition("="))
        if not mark or not name or name in places:
            raise BadCellError(
                _("Not a list of stock by location."),
                _("Write each location once, with its units: main=3, back=4."),
            )
        places[name] = read_quantity(units)
    return places


def remembering(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return `read` so that a short text of thousands of records is read once."""
    remembered = lru_cache(REMEMBERED)(read)
    return lambda text: remembered(text) if len(text) <= SHORT else read(text)


READERS: dict[str, Callable[[str], Any]] = {
    "barcode": read_barcode,
    "brand": remembering(key_reader(Brand)),
    "category": remembering(read_path),
    "cost": remembering(number_reader("cost")),
    "group_handle": key_reader(ProductGroup, "handle"),
    "group_name": text_reader(ProductGroup, "name"),
    "image_url": read_link,
    "on_hand": remembering(read_quantity),
    "on_hand_list": read_places,
    "option1_name": text_reader(ProductGroup, "option1_name"),
    "option2_name": text_reader(ProductGroup, "option2_name"),
    "option3_name": text_reader(ProductGroup, "option3_name"),
    "picture": read_link,
    "price": remembering(number_reader("price")),
    "reorder_point": read_reorder,
    "reorder_quantity": read_reorder,
    "sku": read_sku,
    "status": read_status,
    "type": remembering(read_path),
    "weight": remembering(read_grams),
    "weight_kg": read_kilograms,
    **{name: text_reader(Product, name) for name in TIDY if name != "image_url"},
}
