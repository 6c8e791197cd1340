"""ZIP files that mean harm or are broken: refused before they are unpacked."""

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest

from products.tabular.problems import UnreadableFileError
from products.tabular.reading import open_table
from products.tests.tabular.workbooks import (
    BOOK,
    MAIN,
    RELATIONS,
    ROOT_RELATIONS,
    SHEET,
    STYLES,
    TEXTS,
    packed,
    parts,
    sheet,
    workbook,
)

ROW = "<row r='2'><c><v>1</v></c></row>"
ENTITIES = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
EVERY_PART = [ROOT_RELATIONS, BOOK, RELATIONS, TEXTS, STYLES, SHEET]


def refusal(data: bytes, *, max_bytes: int = 1_000_000) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        open_table(BytesIO(data), known=set(), max_bytes=max_bytes)
    return str(caught.value)


def directory_entry(data: bytes, name: str) -> int:
    """Return where the directory at the end of a ZIP file speaks of a part."""
    return data.rindex(name.encode()) - 46


def test_a_bomb_is_refused_by_what_it_declares():
    blanks = sheet(ROW).replace("<sheetData>", " " * 20_000_000 + "<sheetData>")
    assert "a hundred times" in refusal(packed(parts() | {SHEET: blanks}))


def test_a_large_file_of_a_fair_ratio_has_a_limit_too():
    data = workbook(ROW)
    assert "larger than 0 MB" in refusal(data, max_bytes=len(data) // 25)


def test_what_unpacks_to_more_than_declared_is_cut_off_there():
    data = bytearray(packed(parts() | {SHEET: sheet(ROW * 1_000)}))
    size = directory_entry(data, SHEET) + 24
    struct.pack_into("<I", data, size, 5_000)
    assert "damaged" in refusal(bytes(data))


def test_a_text_that_many_cells_share_does_not_fill_the_memory():
    contents = parts("<row><c t='s'><v>2</v></c></row>" * 100)
    long = f"<si><t>{'y' * 900_000}</t></si></sst>"
    contents[TEXTS] = contents[TEXTS].replace("</sst>", long)
    assert "more text in it" in refusal(packed(contents))


def test_nor_does_it_fill_the_disk(monkeypatch):
    monkeypatch.setattr("products.tabular.sheet_rows.MAX_HELD", 10**9)
    contents = parts("<row><c t='s'><v>2</v></c></row>" * 200)
    text = f"<si><t>{'y' * 90_000}</t></si></sst>"
    contents[TEXTS] = contents[TEXTS].replace("</sst>", text)
    assert "larger than 10 MB" in refusal(packed(contents))


def test_a_row_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("products.tabular.sheet_rows.MAX_RECORD", 100)
    cell = f"<c t='inlineStr'><is><t>{'y' * 60}</t></is></c>"
    assert "more text in it" in refusal(workbook(f"<row>{cell * 2}</row>"))
    assert "more text in it" in refusal(
        workbook(f"<row><c><v>{'1' * 101}</v></c></row>")
    )


def test_a_shared_text_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("products.tabular.shared_texts.MAX_TEXT", 10)
    contents = parts(ROW)
    contents[TEXTS] = contents[TEXTS].replace("name", "y" * 11)
    assert "more text in it" in refusal(packed(contents))


def test_a_tag_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("products.tabular.packages.MAX_TOKEN", 1_000)
    tag = f"<row a='{bytes(range(200)).hex() * 400}'/>"
    assert "damaged" in refusal(workbook(tag))


def test_a_small_part_is_small(monkeypatch):
    monkeypatch.setattr("products.tabular.unfolding.SMALL_PART", 100)
    assert "Unpacked" in refusal(workbook(ROW))


@pytest.mark.parametrize("part", EVERY_PART)
@pytest.mark.parametrize(
    "dtd", [ENTITIES, "<!DOCTYPE a SYSTEM 'file:///etc/hostname'>", "<!DOCTYPE a>"]
)
def test_a_dtd_is_refused_wherever_it_stands(part, dtd):
    contents = parts(ROW)
    contents[part] = dtd + contents[part]
    assert "damaged" in refusal(packed(contents))


@pytest.mark.parametrize("part", EVERY_PART)
@pytest.mark.parametrize(
    "content", ["", "no XML", "<a>", "<a/><b/>", "\ud7ff", b"\xff\xfe"]
)
def test_a_damaged_part_is_refused(part, content):
    data = packed(parts(ROW) | {part: content})
    assert refusal(data)


@pytest.mark.parametrize("part", [SHEET, TEXTS, STYLES])
def test_a_part_that_is_missing_is_refused(part):
    contents = parts(ROW)
    del contents[part]
    assert "damaged" in refusal(packed(contents))


def test_a_file_cut_anywhere_is_refused():
    data = workbook(ROW)
    for end in range(4, len(data), 97):
        assert "damaged" in refusal(data[:end])


def test_a_part_that_does_not_begin_in_the_file_is_refused():
    data = bytearray(workbook(ROW))
    struct.pack_into("<I", data, directory_entry(data, SHEET) + 42, 0x7FFFFFFF)
    assert "damaged" in refusal(bytes(data))


def test_a_part_with_a_password_is_refused():
    data = bytearray(workbook(ROW))
    struct.pack_into("<H", data, directory_entry(data, SHEET) + 8, 1)
    assert "password" in refusal(bytes(data))


def test_another_compression_is_refused():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_BZIP2) as archive:
        for name, content in parts(ROW).items():
            archive.writestr(name, content)
    assert "damaged" in refusal(buffer.getvalue())


def test_a_directory_of_many_thousand_parts_is_refused_unread(monkeypatch):
    monkeypatch.setattr("products.tabular.packages.DIRECTORY_LIMIT", 10_000)
    many = {f"part{number}": "" for number in range(2_000)}
    assert "more parts" in refusal(packed(many | parts(ROW)))


@pytest.mark.parametrize("main", ["document", "presentation", "notebook"])
def test_another_office_document_is_no_workbook(main):
    contents = parts(ROW) | {BOOK: f"<{main} xmlns='{MAIN}'/>"}
    assert "no Excel workbook" in refusal(packed(contents))


def test_another_zip_is_no_workbook():
    assert "no Excel workbook" in refusal(packed({"shop.csv": "sku,name\nA,Mug\n"}))
