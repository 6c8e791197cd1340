"""A select that is written in one go.

Django draws each `<option>` by a template of its own: with two hundred brands the
filters of a list then cost more than the list.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import SafeString, mark_safe
from django_filters.fields import ChoiceIterator

BETWEEN = "\0"  # no page may have it, so no word of ours


class Options(BaseChoiceIterator):
    """Keys and words of a select as they are handed in; they never change.

    Django copies the choices of a field for each form, one by one, and puts them into
    shape more than once: with two hundred brands that costs more than asking for them.
    """

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self.pairs = tuple(pairs)

    @staticmethod
    @lru_cache(maxsize=16)
    def of(pairs: tuple[tuple[Any, str], ...]) -> "Options":
        """Return the options of these keys and words: for the same ones, the same."""
        return Options((str(key), words) for key, words in pairs)

    # As itself: to compare two hundred brands one by one is what is to be saved.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __deepcopy__(self, memo: object) -> "Options":
        return self


class PlainSelect(forms.Select):
    """One choice out of many, without groups: the markup of Django's own select.

    Words are text: markup in them is shown and not drawn.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        del renderer
        pairs = _pairs(self.choices)
        keys = tuple("" if key is None else str(key) for key, _words in pairs)
        words = tuple(str(words) for _key, words in pairs)
        chosen = self.format_value(value)[0]
        options = _options(keys, words, chosen if chosen in keys else None)
        given = {"name": name, **self.build_attrs(self.attrs, attrs)}
        shown = "".join(_attribute(name, said) for name, said in given.items())
        markup = f"<select{shown}>{options}</select>"
        return mark_safe(markup)  # noqa: S308 - keys and words are escaped


# Brands and categories seldom change, and no other words come with a language.
@lru_cache(maxsize=16)
def _options(keys: tuple[str, ...], words: tuple[str, ...], chosen: str | None) -> str:
    options = [
        f'<option value="{key}">{text}</option>'
        for key, text in zip(_escape_all(keys), _escape_all(words), strict=True)
    ]
    if chosen is not None:  # as with Django, the first of two alike
        at = keys.index(chosen)
        options[at] = options[at].replace('">', '" selected>', 1)
    return "".join(options)


def _pairs(choices: Any) -> list[tuple[Any, Any]]:
    """Return keys and words; django-filter would put them into shape once more."""
    if not isinstance(choices, ChoiceIterator):
        return list(choices)
    label = choices.field.empty_label
    return [*([] if label is None else [("", label)]), *choices.choices]


def _attribute(name: str, said: object) -> str:
    if said is None or said is False:
        return ""
    return f" {name}" if said is True else f' {name}="{escape(str(said))}"'


def _escape_all(texts: Sequence[str]) -> list[str]:
    """Return all texts escaped, which costs little more than escaping one."""
    escaped = escape(BETWEEN.join(texts)).split(BETWEEN) if texts else []
    if len(escaped) == len(texts):
        return escaped
    return [escape(text) for text in texts]
