"""A form that acts once, however often it is sent."""

import uuid
from typing import Any

from django import forms

KEY_LENGTH = 40  # characters at most


def new_key() -> str:
    """Return a key that no form has had yet."""
    return uuid.uuid4().hex


class OnceForm(forms.Form):
    """Carries the key by which a repeated request is known; see `views.once`.

    Without a key (a script that posts by hand) every request acts.
    """

    # Some browsers put old values back into hidden fields of a page loaded anew;
    # `autocomplete` keeps them from it.
    once_key = forms.CharField(
        required=False,
        max_length=KEY_LENGTH,
        initial=new_key,
        label="",
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )

    def renew_key(self) -> None:
        """Give the sent form another key, so that it can be sent once more."""
        set_sent(self, "once_key", new_key())


def set_sent(form: forms.BaseForm, field: str, value: str) -> None:
    """Change what a sent form brought for `field`, for showing it again."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
    data[form.add_prefix(field)] = value
    form.data = data
