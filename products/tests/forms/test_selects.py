"""A select written in one go says what Django's own says."""

from html.parser import HTMLParser
from typing import Any

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from products.forms.selects import PlainSelect

words = st.one_of(st.sampled_from(["", "\0", "<b>&'\"", "%s", "{{ x }}"]), st.text())
keys = st.one_of(st.none(), st.integers(), words)
choices = st.lists(st.tuples(keys, words), max_size=5)


class Read(HTMLParser):
    """What a browser makes of a select."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[Any] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def read(widget: forms.Select, value: object) -> list[Any]:
    attrs = {"id": "filter_brand", "form": "filters", "required": True, "hidden": False}
    markup = widget.render("brand", value, attrs)
    between = [item for item in Read(markup).seen if str(item).strip("\n ")]
    return [item.strip("\n ") if isinstance(item, str) else item for item in between]


@given(choices, st.data())
def test_it_is_the_select_of_django(given: list[Any], data: st.DataObject) -> None:
    value = data.draw(st.sampled_from([key for key, _words in given] or [""]))
    attrs = {"class": "form-select"}
    assert read(PlainSelect(attrs, given), value) == read(
        forms.Select(attrs, given), value
    )
