"""Whatever is done to a workbook: a clear refusal or a table, never anything else."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from products.tabular.problems import UnreadableFileError
from products.tabular.reading import open_table
from products.tests.tabular.workbooks import packed, parts

ROWS = (
    "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2' s='1'><v>45717.5</v></c></row>"
    "<row r='3'><c t='inlineStr'><is><t>a_x000D_</t></is></c><c><f>A1</f></c></row>"
    "<row r='4'><c t='b'><v>1</v></c><c s='2'><v>1.5E3</v></c></row>"
)
PARTS = parts(ROWS)
NAMES = st.sampled_from(sorted(PARTS))
SNIPPETS = [
    *("<", ">", "'", "&#x1;", "&amp;", "&x;", "</row>", "<row>", "<c>", "<v>", "<t>"),
    *("9" * 30, "1E99999", "-", "é", "\ud7ff", "r='A1'", "s='9'", "t='s'", "t='d'"),
    *("../", "/", "External", "xmlns", "<!-- -->", "<![CDATA[", "<!DOCTYPE a>", "\0"),
]
EDITS = st.lists(
    st.tuples(
        NAMES, st.integers(0, 900), st.integers(0, 12), st.sampled_from(SNIPPETS)
    ),
    min_size=1,
    max_size=4,
)
CHANGED_BYTES = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=8
)


def plain_zip() -> bytes:
    """Return the workbook unpacked, so that a changed byte reaches its XML too."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
    return buffer.getvalue()


WRITINGS = (packed(PARTS), plain_zip())


def check(data: bytes) -> None:
    try:
        table = open_table(BytesIO(data), known={"sku"}, max_bytes=100_000)
        records = list(table.records())
    except UnreadableFileError:
        return
    assert len(records) == table.record_count
    assert all(len(record.cells) == len(table.header) for record in records)


@settings(max_examples=300)
@given(writing=st.sampled_from(WRITINGS), changes=CHANGED_BYTES)
def test_bytes_of_the_file_may_change(writing, changes):
    data = bytearray(writing)
    for place, byte in changes:
        data[place % len(data)] = byte
    check(bytes(data))


@settings(max_examples=150)
@given(
    writing=st.sampled_from(WRITINGS),
    begin=st.integers(0, 5_000),
    length=st.integers(1, 5_000),
    filling=st.binary(max_size=50),
)
def test_pieces_of_the_file_may_be_lost(writing, begin, length, filling):
    check(writing[:begin] + filling + writing[begin + length :])


@settings(max_examples=400)
@given(edits=EDITS)
def test_the_parts_may_be_nonsense(edits):
    contents = dict(PARTS)
    for name, place, removed, snippet in edits:
        text = contents[name]
        begin = place % (len(text) + 1)
        contents[name] = text[:begin] + snippet + text[begin + removed :]
    check(packed(contents))
