"""What the admin calls columns that nothing else shows.

A person reads these names in the admin only, so they stand here and not in sixty lines
of the models. Django has named the columns after their attributes, in English.
"""

from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: Final = {
    "id": _("number"),
    "actor": _("by"),
    "actor_label": _("name then"),
    "alive_at": _("last seen at work"),
    "applied_at": _("applied"),
    "applied_by": _("applied by"),
    "changed_count": _("changed rows"),
    "created_at": _("made"),
    "created_by": _("made by"),
    "created_count": _("new rows"),
    "delimiter": _("delimiter"),
    "encoding": _("encoding"),
    "file_name": _("name of the file"),
    "fingerprint": _("fingerprint"),
    "format": _("format"),
    "format_asked": _("format asked for"),
    "hash": _("hash"),
    "hash_version": _("version of the hash"),
    "head": _("ledger head"),
    "idempotency_key": _("key of the request"),
    "is_backdated": _("entered late"),
    "is_cancelling": _("is being stopped"),
    "is_strict": _("makes nothing new but products"),
    "location": _("location"),
    "mapping": _("columns"),
    "note_count": _("notes"),
    "operation": _("operation"),
    "previous_hash": _("hash before"),
    "problem": _("problem"),
    "product": _("product"),
    "product_count": _("products"),
    "progress_done": _("rows done"),
    "progress_total": _("rows in all"),
    "recipients": _("receivers"),
    "record_count": _("rows"),
    "refused_count": _("refused rows"),
    "request_hash": _("hash of the request"),
    "scope": _("what is counted"),
    "sent_at": _("sent"),
    "sequence": _("number in the level"),
    "sets_stock": _("may change stock"),
    "sha256": _("SHA-256"),
    "size": _("size"),
    "state": _("state"),
    "transit": _("in transit at"),
    "unchanged_count": _("unchanged rows"),
    "updated_at": _("changed"),
    "version": _("version"),
}


def name_columns() -> None:
    """Name every column of NAMES that its model does not name."""
    for model in apps.get_app_config("products").get_models():
        for column in model._meta.local_fields:
            if column.name in NAMES and not isinstance(column.verbose_name, Promise):
                column.verbose_name = NAMES[column.name]


name_columns()
