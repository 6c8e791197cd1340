"""What the admin pages of this app share."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from products.admin.lists import IndexedAdmin
from products.models import Operation
from products.services.operations import Author, Circumstances


class ReadOnlyAdmin(IndexedAdmin):
    """Shows rows that nobody may add, change or delete here, a superuser neither."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class SafeAutocomplete(AutocompleteSelect):
    """Draws a posted value that is no id as nothing; Django's own would fail on it.

    Empty, it says so: without words in it, the box has no name for who hears it.
    """

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": _("None")}

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        ids = [str(item) for item in value if re.fullmatch(r"[0-9]{1,18}", str(item))]
        return super().optgroups(name, ids, attrs)


class SafeAutocompleteMixin(IndexedAdmin):
    """Uses `SafeAutocomplete` for the fields of `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = SafeAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def circumstances(request: HttpRequest, **kwargs: Any) -> Circumstances:
    """Return who acts: the signed-in person, through the admin."""
    author = Author.for_user(request.user, Operation.Source.ADMIN)
    return Circumstances(author=author, **kwargs)
