"""Whatever a table is: columns are named, or asked for, and it is never half taken."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from products.importing.tasks import start_naming
from products.models import ColumnMapping, ImportRun, Product
from products.tests.importing.files import plan_text

State = ImportRun.State
TITLES = ["Art-Nr", "Titel", "EAN", "Preis", "Gewicht kg", "inventories", "Bild", ""]
CELLS = st.sampled_from(
    [
        *("", "A", "B-2", "Becher", "4006381333931", "4006381333932", "12,90", "1.5"),
        *("-1", "a=1", "a=1;b=2", "https://x.example/1.jpg", "'1", "=1+1", "#REF!"),
        *("1e5", "\u202e", "x" * 300, '"quoted"', "two\nlines"),
    ]
)


def line(cells: list[str]) -> str:
    return "\t".join('"' + cell.replace('"', '""') + '"' for cell in cells)


class TestAnyTable(TestCase):
    @settings(max_examples=120)
    @given(
        titles=st.lists(st.sampled_from(TITLES), min_size=1, max_size=6),
        rows=st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=4),
    )
    def test_what_is_guessed_can_be_planned(self, titles, rows):
        text = "\n".join(map(line, [titles, *rows])) + "\n"
        run = plan_text(text, format_code="table")
        if run.state == State.FAILED:
            assert run.problem
            return
        assert run.state == State.COLUMNS
        named = run.report["columns"]
        fields = [column["field"] for column in named if column["field"]]
        assert len(fields) == len(set(fields))

        mapping = {column["title"]: column["field"] for column in named}
        assert start_naming(run, mapping)

        if {"sku", "barcode"} & set(fields):
            assert run.state == State.PLANNED
            assert run.created_count + run.refused_count <= run.record_count
        else:
            assert (run.state, bool(run.problem)) == (State.COLUMNS, True)
        assert ColumnMapping.objects.get().mapping == mapping
        assert not Product.objects.exists()
