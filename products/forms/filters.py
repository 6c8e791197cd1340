"""Fields above a list that narrow it, and the forms they belong to."""

from typing import Any

from django import forms

from products.forms.selects import PlainSelect

MAX_SEARCH = 300  # characters; the longest name has 255


class SearchField(forms.CharField):
    """Text to look for; what no name contains is dropped rather than complained of."""

    def to_python(self, value: Any) -> str:
        text = "".join(char if char.isprintable() else " " for char in str(value or ""))
        return super().to_python(text[:MAX_SEARCH]) or ""


class FilterForm(forms.Form):
    """Fields that look like the filters of a list.

    With `form_id`, they belong to the form of that id, which stands elsewhere.
    """

    form_id = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # A form in a dialog over the list has ids that begin with "id_".
        kwargs["auto_id"] = "filter_%s"
        super().__init__(*args, **kwargs)
        if not isinstance(self.base_fields, SharedFields):
            self._dress(self.fields)

    @classmethod
    def _dress(cls, fields: dict[str, forms.Field]) -> None:
        for field in fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            if is_choice:
                field.widget = PlainSelect(field.widget.attrs, field.widget.choices)
            kind = "form-select" if is_choice else "form-control"
            field.widget.attrs["class"] = kind
            if cls.form_id:
                field.widget.attrs["form"] = cls.form_id

    @property
    def state(self) -> dict[str, str]:
        """What is set, as it stands in the address; what made no sense is left out."""
        self.is_valid()
        return {name: text for name, text in self.cleaned_data.items() if text}


class SharedFields(dict[str, forms.Field]):
    """Fields that belong to all forms of a class, which must not change them.

    Django copies them for each form, in depth: half of what such a form costs.
    """

    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


class ListFilterForm(FilterForm):
    """Filters that come anew with their list, while their form stays on the page.

    A search that somebody is typing is the form's; were it swapped as well, the last
    letters would be lost with it. The fields are shared by all forms of a class.
    """

    form_id = "filters"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        cls = type(self)
        if not isinstance(cls.base_fields, SharedFields):
            cls._dress(cls.base_fields)
            cls.base_fields = SharedFields(cls.base_fields)
        super().__init__(*args, **kwargs)
