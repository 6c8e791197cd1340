"""The XML of a sheet to its rows of texts."""

from collections.abc import Iterator

from products.tabular.lines import MAX_RECORD
from products.tabular.packages import Package, damaged, long_row
from products.tabular.shared_texts import SharedTexts
from products.tabular.sheet_values import formula_text, value_text

MAX_HELD = 2 * MAX_RECORD  # characters of the rows in one block of XML
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384


class SheetReader:
    """Collects rows while the XML of one sheet goes by.

    `dates` are the numbers of the styles that show dates. Rows and cells that carry no
    address follow the one before them.
    """

    def __init__(
        self, texts: SharedTexts, dates: frozenset[str], *, counts_from_1904: bool
    ) -> None:
        self._texts = texts
        self._dates = dates
        self._counts_from_1904 = counts_from_1904
        self._rows: list[tuple[int, list[str]]] = []
        self._columns: dict[str, int] = {}
        self._number = 0
        self._cells: list[str] = []
        self._row_length = self._held = 0
        self._column = -1
        self._kind = "n"
        self._style = "0"
        self._has_formula = self._is_value = self._is_phonetic = False
        self._pieces: list[str] = []

    def rows(self, package: Package, part: str) -> Iterator[tuple[int, list[str]]]:
        """Yield number and texts of every row that is not blank.

        Blank cells at its end are left out. Raises UnreadableFileError.
        """
        for _pause in package.feed(
            part, start=self._start, end=self._end, text=self._text
        ):
            yield from self._rows
            self._rows.clear()
            self._held = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"v", "t"}:
            self._is_value = not self._is_phonetic
        elif name == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._column = self._find_column(attributes.get("r", ""))
            self._pieces.clear()
            self._has_formula = False
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_phonetic = True

    def _text(self, data: str) -> None:
        if self._is_value:
            self._pieces.append(data)
            self._count(len(data))

    def _end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._is_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            while self._cells and not self._cells[-1]:
                self._cells.pop()
            if self._cells:
                self._rows.append((self._number, self._cells))
        elif name == "rPh":
            self._is_phonetic = False

    def _begin_row(self, number: str) -> None:
        before, self._number = self._number, int(number or self._number + 1)
        if not before < self._number <= MOST_ROWS:
            raise damaged()
        self._cells, self._column, self._row_length = [], -1, 0

    def _end_cell(self) -> None:
        text = "".join(self._pieces)
        if self._has_formula:
            text = formula_text(self._kind, text)
        if text:
            missing = self._column - len(self._cells) + 1
            self._cells.extend([""] * missing)
            self._cells[self._column] = self._shown(text).strip()

    def _shown(self, text: str) -> str:
        if self._kind == "s":
            text = self._texts.get(text)
            self._count(len(text))
            return text
        return value_text(
            self._kind,
            text,
            is_date=self._style in self._dates,
            counts_from_1904=self._counts_from_1904,
        )

    def _count(self, length: int) -> None:
        """Stop at a row that no catalogue has, before its texts fill the memory."""
        self._row_length += length
        self._held += length
        if self._row_length > MAX_RECORD or self._held > MAX_HELD:
            raise long_row()

    def _find_column(self, address: str) -> int:
        """Return the place of a cell in its row: 27 for "AB7"."""
        if not address:
            column = self._column + 1
        else:
            letters = address.rstrip("0123456789")
            found = self._columns.get(letters)
            column = _column_number(letters) if found is None else found
            self._columns[letters] = column
        if column >= MOST_COLUMNS:
            raise damaged()
        return column


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    if not (1 <= number <= MOST_COLUMNS and letters.isascii() and letters.isalpha()):
        raise damaged()
    return number - 1
