"""What was imported, by whom, from which file, and what came of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.operations import Operation


class ImportRun(models.Model):
    """One file that was read: its fingerprint, the counts, and the report as JSON."""

    operation = models.OneToOneField(
        Operation,
        null=True,
        on_delete=models.PROTECT,
        related_name="import_run",
        help_text=_("Empty when nothing had to be changed, or in a dry run."),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_label = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=40)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    is_dry_run = models.BooleanField(default=False)
    record_count = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("products:import_detail", args=[self.pk])
