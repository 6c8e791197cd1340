"""Finds out what an address reads: no list of parameters that could be forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from django.http import QueryDict

NOT_OURS = {"csrfmiddlewaretoken"}
READERS = ("__getitem__", "__contains__", "get", "getlist")


class _Watched(dict[str, str]):
    """What `QueryDict.dict()` returns, telling too what is asked of it."""

    names: set[str]

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


@contextmanager
def names_read() -> Iterator[set[str]]:
    """Collect the names that are asked of any query or form."""
    names: set[str] = set()

    def watched(reader: Any) -> Any:
        def read(self: Any, key: Any, *rest: Any) -> Any:
            if isinstance(key, str):
                names.add(key)
            return reader(self, key, *rest)

        return read

    def as_dict(query: QueryDict) -> _Watched:
        lists = [(name, dict.__getitem__(query, name)) for name in list(query)]
        found = _Watched((name, values[-1] if values else "") for name, values in lists)
        found.names = names
        return found

    patches = [
        patch.object(QueryDict, "dict", as_dict),
        *(
            patch.object(QueryDict, name, watched(getattr(QueryDict, name)))
            for name in READERS
        ),
    ]
    for one in patches:
        one.start()
    try:
        yield names
    finally:
        for one in patches:
            one.stop()
        names -= NOT_OURS


class Shown(HTMLParser):
    """The fields of the forms on a page with their values, and what links ask for.

    `files` are the names of those that take one.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.asked: set[str] = set()
        self.files: set[str] = set()
        self._select = ""
        self._area = ""
        self.feed(page)
        for name in NOT_OURS:
            self.values.pop(name, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "a":
            query = urlsplit(given.get("href", "").partition("#")[0]).query
            self.asked |= {key for key, _value in parse_qsl(query, True)}
        elif tag in {"input", "button"} and name:
            self._take(name, given)
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, [])
        elif tag == "option" and self._select:
            if "selected" in given or not self.values[self._select]:
                self.values[self._select] = [given.get("value", "")]
        elif tag == "textarea" and name:
            self._area = name
            self.values[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = [self.values[self._area][0] + data.lstrip("\n")]

    def _take(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "")
        if kind == "file":
            self.files.add(name)
        elif kind in {"checkbox", "radio"}:
            known = self.values.setdefault(name, [])
            if "checked" in given:
                known.append(given.get("value", "on"))
        else:
            self.values.setdefault(name, []).append(given.get("value", ""))
