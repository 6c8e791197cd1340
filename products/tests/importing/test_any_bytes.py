"""Whatever a file is: a clear refusal or an import, never anything else."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from products.models import ImportRun, Product
from products.tabular.problems import UnreadableFileError
from products.tests.importing.files import import_text
from products.tests.tabular.workbooks import workbook

HEADERS = [
    b"sku,name,price,on_hand,barcode,category,tags,image_url,group,option1\n",
    b"Handle,Title,Body (HTML),Variant SKU,Variant Price,Option1 Value,Vendor\n",
    b"Handle,Option1 Value,SKU,Location,On hand (new)\n",
    b"Type,SKU,Name,Regular price,Stock,Parent,Categories,Attribute 1 name,Tags\n",
]
PLAIN = [b",", b'"', b"\n", b"\r", b";", b"'", b"=", b"A", b"1", b" > ", b"<p>"]
ODD = [b"\xc3\xa9", b"\xe9", b"\t", b"1e5", b"\xe2\x80\xae", b"\xef\xb7\xba", b"\x1b"]
PIECES = st.sampled_from([*PLAIN, *ODD])
CELLS = st.lists(PIECES, max_size=60).map(b"".join)

KINDS = st.sampled_from(["n", "s", "b", "e", "d", "str", "inlineStr", "n' s='1", "x"])
VALUES = st.sampled_from(
    ["0", "1", "-1", "1e5", "45717", "12,90", "#REF!", "'1", "=A1", "\u202e", ""]
)
CHANGES = st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=2)


def sheet_cell(kind: str, value: str) -> str:
    tag = "t" if kind == "inlineStr" else "v"
    return f"<c t='{kind}'><{tag}>{value}</{tag}></c>"


class TestAnyBytes(TestCase):
    @settings(max_examples=150)
    @given(data=st.one_of(st.binary(max_size=300), CELLS))
    def test_bytes_are_refused_in_a_sentence(self, data):
        self.check(data)

    @settings(max_examples=150)
    @given(header=st.sampled_from(HEADERS), cells=CELLS)
    def test_cells_are_taken_or_refused_one_by_one(self, header, cells):
        self.check(header + cells)

    @settings(max_examples=100)
    @given(cells=st.lists(st.tuples(KINDS, VALUES), max_size=8), changes=CHANGES)
    def test_workbooks_are_taken_or_refused_too(self, cells, changes):
        row = "".join(sheet_cell(kind, value) for kind, value in cells)
        data = bytearray(workbook(f"<row>{row}</row><row>{row}</row>"))
        for place, byte in changes:
            data[place % len(data)] = byte
        self.check(bytes(data))

    def check(self, data: bytes) -> None:
        try:
            run = import_text(data).run
        except UnreadableFileError:
            assert not ImportRun.objects.exists()
            return
        assert run.created_count == Product.objects.count()
        assert run.created_count + run.refused_count <= run.record_count
        again = import_text(data).run
        assert (again.created_count, again.changed_count) == (0, 0)
