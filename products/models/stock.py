"""How much is where, and every movement that made it so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from products.models.damage import CountField, PositiveCountField, StoredUnitsField
from products.models.locations import Location
from products.models.operations import Operation
from products.models.products import Product


class StockLevel(models.Model):
    """How much of a product is at a location now, and the head of its chain.

    Written by `services.ledger` alone; a cache of the movements, checked against them
    by `check_stock`. `value` is in the shop's currency, moving average.
    """

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="levels", db_index=False
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="levels"
    )
    on_hand = StoredUnitsField(_("on hand"), default=0)
    reserved = StoredUnitsField(_("held"), default=0)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=4, default=0)
    shelf = models.CharField(_("shelf"), max_length=40, blank=True)
    # Of this location; the product's own are for the whole shop.
    reorder_point = PositiveCountField(_("reorder at"), null=True, blank=True)
    reorder_quantity = PositiveCountField(_("order quantity"), null=True, blank=True)
    last_sequence = PositiveCountField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)
    last_recorded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("stock level")
        verbose_name_plural = _("stock levels")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "location"], name="stocklevel_once_per_place"
            ),
            models.CheckConstraint(
                condition=Q(on_hand__gte=0),
                name="stocklevel_on_hand_not_negative",
                violation_error_message=_("Stock can't be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")),
                name="stocklevel_reserved_within_on_hand",
                violation_error_message=_("More is held than is there."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(on_hand__gt=0) | Q(value=0)),
                name="stocklevel_value_follows_stock",
                violation_error_message=_("Stock that is not there has no value."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} @ {self.location_id}: {self.on_hand}"

    @property
    def available(self) -> int:
        """What may be taken: on hand less held."""
        return self.on_hand - self.reserved


class StockMovement(models.Model):
    """One line of the ledger. Never edited, never deleted: triggers refuse both.

    `sequence` is the order of truth within a level; `effective_at` the business date.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening stock")
        RECEIVED = "received", _("Received")
        SOLD = "sold", _("Sold")
        RETURNED = "returned", _("Returned")
        DAMAGED = "damaged", _("Damaged")
        LOST = "lost", _("Lost")
        FOUND = "found", _("Found")
        CORRECTION = "correction", _("Correction")
        OTHER = "other", _("Other")
        COUNTED = "counted", _("Counted")
        TRANSFER_OUT = "transfer_out", _("Sent")
        TRANSFER_IN = "transfer_in", _("Arrived")
        WRITTEN_OFF = "written_off", _("Written off")
        REVALUED = "revalued", _("Revalued")
        REVERSAL = "reversal", _("Undone")

    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="movements"
    )
    # History outlives the product. `null=True` with a not-null check makes joins
    # LEFT, so that a deleted product's movements stay in every list.
    product = models.ForeignKey(
        Product,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="movements",
    )
    sku = models.CharField(_("SKU"), max_length=100)
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="movements"
    )
    sequence = PositiveCountField()
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    delta = CountField(_("change"))
    balance_after = CountField(_("on hand after"))
    unit_cost = models.DecimalField(
        _("unit cost"), max_digits=15, decimal_places=6, null=True
    )
    value_delta = models.DecimalField(_("value"), max_digits=15, decimal_places=4)
    value_after = models.DecimalField(_("value after"), max_digits=15, decimal_places=4)
    recorded_at = models.DateTimeField(_("recorded"))
    effective_at = models.DateTimeField(_("business date"))
    is_backdated = models.BooleanField(default=False)
    hash_version = models.PositiveSmallIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("correct_cost", _("Can correct the value of stock"))]
        indexes = [
            models.Index(fields=["product", "id"], name="movement_by_product"),
            models.Index(fields=["recorded_at", "id"], name="movement_by_time"),
            # The last movement of a level by a moment; `recorded_at` never goes back.
            # With what it left there, so that a past date is read off the index.
            models.Index(
                fields=[
                    *("product", "location", "recorded_at", "sequence"),
                    *("balance_after", "value_after"),
                ],
                name="movement_balances",
            ),
            models.Index(fields=["kind", "id"], name="movement_by_kind"),
            models.Index(
                fields=["is_backdated", "effective_at", "recorded_at"],
                name="movement_late",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "location", "sequence"],
                name="movement_sequence_unique",
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=False), name="movement_has_product"
            ),
            models.CheckConstraint(
                condition=~Q(delta=0) | ~Q(value_delta=0),
                name="movement_changes_something",
            ),
            models.CheckConstraint(
                condition=Q(balance_after__gte=0), name="movement_balance_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(value_after__gte=0)
                & (Q(balance_after__gt=0) | Q(value_after=0)),
                name="movement_value_follows_stock",
            ),
            models.CheckConstraint(
                condition=Q(is_backdated=True, effective_at__lt=F("recorded_at"))
                | Q(is_backdated=False, effective_at=F("recorded_at")),
                name="movement_times_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {self.delta:+d} = {self.balance_after}"
