"""The parts of an XLSX archive beside its rows (ECMA-376), and texts as it has them."""

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from string import ascii_uppercase
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET_END = "</sheetData></worksheet>"

NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
ESCAPE = r"_(?=x[0-9A-Fa-f]{4}_)"  # _x000D_ is a character's number
SPECIAL = re.compile(rf"[&<>\r]|{NOT_XML}|{ESCAPE}")


class Style(IntEnum):
    """How a cell looks: the place of its format in the list of styles."""

    GENERAL = 0
    HEAD = 1
    CODE = 2  # text, whatever is typed there
    QUOTED = 3  # text that stays one when a person edits it
    MONEY = 4
    TIME = 5


_FORMATS = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1" applyFont="1"/>',
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1"/>',
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>',
    '<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1"/>',
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1"/>',
)

FIRST_PARTS: Mapping[str, str] = {
    "_rels/.rels": (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'{HEAD}<styleSheet xmlns="{MAIN}">'
        '<numFmts count="1">'
        '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        f'<cellXfs count="{len(_FORMATS)}">{"".join(_FORMATS)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles>"
        "</styleSheet>"
    ),
}


def sheet_name(number: int) -> str:
    """Return the part of the archive that holds the sheet `number`, from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def sheet_start(columns: Sequence[tuple[int, Style]]) -> str:
    """Return a sheet up to its rows; `columns` are widths in characters, and styles."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" style="{style:d}"'
        ' customWidth="1"/>'
        for number, (width, style) in enumerate(columns, 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
    )


def last_parts(sheets: Sequence[str]) -> dict[str, str]:
    """Return the parts that name the sheets: how many there are is known at the end."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number, _name in numbered
    )
    types = "".join(
        f'<Override PartName="/{sheet_name(number)}"'
        f' ContentType="{TYPE}.worksheet+xml"/>'
        for number, _name in numbered
    )
    return {
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            "<bookViews><workbookView/></bookViews>"
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}'
            f'<Relationship Id="rId{len(sheets) + 1}" Type="{OFFICE}/styles"'
            ' Target="styles.xml"/></Relationships>'
        ),
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml"'
            f' ContentType="{TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
            f"{types}</Types>"
        ),
    }


def letters(index: int) -> str:
    """Return the name of a column, counted from 0: A to Z, AA, AB and so on."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        name = ascii_uppercase[rest] + name
    return name


def as_xml(text: str) -> str:
    """Return `text` as a cell holds it; line breaks are LF, as in a spreadsheet.

    What XML can't hold is written by its number, _x001F_, as the standard wants it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", plain))


_ESCAPED = re.compile(f"{NOT_XML}|{ESCAPE}")
