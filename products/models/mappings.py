"""Which column of a foreign table is which field, as a person has said it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ColumnMapping(models.Model):
    """Which column is which field, for all files that have the same header."""

    header_key = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 of the normalised header.")
    )
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        default_permissions = ()

    def __str__(self) -> str:
        return self.header_key
