"""One thing somebody did, and what it changed in the catalogue."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.fields import CodeField
from products.models.products import Product


class Operation(models.Model):
    """Who did what, when, from where and why; its movements and changes hang on it.

    `idempotency_key` with `request_hash` makes a repeated request return the first
    answer; `reverses` is unique, so an operation is undone at most once.
    """

    class Kind(models.TextChoices):
        PRODUCT_ADDED = "product_added", _("Product added")
        PRODUCT_EDITED = "product_edited", _("Product edited")
        PRODUCT_DELETED = "product_deleted", _("Product deleted")
        PRODUCT_ARCHIVED = "product_archived", _("Archived")
        STOCK_ADJUSTED = "stock_adjusted", _("Stock adjusted")
        STOCK_RECEIVED = "stock_received", _("Stock received")
        STOCK_ISSUED = "stock_issued", _("Stock sold")
        COST_CORRECTED = "cost_corrected", _("Cost corrected")
        TRANSFERRED = "transferred", _("Stock transferred")
        TRANSFER_SENT = "transfer_sent", _("Transfer sent")
        TRANSFER_RECEIVED = "transfer_received", _("Transfer received")
        TRANSFER_CANCELLED = "transfer_cancelled", _("Transfer cancelled")
        STOCKTAKE_APPLIED = "stocktake_applied", _("Stocktake applied")
        STOCK_HELD = "stock_held", _("Stock held")
        HOLD_RENEWED = "hold_renewed", _("Hold renewed")
        HOLD_RELEASED = "hold_released", _("Hold released")
        HOLD_FULFILLED = "hold_fulfilled", _("Hold fulfilled")
        IMPORTED = "imported", _("Import")
        UNDONE = "undone", _("Undo")

    class Source(models.TextChoices):
        SITE = "site", _("Site")
        ADMIN = "admin", _("Django admin")
        COMMAND = "command", _("Command")
        IMPORT = "import", _("Import")
        API = "api", _("API")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_label = models.CharField(_("name then"), max_length=150)
    source = models.CharField(_("from"), max_length=10, choices=Source)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    idempotency_key = CodeField(max_length=100, null=True, unique=True)
    request_hash = models.CharField(max_length=64, blank=True)
    reverses = models.OneToOneField(
        "self",
        verbose_name=_("undoes"),
        null=True,
        on_delete=models.PROTECT,
        related_name="reversed_by",
    )

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["kind", "id"], name="operation_by_kind")]

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"

    @property
    def title(self) -> str:
        """What it was, in words: “Stock sold”, or “Archived 12 products”.

        The latter where `bulk_run` is selected with it; no query is made for that.
        """
        bulk = self._state.fields_cache.get("bulk_run")
        return str(bulk) if bulk else self.get_kind_display()


class ProductChangeQuerySet(models.QuerySet["ProductChange"]):
    def deletions(self) -> "ProductChangeQuerySet":
        """Return the changes that removed a product."""
        return self.filter(after__isnull=True)


class ProductChange(models.Model):
    """The audit trail of one product's fields: before and after as JSON.

    `before` is null where the product was made, `after` where it was deleted (then
    `before` is the whole record). Append-only like the movements.
    """

    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="changes"
    )
    product = models.ForeignKey(
        Product,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="changes",
    )
    sku = models.CharField(_("SKU"), max_length=100)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = ProductChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("product change")
        verbose_name_plural = _("product changes")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["product", "id"], name="change_by_product")]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False), name="productchange_has_product"
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="productchange_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku} #{self.pk}"
