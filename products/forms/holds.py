"""The forms of holds: the list's filter, and what is asked before one ends."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.document_lines import DocumentLines
from products.forms.documents import DocumentForm
from products.forms.filters import FilterForm, SearchField
from products.forms.once import OnceForm
from products.models import Hold, Location, Operation
from products.reports.hold_list import ALL, Asked
from products.services.reservations import Wanted

MOST_YEARS = 10  # ahead; a time further away is a slip of the keyboard
REFERENCE_LENGTH = Hold._meta.get_field("reference").max_length
REASON_LENGTH = Operation._meta.get_field("reason").max_length
MOST_ID = 2**63 - 1


class Until(TextChoices):
    """How long a hold lasts."""

    MINUTES_30 = "30m", gettext_lazy("30 minutes")
    HOURS_2 = "2h", gettext_lazy("2 hours")
    DAYS_1 = "1d", gettext_lazy("1 day")
    DAYS_7 = "7d", gettext_lazy("7 days")
    RELEASED = "released", gettext_lazy("Until it is released")
    TIME = "time", gettext_lazy("Until a day and time")


SPANS = {
    Until.MINUTES_30: timedelta(minutes=30),
    Until.HOURS_2: timedelta(hours=2),
    Until.DAYS_1: timedelta(days=1),
    Until.DAYS_7: timedelta(days=7),
}


class UntilForm(OnceForm):
    """Asks until when: for a while, until a time, or until somebody lets go."""

    until = forms.ChoiceField(
        label=gettext_lazy("How long"), choices=Until, initial=Until.DAYS_1
    )
    until_time = forms.DateTimeField(
        label=gettext_lazy("Day and time"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("until") == Until.TIME and "until_time" not in self.errors:
            self._check_time(cleaned.get("until_time"))
        elif cleaned.get("until") != Until.TIME:
            self.errors.pop("until_time", None)
        return cleaned

    def expires_at(self) -> datetime | None:
        """Return when the hold ends, counted from now; None for never by itself."""
        until = Until(self.cleaned_data["until"])
        if until == Until.TIME:
            at: datetime = self.cleaned_data["until_time"]
            return at
        span = SPANS.get(until)
        return timezone.now() + span if span else None

    def _check_time(self, at: datetime | None) -> None:
        now = timezone.localtime()
        if at is None:
            self.add_error("until_time", _("Say the day and the time."))
        elif at.year > now.year + MOST_YEARS:
            words = _("Choose a time in the next %(years)d years.")
            self.add_error("until_time", words % {"years": MOST_YEARS})
        elif at.year < now.year or at <= now:
            self.add_error("until_time", _("Choose a time that is still to come."))


class HoldAddForm(DocumentForm, UntilForm):
    """What is held, for whom, until when; anywhere, unless a location is named."""

    location = forms.ModelChoiceField(
        Location.objects.none(), required=False, empty_label=gettext_lazy("Anywhere")
    )

    location_label = gettext_lazy("Where")
    reference_label = gettext_lazy("For")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["effective_on"]
        self.fields["reference"].widget.attrs["placeholder"] = _("Order or customer")

    def make_lines(self) -> DocumentLines:
        return DocumentLines(self.place_id)

    def effective_at(self) -> None:
        """A hold moves nothing, so it has no business date."""

    def wanted(self) -> list[Wanted]:
        """Return what the lines ask for."""
        return [
            Wanted(line.product.pk, line.units or 0, self.place_id)
            for line in self.lines
        ]

    def _ask_place(self) -> None:
        super()._ask_place()
        if "location" in self.fields:
            self.fields["location"].initial = None

    def _place(self, chosen: Any) -> Location:
        place = super()._place(chosen)
        self.place_id = place.pk if str(place.pk) == str(chosen) else None
        return place


class HoldDialogForm(OnceForm):
    """A question about the holds that the address names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_error_title = _("Nothing was changed yet")
        self.helper.layout = Layout(
            "once_key", Div(*self.asked(), css_class="form-fields")
        )

    def asked(self) -> list[Any]:
        return [name for name in self.fields if name != "once_key"]


class HoldRenewForm(HoldDialogForm, UntilForm):
    """Another end."""

    def asked(self) -> list[Any]:
        return [
            Field("until", wrapper_class="f-3 f-full"),
            Field("until_time", wrapper_class="f-3 f-full until-time"),
        ]


class HoldReleaseForm(HoldDialogForm):
    """Why; nobody has to say."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("Stands in the history."),
    )


class HoldFulfilForm(HoldDialogForm):
    """The document under which the goods leave."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=REFERENCE_LENGTH,
        help_text=gettext_lazy("Such as the receipt or the parcel."),
    )


class HoldFilterForm(FilterForm):
    """Reads what the list is narrowed to; nonsense counts as not set."""

    find = SearchField(required=False)
    show = forms.ChoiceField(
        required=False,
        choices=[*((s.value, s.label) for s in Hold.State), (ALL, gettext_lazy("All"))],
    )
    product = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)
    request = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)
    id = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)

    def asked(self) -> Asked:
        """Return what is asked for; what names its holds means them in any state."""
        state = self.state
        asked = Asked(
            text=state.get("find", ""),
            product_id=self.cleaned_data.get("product"),
            request_id=self.cleaned_data.get("request"),
            hold_id=self.cleaned_data.get("id"),
        )
        default = ALL if asked.is_about_some else Hold.State.OPEN
        return replace(asked, state=state.get("show") or default)
