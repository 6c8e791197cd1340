import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.tabular import writing
from products.tabular.writing import (
    any_unsafe,
    escape_formula,
    is_unsafe,
    unescape_formula,
    write_csv,
)

MARKS = set("=+-@＝＋－＠")
NASTY = st.text(alphabet=st.sampled_from("=+-@'\t\r\n \",;aé＝"), max_size=8)


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30", "-5", "@sum", "\t=1", "\r=1", " =1", "＝1", "'=1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Mug", "5-pack", "a=b", " Mug", "é"])
def test_other_text_stays_as_it_is(text):
    assert escape_formula(text) == text


@given(NASTY)
def test_escaping_can_be_undone_exactly(text):
    escaped = escape_formula(text)
    assert unescape_formula(escaped) == text
    assert escaped.lstrip()[:1] not in MARKS
    assert escaped[:1] not in {"\t", "\r", "\n"}


@given(st.lists(st.lists(NASTY, min_size=2, max_size=2), max_size=5))
def test_a_written_file_reads_back_the_same(rows):
    text = "".join(write_csv(["a", "b"], rows))
    assert text.startswith("\ufeffa,b\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[1:] == rows


@given(st.lists(NASTY, max_size=4))
def test_a_look_at_many_texts_overlooks_none(texts):
    assert any_unsafe(texts) == any(map(is_unsafe, texts))


def test_pieces_come_while_rows_are_read(monkeypatch):
    monkeypatch.setattr(writing, "PIECE", 10)
    rows = iter([["Mug", 1], ["Bowl", 2], ["Plate", 3]])
    pieces = write_csv(["name", "n"], rows)
    assert next(pieces) == "\ufeffname,n\r\n"
    assert next(pieces) == "Mug,1\r\nBowl,2\r\n"
    assert next(rows) == ["Plate", 3]
    assert list(pieces) == []
