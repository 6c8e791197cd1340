"""The table of texts that the cells of a workbook share, kept on disk."""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from products.tabular.packages import Package, damaged, long_row

MAX_TEXT = 1_000_000  # characters; a spreadsheet has 32,767 at most
CACHED_LENGTH = 100
CACHED_TEXTS = 50_000


class SharedTexts:
    """Texts by their numbers; in memory are 8 bytes for each, and the short ones."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._ends = array("Q", [0])
        self._cache: dict[int, str] = {}

    def add(self, text: str) -> None:
        """Append `text`; all are added before the first is asked for."""
        data = text.encode()
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def get(self, number: str) -> str:
        """Return the text with this number, written as a cell has it."""
        try:
            index = int(number)
        except ValueError as error:
            raise damaged() from error
        if not 0 <= index < len(self._ends) - 1:
            raise damaged()
        text = self._cache.get(index)
        if text is None:
            begin, end = self._ends[index], self._ends[index + 1]
            self._file.seek(begin)
            text = self._file.read(end - begin).decode()
            if len(text) <= CACHED_LENGTH and len(self._cache) < CACHED_TEXTS:
                self._cache[index] = text
        return text


@contextmanager
def read_shared_texts(package: Package, part: str | None) -> Iterator[SharedTexts]:
    """Give the texts of `part` of a workbook; none when it has no such part."""
    with TemporaryFile() as file:
        texts = SharedTexts(file)
        if part:
            reader = _Reader(texts)
            for _pause in package.feed(
                part, start=reader.start, end=reader.end, text=reader.text
            ):
                pass
        yield texts


class _Reader:
    """Joins the runs of a text; what is said about its pronunciation is no part."""

    def __init__(self, texts: SharedTexts) -> None:
        self.texts = texts
        self.pieces: list[str] = []
        self.length = 0
        self.is_text = self.is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.is_text = not self.is_phonetic
        elif name == "rPh":
            self.is_phonetic = True

    def text(self, data: str) -> None:
        if self.is_text:
            self.length += len(data)
            if self.length > MAX_TEXT:
                raise long_row()
            self.pieces.append(data)

    def end(self, name: str) -> None:
        if name == "t":
            self.is_text = False
        elif name == "rPh":
            self.is_phonetic = False
        elif name == "si":
            self.texts.add("".join(self.pieces))
            self.pieces.clear()
            self.length = 0
