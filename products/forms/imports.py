"""The forms of an import: the file that is handed in, and the ticks of its preview."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.forms.filters import SearchField
from products.forms.offering import ask_where
from products.forms.product_layout import Section
from products.importing.registry import FORMATS
from products.importing.request import MOST_BYTES, ImportRequest
from products.models import Location

MEGABYTE = 1_000_000
MOST_RECORD = 1_000_000_000  # larger numbers are no record's
TAKEN = ".csv,.tsv,.txt,.xlsx,text/csv,text/plain"


def too_large() -> str:
    """Return why a file is not taken, and what to do."""
    return _(
        "The file is larger than %(limit)d MB. Split it into smaller ones, each with"
        " the header."
    ) % {"limit": MOST_BYTES // MEGABYTE}


class ImportForm(forms.Form):
    """A file, where its stock goes, and what it may do to what is there.

    A shop with one location is not asked where.
    """

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=format_lazy(
            gettext_lazy("CSV or Excel workbook (.xlsx), at most {limit} MB."),
            limit=MOST_BYTES // MEGABYTE,
        ),
        allow_empty_file=True,  # reading says what is wrong with it
        error_messages={"required": gettext_lazy("Choose a file.")},
        widget=forms.FileInput(
            attrs={"accept": TAKEN, "data-most-bytes": str(MOST_BYTES)}
        ),
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
    is_strict = forms.BooleanField(
        label=gettext_lazy("Make nothing new but products"),
        required=False,
        help_text=gettext_lazy(
            "Rows with a category, a brand or anything else that the shop doesn’t"
            " have are refused instead of making it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = ask_where(self)
        self.fields["file"].widget.attrs["data-too-large"] = too_large()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = False
        self.helper.form_error_title = _("The file was not taken")
        self.helper.layout = self._layout()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def request(self) -> ImportRequest:
        """Return what the cleaned form asks for."""
        file: UploadedFile = self.cleaned_data["file"]
        return ImportRequest(
            stream=file,  # type: ignore[arg-type]  # it has what reading needs
            file_name=file.name or "",
            location=self.cleaned_data.get("location") or self.places[0],
            format_code=self.cleaned_data["format"],
            sets_stock=self.cleaned_data["sets_stock"],
            is_strict=self.cleaned_data["is_strict"],
        )

    def _layout(self) -> Layout:
        names = [name for name in ("format", "location") if name in self.fields]
        return Layout(
            Section(
                _("File"),
                _(
                    "From a spreadsheet, from Shopify or from WooCommerce. It is read"
                    " first, and you see what it would do."
                ),
                "file",
                *names,
            ),
            Section(
                _("What it may do"),
                _("Everything is posted as one step, which can be undone."),
                Field("sets_stock"),
                Field("is_strict"),
            ),
        )


class RecordsField(forms.TypedMultipleChoiceField):
    """Numbers of records; what is none is refused."""

    def __init__(self) -> None:
        super().__init__(coerce=int, required=False)

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and int(value[:20]) < MOST_RECORD


class ImportTickForm(forms.Form):
    """The rows a page shows and those of them that are ticked.

    `set` does something to all shown rows ("page-…") or to all of the section `show`
    that fit `find` ("all-…"). `query` is the rest of the page's address.
    """

    show = forms.ChoiceField(
        choices=[(name, name) for name in ("new", "changed", "different")]
    )
    find = SearchField(required=False)
    shown = RecordsField()
    take = RecordsField()
    set = forms.ChoiceField(
        required=False,
        choices=[
            (f"{which}-{to}", "") for which in ("page", "all") for to in ("on", "off")
        ],
    )
    query = forms.CharField(required=False, max_length=2_000)

    def clean_query(self) -> str:
        """Encode it anew: it becomes part of an address."""
        return urlencode(parse_qsl(self.cleaned_data["query"]))
