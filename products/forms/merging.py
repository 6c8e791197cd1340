"""Two people at one form: what each changed, what both changed, what is taken over.

A form carries the version it was opened with. What others changed since is in the
audit trail: a field that only they changed is taken over, one that both changed is
asked about with both values. The service checks once more on the locked row.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from products.errors import FieldConflict
from products.forms.once import set_sent
from products.forms.questions import Question, day_and_time, question
from products.models import Product
from products.services.editing import changes_since
from products.services.pictures import Picture
from products.services.snapshots import EDITABLE, field_as_json

STAYS = "-stays"
THEIRS = "theirs"
MAX_VERSION = 2_147_483_647  # of the column


class MergingForm(forms.ModelForm):
    """What the edit form knows of other people's edits; watches the `EDITABLE` fields.

    Build it with the product as stored, its relations loaded. One query when somebody
    else has saved the product since the form was opened, else none.
    """

    version = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_VERSION,
        label="",
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )

    chosen: Picture | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        watched = [name for name in self.fields if name in EDITABLE]
        self.stored = {name: field_as_json(self.instance, name) for name in watched}
        self.stored_version = self.instance.version
        self.initial["version"] = self.stored_version
        self.others: Mapping[str, FieldConflict] = {}
        self.questions: dict[str, Question] = {}

    @property
    def seen_version(self) -> int:
        """The version this person looked at; the stored one when the form lost it."""
        version: int | None = self.cleaned_data.get("version")
        return version or self.stored_version

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.seen_version < self.stored_version:
            self.others = changes_since(self.instance, self.seen_version)
            for name in self._changed_by_others():
                self._ask_if_both_changed(name)
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return what this person changed against what they saw, field -> value.

        Without the fields where they let the other's value stay. A new picture is the
        `Picture` itself, a removed one is "".
        """
        changed = {
            name: self.cleaned_data[name]
            for name in self.stored
            if name in self.cleaned_data and self._is_changed(name)
        }
        return {
            name: "" if value is False else value for name, value in changed.items()
        }

    def rebase(self) -> None:
        """Move the sent form onto what is stored now, before it is shown again.

        What others changed is shown and said so; what this person typed stays.
        """
        mine = self.changes().keys() | self.questions.keys()
        for name in self._changed_by_others():
            if name not in mine:
                self._show_stored(name)
                self[name].help_text = _taken_over(self.others[name])
        for name in self.stored:
            if self._lets_theirs_stay(name):
                self._show_stored(name)
        set_sent(self, "version", str(self.stored_version))

    def _changed_by_others(self) -> list[str]:
        return [name for name in self.stored if name in self.others]

    def _lets_theirs_stay(self, name: str) -> bool:
        choice: object = self.data.get(self.add_prefix(name) + STAYS)
        return choice == THEIRS

    def _is_changed(self, name: str) -> bool:
        value = self.cleaned_data[name]
        if self._lets_theirs_stay(name) or (name == "image" and value is None):
            return False
        other = self.others.get(name)
        seen = other.seen if other else self.stored[name]
        return bool(as_json(name, value) != seen)

    def _ask_if_both_changed(self, name: str) -> None:
        """Ask which value stays; also when what this person typed is no good yet."""
        other, theirs = self.others[name], self.stored[name]
        if name in self.errors:
            mine: Any = self.data.get(self.add_prefix(name))
        elif not self._is_changed(name):
            return
        else:
            mine = as_json(name, self.cleaned_data[name])
            if mine == theirs:
                return
            self.add_error(
                name,
                _("%(by)s changed it too. Choose which one stays.") % {"by": other.by},
            )
        self.questions[name] = question(other, theirs=theirs, mine=mine)

    def _show_stored(self, name: str) -> None:
        if name == "image":  # what else the preview would show
            self.chosen = None
            return
        field = self.fields[name]
        shown = field.prepare_value(self.get_initial_for_field(field, name))
        set_sent(self, name, "" if shown is None else str(shown))


def as_json(name: str, value: Any) -> Any:
    """Return a field's cleaned value as the audit trail holds it."""
    if name == "image":
        return "new" if isinstance(value, Picture) else ""
    product = Product()
    setattr(product, name, value)
    return field_as_json(product, name)


def _taken_over(other: FieldConflict) -> str:
    return format_html(
        '<i class="bi bi-check2" aria-hidden="true"></i> {}',
        _("Changed by %(by)s %(at)s, taken over")
        % {"by": other.by, "at": day_and_time(other.at)},
    )
