"""Workbooks written by hand, part by part, so that each can be wrong on its own."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ROOT_RELATIONS = "_rels/.rels"
HEADER = "<row r='1'><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"


def sheet(rows: str, *, header: str = HEADER) -> str:
    """Return a sheet with the header sku, name; it claims to be as large as can be."""
    return (
        f"<worksheet xmlns='{MAIN}'><dimension ref='A1:XFD1048576'/>"
        f"<sheetData>{header}{rows}</sheetData></worksheet>"
    )


def relation(number: int, kind: str, target: str) -> str:
    return f"<Relationship Id='r{number}' Type='{OFFICE}/{kind}' Target='{target}'/>"


def parts(rows: str = "", **others: str) -> dict[str, str]:
    """Return the parts of a workbook with one sheet; styles 1 and 2 show dates."""
    return {
        ROOT_RELATIONS: f"<Relationships xmlns='{PACKAGE}'>"
        f"{relation(1, 'officeDocument', BOOK)}</Relationships>",
        BOOK: f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><workbookPr/><sheets>"
        "<sheet name='Products' sheetId='1' r:id='r1'/></sheets></workbook>",
        RELATIONS: f"<Relationships xmlns='{PACKAGE}'>"
        + relation(1, "worksheet", "worksheets/sheet1.xml")
        + relation(2, "sharedStrings", "/xl/sharedStrings.xml")
        + relation(3, "styles", "styles.xml")
        + "</Relationships>",
        TEXTS: f"<sst xmlns='{MAIN}'><si><t>sku</t></si><si><t>name</t></si></sst>",
        STYLES: f"<styleSheet xmlns='{MAIN}'><numFmts>"
        "<numFmt numFmtId='164' formatCode='dd\\.mm\\.yyyy'/>"
        "<numFmt numFmtId='165' formatCode='0.00&quot; days&quot;'/></numFmts>"
        "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
        "<cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/>"
        "</cellXfs></styleSheet>",
        SHEET: sheet(rows),
    } | others


def packed(contents: Mapping[str, str | bytes]) -> bytes:
    """Return the ZIP file of these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(rows: str = "", **others: str) -> bytes:
    return packed(parts(rows, **others))
