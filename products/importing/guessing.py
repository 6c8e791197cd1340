"""Which column of an unknown table is which field: by its name, by its content.

A guess is shown to a person before anything is read by it, or asked for by a command.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError

from products.fields import is_gtin, validate_barcode
from products.importing.column_names import (
    FIELD_BY_NAME,
    NO_STOCK_WORDS,
    STOCK_WORDS,
    words_of,
)
from products.importing.field_rules import NUMBERS
from products.importing.fields import READERS, WEB_LINK
from products.importing.table import field_named, own_titles
from products.tabular.columns import normalise
from products.tabular.own_csv import STOCK_AT
from products.tabular.problems import BadCellError
from products.tabular.reading import Record

SAMPLE = 200  # records that are looked at
MOST = 0.8  # of the cells that are not blank
LONG_TEXT = 80  # characters on average
CODE_LENGTH = 40
CELL_LENGTH = 200  # of a cell, that much is looked at

NUMBER = re.compile(
    r"[^\w=]{0,4}[A-Z]{0,3} ?[+-]?[0-9][0-9.,' \u00a0\u202f]{0,30}\D{0,5}"
)
WHOLE = re.compile(r"[+-]?[0-9]{1,9}(?:\.0+)?")
MONEY = re.compile(r"[0-9][0-9.,' ]{0,15}[.,][0-9]{2}|[0-9]{1,9}[.,][0-9]{2}")
PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\b", re.IGNORECASE)
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")
MIXED_CODE = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_])\S{2,40}")


@dataclass(slots=True)
class Column:
    """One column of a table: its header, and its first cells that are not blank.

    `name` is the field it is taken for, "" for none; `why` says who says so: "asked"
    (the person or the command of this import), "remembered" (from a file with the same
    header), "name", "content", or "" when nobody does.
    """

    index: int
    title: str
    cells: list[str] = field(default_factory=list)
    name: str = ""
    why: str = ""

    def share(self, fits: Callable[[str], object]) -> float:
        """Return the part of the cells that `fits`; 0 when all are blank."""
        return sum(bool(fits(cell)) for cell in self.cells) / max(len(self.cells), 1)

    @property
    def length(self) -> float:
        """Characters in a cell, on average."""
        return sum(map(len, self.cells)) / max(len(self.cells), 1)

    @property
    def distinct(self) -> float:
        """The part of the cells that are not like one above them."""
        different = {cell.casefold() for cell in self.cells}
        return len(different) / max(len(self.cells), 1)


def sample_columns(header: Sequence[str], records: Iterable[Record]) -> list[Column]:
    """Return the columns that can be named, with cells of the first records.

    A column without a header can't, nor the later ones of those with equal headers.
    """
    columns = [
        Column(index, title) for index, title in enumerate(own_titles(header)) if title
    ]
    whole = (record for record in records if record.problem is None)
    for record in islice(whole, SAMPLE):
        for column in columns:
            if cell := record.cells[column.index][:CELL_LENGTH]:
                column.cells.append(cell)
    return columns


def guess(columns: Sequence[Column], *, by_content: bool) -> None:
    """Set `name` and `why` of the columns that nobody has named.

    No field is given twice. A name is not believed when the cells can't be read so.
    """
    taken = {column.name for column in columns} - {""}
    for kind, guesses in (
        ("name", _by_name(columns)),
        ("content", _by_content(columns) if by_content else ()),
    ):
        for column, name in guesses:
            if not column.why and name not in taken:
                column.name, column.why = name, kind
                taken.add(name)


def _by_name(columns: Sequence[Column]) -> Iterator[tuple[Column, str]]:
    """Yield what the headers say, the clearest first."""
    said: list[tuple[int, int, str]] = []
    for place, column in enumerate(columns):
        name, rank = FIELD_BY_NAME.get(words_of(column.title), ("", 0))
        if normalise(column.title).startswith(STOCK_AT):
            name = field_named(column.title) or ""
        if name and _can_be(column, name):
            said.append((rank, place, name))
    for _rank, place, name in sorted(said):
        yield columns[place], name


def _by_content(columns: Sequence[Column]) -> Iterator[tuple[Column, str]]:
    """Yield what the cells say, the surest first.

    Only of columns not named yet, and of none whose header names some field.
    """
    free = [
        column
        for column in columns
        if not column.why
        and column.cells
        and words_of(column.title) not in FIELD_BY_NAME
    ]
    for test, name in (
        (_is_barcode, "barcode"),
        (_is_picture, "image_url"),
        (_is_stock, "on_hand"),
        (_is_path, "category"),
    ):
        yield from ((column, name) for column in free if test(column))
    records = max((len(column.cells) for column in columns), default=0)
    yield from _codes(column for column in free if len(column.cells) == records)
    yield from _texts(column for column in free if _is_text(column))
    prices = [column for column in free if column.share(MONEY.fullmatch) >= MOST]
    if len(prices) == 1:  # of two, one may be the cost
        yield prices[0], "price"


def _codes(filled: Iterable[Column]) -> Iterator[tuple[Column, str]]:
    """Yield what may be the SKU: codes of letters and digits, else the first column."""
    codes = [column for column in filled if _is_code(column)]
    for column in codes:
        if column.share(MIXED_CODE.fullmatch) >= MOST:
            yield column, "sku"
    for column in codes:
        if column.index == 0:
            yield column, "sku"


def _texts(texts: Iterable[Column]) -> Iterator[tuple[Column, str]]:
    """Yield the longest text as description, and what differs most as name."""
    there = list(texts)
    for column in sorted(there, key=lambda each: -each.length):
        if column.length >= LONG_TEXT:
            yield column, "description"
    for column in there:
        if column.distinct >= MOST:
            yield column, "name"


def _can_be(column: Column, name: str) -> bool:
    """Say whether at least half of the cells can be read as the field `name`."""
    kind = name.partition(":")[0]
    if kind in NUMBERS:
        return not column.cells or column.share(NUMBER.fullmatch) >= 1 / 2
    if kind == "sku":
        return column.distinct >= MOST
    if kind not in {"image_url", "status", "on_hand_list"}:
        return True
    return not column.cells or column.share(_reads(READERS[kind])) >= 1 / 2


def _reads(reader: Callable[[str], object]) -> Callable[[str], bool]:
    def can_read(cell: str) -> bool:
        try:
            reader(cell)
        except BadCellError:
            return False
        return True

    return can_read


def _is_barcode(column: Column) -> bool:
    return column.share(_is_right_gtin) >= MOST


def _is_right_gtin(cell: str) -> bool:
    if not is_gtin(cell):
        return False
    try:
        validate_barcode(cell)
    except ValidationError:
        return False
    return True


def _is_picture(column: Column) -> bool:
    return column.share(_is_picture_link) >= MOST


def _is_picture_link(cell: str) -> bool:
    return bool(WEB_LINK.fullmatch(cell) and PICTURE.search(cell))


def _is_stock(column: Column) -> bool:
    words = set(words_of(column.title).split())
    is_named = bool(words & STOCK_WORDS) and not words & NO_STOCK_WORDS
    return is_named and column.share(WHOLE.fullmatch) >= MOST


def _is_path(column: Column) -> bool:
    return column.share(lambda cell: " > " in cell) >= 1 / 2


def _is_code(column: Column) -> bool:
    return (
        column.share(lambda cell: len(cell) <= CODE_LENGTH and " " not in cell) == 1
        and column.distinct == 1
        and column.share(DIGIT.search) >= MOST
        and column.share(MONEY.fullmatch) < MOST
    )


def _is_text(column: Column) -> bool:
    has_letters = column.share(LETTER.search) >= MOST
    return has_letters and column.share(WEB_LINK.fullmatch) < 1 / 2
