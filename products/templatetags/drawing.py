"""Templates that are drawn once for each shape and then only filled in.

Django draws a template node by node, which a row of a list can't afford twenty-five
times a page. A stencil names what its template is given: `values`, which are put in as
they stand, and `choices`, which decide what is drawn. Rows that have the same values
empty and the same choices have the same shape. For a new shape the ordinary template
is drawn with marks in place of the values and cut at them; from then on a row of that
shape is its values, escaped, between the pieces.

The template sees its values, its choices and `perms`, nothing else: neither the request
nor the person, so nothing of one person's can stay in what is kept for all. It must not
look into a value (`length`, `upper`, `quantity`): hand in what it should show.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from operator import itemgetter
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST_OUTLINES = 2_000  # of 1 to 3 KB, in each process
# A mark for text: characters that no text has a use for. For a whole number: digits,
# because an address takes nothing else; so many that no real id has them.
TEXT_MARK = "\ue000{:02}\ue001"
NUMBER_MARK = 7_310_582_946_013_587_200
MARKS = re.compile(r"\ue000(\d\d)\ue001|73105829460135872(\d\d)")
INDENT = re.compile(r"\n\s+")  # and lines that drew nothing: 7 kB of the dashboard
SPOILT = re.compile(r"[\ue000\ue001]|310\D582\D946")  # cut short, or with commas

Value = str | int | None
Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Granted:
    """What a person may do, as `perms` of a template; `all_of_it` for a superuser."""

    codenames: frozenset[str] = frozenset()
    all_of_it: bool = False

    def __contains__(self, codename: object) -> bool:
        return self.all_of_it or codename in self.codenames

    def __getitem__(self, app_label: str) -> "GrantedInApp":
        return GrantedInApp(self, app_label)


@dataclass(frozen=True, slots=True)
class GrantedInApp:
    """`perms.products` of a template."""

    granted: Granted
    app_label: str

    def __getitem__(self, codename: str) -> bool:
        return f"{self.app_label}.{codename}" in self.granted


NOBODY = Granted()


def granted_to(person: Any) -> Granted:
    """Return what `person`, signed in or not, may do; asks their backend once."""
    if not person.is_active:
        return NOBODY
    if person.is_superuser:
        return Granted(all_of_it=True)
    return Granted(frozenset(person.get_all_permissions()))


def granted_in(context: template.Context) -> Granted:
    """Return what whoever looks at the page may do, from the context processor."""
    granted: Callable[[], Granted] | None = context.get("granted")
    return granted() if granted else NOBODY


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawn shape: its text with `%s` for each value, and which value goes there."""

    text: str
    pick: Callable[[list[str]], tuple[str, ...]]


_drawn: dict[Hashable, dict[Shape, Outline]] = {}


@dataclass(frozen=True)
class Stencil:
    """A template and the names of what it is given; "a.b" is b of a.

    A value is text, a whole number (an id, for addresses) or None. Nothing but values
    and choices, the permissions and the language may decide what the template draws.
    """

    template_name: str
    values: Sequence[str] = ()
    choices: Sequence[str] = ()
    drawn: dict[Hashable, dict[Shape, Outline]] = field(
        default_factory=lambda: _drawn, repr=False, compare=False
    )

    def fill(
        self,
        rows: Iterable[tuple[Sequence[Value], Sequence[Hashable]]],
        granted: Granted = NOBODY,
    ) -> SafeString:
        """Return the template filled with each row of values and choices in turn."""
        where = (self.template_name, granted, get_language(), get_script_prefix())
        outlines = {} if settings.DEBUG else self.drawn.setdefault(where, {})
        parts: list[str] = []
        for values, choices in rows:
            shape = (*[value and value.__class__ for value in values], *choices)
            outline = outlines.get(shape)
            if outline is None:
                self._make_room()
                outline = outlines[shape] = self._draw(values, choices, granted)
            texts = [
                escape(value) if value.__class__ is str else _escape_rare(value)
                for value in values
            ]
            parts.append(outline.text % outline.pick(texts))
        return mark_safe("".join(parts))  # noqa: S308 - drawn by Django, values escaped

    def _make_room(self) -> None:
        if sum(map(len, self.drawn.values())) >= MOST_OUTLINES:
            self.drawn.clear()

    def _draw(
        self, values: Sequence[Value], choices: Sequence[Hashable], granted: Granted
    ) -> Outline:
        context: dict[str, Any] = {"perms": granted}
        for number, (name, value) in enumerate(zip(self.values, values, strict=True)):
            _put(context, name, _mark(number, value))
        for name, choice in zip(self.choices, choices, strict=True):
            _put(context, name, choice)
        drawn = get_template(self.template_name).render(context)
        pieces, marks = _cut(INDENT.sub("\n", drawn))
        text = "%s".join(piece.replace("%", "%%") for piece in pieces)
        return Outline(text, _picker(marks))


def _escape_rare(value: Value) -> str:
    if value.__class__ is int:
        return str(value)
    return conditional_escape(str(value)) if value else ""


def _mark(number: int, value: Value) -> Value:
    """Return what stands for `value` while drawing; what is empty stands for itself."""
    if not value:
        return value
    return NUMBER_MARK + number if isinstance(value, int) else TEXT_MARK.format(number)


def _put(context: dict[str, Any], name: str, value: object) -> None:
    *path, last = name.split(".")
    for step in path:
        context = context.setdefault(step, {})
    context[last] = value


def _cut(drawn: str) -> tuple[list[str], list[int]]:
    """Return the pieces between the marks, and the number in each mark.

    ValueError where a filter has changed a mark: it would change no value.
    """
    pieces, marks, end = [], [], 0
    for found in MARKS.finditer(drawn):
        pieces.append(drawn[end : found.start()])
        marks.append(int(found[1] or found[2]))
        end = found.end()
    pieces.append(drawn[end:])
    if any(map(SPOILT.search, pieces)):
        raise ValueError("A stencil shows its values as they are given to it.")
    return pieces, marks


def _picker(marks: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Return what picks these items of a list, always as a tuple."""
    if len(marks) > 1:
        return itemgetter(*marks)
    return lambda texts: tuple(texts[number] for number in marks)
