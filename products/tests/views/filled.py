"""A page as it is read: its form ready to be changed and sent, its words."""

from html.parser import HTMLParser
from typing import Any

from django.forms import BaseForm
from django.test import Client

from products.forms.pictures import PictureField


def values_of(form: BaseForm) -> dict[str, str]:
    """What a browser would send for the form if nobody touched it."""
    shown = {
        bound.html_name: bound.value()
        for bound in form
        if not isinstance(bound.field, PictureField)
    }
    return {name: "" if value is None else str(value) for name, value in shown.items()}


def open_form(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """Load the page and return its form with `changes` typed into it."""
    response = client.get(url)
    assert response.status_code == 200
    return values_of(response.context["form"]) | changes


def flashes(response: Any) -> list[str]:
    """The messages on the page that a followed redirect led to."""
    return [str(message) for message in response.context["messages"]]


class _Words(HTMLParser):
    """Collects what a person reads or hears."""

    SAID = frozenset({"alt", "aria-label", "placeholder", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [text for name, text in attrs if name in self.SAID and text]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(response: Any) -> str:
    """The words of a page, without its markup and addresses."""
    reader = _Words()
    reader.feed(response.content.decode())
    return " ".join(" ".join(reader.words).split())
