"""Which moment a report is about, and what it looks for."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.fields import is_storable
from products.forms.days import LONGEST, PastDayInput
from products.forms.filters import SearchField
from products.reports.moments import read_moment
from products.reports.stock_pages import START, Edge

COUNT = re.compile(r"[0-9]{1,9}")


class StockAtForm(forms.Form):
    """A day and perhaps a time; a day alone means its end, and today means now.

    The day may also bring its time along: ?at=2026-03-03T14:30.
    """

    at = forms.CharField(label=_("Day"), max_length=LONGEST, widget=PastDayInput)
    time = forms.CharField(
        label=_("Time"),
        required=False,
        max_length=LONGEST,
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-control"}),
    )
    find = SearchField(required=False)

    def __init__(self, address: Mapping[str, str]) -> None:
        today = timezone.localdate().isoformat()
        at = address.get("at", "").strip().replace("T", " ", 1) or today
        day, _blank, time = at.partition(" ")
        typed = {"at": day, "time": time or address.get("time", "")}
        super().__init__({**address, **typed}, auto_id="report_%s")
        self.fields["at"].widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        """Put the `moment` together; it is never later than now."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            moment = read_moment(f"{cleaned.get('at')} {cleaned.get('time')}")
        except ValidationError as refusal:
            if "at" not in self.errors:
                self.add_error("at", refusal)
        else:
            now = timezone.now()
            cleaned |= {"moment": min(moment, now), "is_now": moment >= now}
        return cleaned

    @property
    def moment(self) -> datetime:
        """The moment of a valid form."""
        moment: datetime = self.cleaned_data["moment"]
        return moment

    @property
    def edge(self) -> Edge:
        """Where the page begins; at the start when the address makes no sense."""
        gone, after = self.data.get("gone", ""), self.data.get("after", "")
        if COUNT.fullmatch(gone):
            return Edge(gone=int(gone))
        return Edge(after=after) if is_storable(after) else START
