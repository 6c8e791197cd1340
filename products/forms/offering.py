"""What a form lets people choose from, where that is known only when it is made."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.functional import Promise

from products.models import Location


def offer(
    form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, str | Promise]]
) -> None:
    """Let the field `name` choose among `choices`: values, sent as text, and labels."""
    field = cast("forms.ChoiceField", form.fields[name])
    field.choices = [(str(value), label) for value, label in choices]


def offer_places(form: forms.BaseForm, name: str, chosen: Location | None) -> None:
    """Let the field `name` choose among the stocked locations, `chosen` at first.

    One query when the field is drawn or checked.
    """
    field = cast("forms.ModelChoiceField[Location]", form.fields[name])
    field.queryset = Location.objects.stocked()
    field.initial = chosen


def ask_where(form: forms.BaseForm) -> list[Location]:
    """Offer the stocked locations in `location`; a shop with one is not asked.

    Returns them, the default first. One query, and that of `offer_places`.
    """
    places = Location.objects.places()
    if len(places) == 1:
        del form.fields["location"]
    else:
        offer_places(form, "location", places[0])
    return places
