"""What an operation did to a hold, a transfer or a stocktake."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.models.damage import CountField
from products.models.operations import Operation


class DocumentChange(models.Model):
    """The state of one document before and after an operation, as JSON.

    `before` is null where the operation made it. Undo compares the document with
    `after` and restores `before`. Append-only like the movements.
    """

    class Document(models.TextChoices):
        HOLD = "hold", _("Hold")
        TRANSFER = "transfer", _("Transfer")
        STOCKTAKE = "stocktake", _("Stocktake")

    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="document_changes"
    )
    document = models.CharField(_("document"), max_length=10, choices=Document)
    document_id = CountField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        verbose_name = _("document change")
        verbose_name_plural = _("document changes")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["document", "document_id", "id"],
                name="documentchange_by_document",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(document_id__gt=0), name="documentchange_has_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_document_display()} {self.document_id}"
