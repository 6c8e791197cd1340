"""The form that takes a file to import."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.once import OnceForm
from products.forms.product_layout import Section
from products.importing.registry import FORMATS
from products.importing.request import MOST_BYTES, ImportRequest
from products.models import Location

MEGABYTE = 1_000_000


class ImportForm(OnceForm):
    """A file, where its stock goes, and whether it may move what is there.

    A shop with one location is not asked where.
    """

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, at most %(limit)d MB.")
        % {"limit": MOST_BYTES // MEGABYTE},
        allow_empty_file=True,  # reading says what is wrong with it
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        required=False,
        choices=[
            ("", gettext_lazy("Find out from the first line")),
            *((each.code, each.label) for each in FORMATS.values()),
        ],
    )
    location = forms.ModelChoiceField(
        Location.objects.none(),
        label=gettext_lazy("Where the stock goes"),
        empty_label=None,
        help_text=gettext_lazy("Columns that name a location go there instead."),
    )
    sets_stock = forms.BooleanField(
        label=gettext_lazy("Let this file change the stock of existing products"),
        required=False,
        help_text=gettext_lazy(
            "Without it, only new products get the stock of the file: a file from"
            " yesterday would undo today’s sales."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = Location.objects.stocked()
        place = self.fields["location"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        place.queryset = self.places
        place.initial = self.places[0]
        if len(self.places) == 1:
            del self.fields["location"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = False
        self.helper.form_error_title = _("The file was not imported")
        self.helper.layout = self._layout()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "The file is larger than %(limit)d MB. Split it, or ask whoever"
                    " runs the server: the command “import_products” takes larger ones."
                ),
                params={"limit": MOST_BYTES // MEGABYTE},
            )
        return file

    def request(self, *, is_dry_run: bool) -> ImportRequest:
        """Return what the cleaned form asks for."""
        file: UploadedFile = self.cleaned_data["file"]
        return ImportRequest(
            stream=file,  # type: ignore[arg-type]  # it has what reading needs
            file_name=file.name or "",
            location=self.cleaned_data.get("location") or self.places[0],
            format_code=self.cleaned_data["format"],
            sets_stock=self.cleaned_data["sets_stock"],
            is_dry_run=is_dry_run,
            max_bytes=MOST_BYTES,
        )

    def _layout(self) -> Layout:
        names = [name for name in ("format", "location") if name in self.fields]
        return Layout(
            "once_key",
            Section(
                _("File"),
                _("Our own CSV or Shopify’s product export, old or new."),
                "file",
                *names,
            ),
            Section(
                _("Stock"),
                _("Differences are posted to the ledger, so they can be undone."),
                Field("sets_stock"),
            ),
        )
