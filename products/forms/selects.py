"""A select that is written in one go.

Django draws each `<option>` by a template of its own: with two hundred brands the
filters of a list then cost more than the list.
"""

from html import escape
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class PlainSelect(forms.Select):
    """One choice out of many, without groups: the markup of Django's own select."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        del renderer
        given = flatatt(self.build_attrs(self.attrs, attrs))
        chosen: str | None = self.format_value(value)[0]
        parts = [f'<select name="{escape(name)}"{given}>']
        for key, words in self.choices:
            option = str(key if key is not None else "")
            is_chosen = option == chosen
            if is_chosen:
                chosen = None  # as with Django, the first of two alike
            mark = " selected" if is_chosen else ""
            text = conditional_escape(str(words))
            parts.append(f'<option value="{escape(option)}"{mark}>{text}</option>')
        parts.append("</select>")
        return mark_safe("".join(parts))  # noqa: S308 - keys and words are escaped
