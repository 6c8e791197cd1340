"""Which file to write, and of which products."""

from django import forms
from django.utils.translation import gettext_lazy as _

from products.exporting.registry import EXPORTS, Export

SHOWN = "shown"
ALL = "all"


class ExportForm(forms.Form):
    """Read from an address; the filters of the list stand in the same one."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(each.code, each.label) for each in EXPORTS.values()],
        error_messages={
            "required": _("Say which kind of file you need."),
            "invalid_choice": _("There is no format “%(value)s”. Choose one of these."),
        },
    )
    scope = forms.ChoiceField(
        label=_("Products"),
        choices=[(SHOWN, _("What the list shows now")), (ALL, _("All products"))],
        error_messages={
            "required": _("Say which products go into the file."),
            "invalid_choice": _("“%(value)s” means no products. Choose one of these."),
        },
    )

    def chosen(self, name: str, usual: str) -> str:
        """Return what the address says about a field; `usual` where it says nothing."""
        if self.is_bound and name not in self.errors:
            return str(self.cleaned_data[name])
        return usual

    @property
    def export(self) -> Export:
        """The format of a valid form."""
        return EXPORTS[self.cleaned_data["format"]]

    @property
    def is_of_list(self) -> bool:
        """Whether a valid form asks for what the list shows, and not for everything."""
        return bool(self.cleaned_data["scope"] == SHOWN)
