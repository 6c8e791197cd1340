"""Excel workbooks to records: a sheet is unfolded into CSV once, row by row.

So a workbook is read like any other file from there on, as often as it has to be, and
in the memory of one row. The size that a sheet says it has is not looked at.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext as _

from products.tabular.packages import Package, relations_of, resolve, too_much
from products.tabular.problems import UnreadableFileError, shown
from products.tabular.shared_texts import read_shared_texts
from products.tabular.sheet_rows import SheetReader
from products.tabular.sheet_values import DATE_FORMATS, is_date_format

EXPANSION = 25  # times the largest file; fifteen times is what sheets take
TEXT_EXPANSION = 10  # the same for what their cells hold, written as CSV
SMALL_PART = 30_000_000  # bytes, for what is not a sheet nor its texts
MOST_NAMED = 5


@dataclass(frozen=True)
class UnfoldedSheet:
    """A sheet as CSV: UTF-8, commas; the number of a row is that in the sheet.

    Who has it closes `stream`. `others` names the sheets that were not read.
    """

    stream: BinaryIO
    name: str
    others: tuple[str, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        if not self.others:
            return ()
        names = ", ".join(_("“%s”") % shown(name) for name in self.others[:MOST_NAMED])
        if len(self.others) > MOST_NAMED:
            names += ", …"
        return (
            _("The sheet “%(name)s” was read. The workbook has more: %(others)s.")
            % {"name": shown(self.name), "others": names},
        )


@dataclass
class _Workbook:
    """Where the parts are. `sheets` is name -> part, the visible ones in order."""

    sheets: dict[str, str] = field(default_factory=dict)
    texts: str | None = None
    styles: str | None = None
    counts_from_1904: bool = False


def unfold_workbook(stream: BinaryIO, *, max_bytes: int) -> UnfoldedSheet:
    """Unfold the first visible sheet that has something in it.

    A file of `max_bytes` may unpack to EXPANSION times as many. Raises
    UnreadableFileError for a file that is no workbook, is damaged, or unpacks to more.
    """
    package = Package(stream, max_unpacked=max_bytes * EXPANSION)
    workbook = _read_workbook(package)
    dates = _read_styles(package, workbook.styles)
    with ExitStack() as stack, read_shared_texts(package, workbook.texts) as texts:
        target = stack.enter_context(TemporaryFile())
        for name, part in workbook.sheets.items():
            reader = SheetReader(
                texts, dates, counts_from_1904=workbook.counts_from_1904
            )
            if _unfold(reader.rows(package, part), target, max_bytes * TEXT_EXPANSION):
                others = tuple(each for each in workbook.sheets if each != name)
                stack.pop_all()
                return UnfoldedSheet(target, name, others)
    raise UnreadableFileError(_("The workbook has no sheet with text in it."))


def _unfold(
    rows: Iterator[tuple[int, list[str]]], target: BinaryIO, limit: int
) -> bool:
    """Write `rows` to `target`; return whether there were any."""
    text = io.TextIOWrapper(target, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    last = 0
    for number, cells in rows:
        text.write("\n" * (number - last - 1))
        writer.writerow(cells)
        last = number
        if target.tell() > limit:
            raise too_much(limit)
    text.detach()
    return bool(last)


def _read_workbook(package: Package) -> _Workbook:
    main = _find_main(package)
    parts = dict(_relations(package, main))
    workbook = _Workbook()
    for kind, part in parts.values():
        if kind == "sharedStrings":
            workbook.texts = part
        elif kind == "styles":
            workbook.styles = part
    for name, attributes in _elements(package, main):
        if name == "workbookPr":
            workbook.counts_from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            kind, part = parts.get(_relation_id(attributes), ("", ""))
            if kind == "worksheet":
                workbook.sheets[attributes.get("name", "")] = part
    return workbook


def _find_main(package: Package) -> str:
    """Return the part that lists the sheets; a Word document has another one there."""
    for _id, (kind, part) in _relations(package, ""):
        if kind == "officeDocument" and part in package:
            root, _attributes = next(_elements(package, part), ("", {}))
            if root == "workbook":
                return part
    raise UnreadableFileError(
        _(
            "This is a ZIP file, but no Excel workbook (.xlsx). Save the table as"
            " .xlsx or as CSV (UTF-8) and take that file."
        )
    )


def _read_styles(package: Package, part: str | None) -> frozenset[str]:
    """Return the numbers of the cell styles that show dates and times."""
    formats: dict[str, bool] = {}
    dates: set[str] = set()
    section, count = "", 0
    for name, attributes in _elements(package, part) if part else ():
        if name in {"numFmts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}:
            section = name
        elif name == "numFmt" and section == "numFmts":
            code = attributes.get("formatCode", "")
            formats[attributes.get("numFmtId", "")] = is_date_format(code)
        elif name == "xf" and section == "cellXfs":
            number = attributes.get("numFmtId", "0")
            if formats.get(number, number in DATE_FORMATS):
                dates.add(str(count))
            count += 1
    return frozenset(dates)


def _relations(package: Package, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the parts that `part` refers to: id, kind and name."""
    relations = relations_of(part)
    if relations not in package:
        return
    for name, attributes in _elements(package, relations):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = resolve(part, attributes.get("Target", ""))
            yield attributes.get("Id", ""), (kind, target)


def _relation_id(attributes: dict[str, str]) -> str:
    """Return `r:id`, whatever its namespace is called."""
    return next(
        (value for name, value in attributes.items() if name.endswith(":id")), ""
    )


def _elements(package: Package, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield name and attributes of every element of a small part."""
    found: list[tuple[str, dict[str, str]]] = []
    for _pause in package.feed(
        part,
        start=lambda name, attributes: found.append((name, attributes)),
        max_size=SMALL_PART,
    ):
        yield from found
        found.clear()
