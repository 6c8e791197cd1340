"""What became of an import that was undone row by row, and what went with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.damage import CountField
from products.models.imports import MadeReference
from products.models.operations import Operation
from products.models.products import Product


class ImportUndo(models.Model):
    """How many products of an import its undoing restored, kept, or could not.

    `operation` is the undoing one.
    """

    operation = models.OneToOneField(
        Operation, on_delete=models.PROTECT, related_name="import_undo"
    )
    restored_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)
    impossible_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("undone import")
        verbose_name_plural = _("undone imports")
        default_permissions = ()

    def __str__(self) -> str:
        return f"#{self.operation_id}"


class ImportUndoRow(models.Model):
    """A product, or a category and the like, that an undo left as it is, and why.

    `product` is empty where it is about a category, brand, group or location.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        IMPOSSIBLE = "impossible", _("Not possible")

    undo = models.ForeignKey(
        ImportUndo, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    product = models.ForeignKey(
        Product,
        null=True,
        db_constraint=False,
        db_index=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    sku = models.CharField(_("SKU"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=255)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.JSONField(default=list, help_text=_("Sentences."))

    class Meta:
        verbose_name = _("row of an undone import")
        verbose_name_plural = _("rows of undone imports")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["undo", "outcome", "id"], name="importundorow_by_kind")
        ]

    def __str__(self) -> str:
        return f"{self.sku or self.name}: {self.outcome}"


class RemovedReference(models.Model):
    """A category, brand, group or location that an undo removed; its undo remakes it.

    `record` holds the columns, enough to bring it back under its id.
    """

    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="removed_references"
    )
    kind = models.CharField(max_length=8, choices=MadeReference.Kind)
    object_id = CountField()
    record = models.JSONField()

    class Meta:
        verbose_name = _("removed by an undo")
        verbose_name_plural = _("removed by undos")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "kind", "object_id"],
                name="removedreference_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.object_id}"
