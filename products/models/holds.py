"""Stock that is promised: there, but not available."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.models.damage import StoredUnitsField
from products.models.locations import Location
from products.models.operations import Operation
from products.models.products import Product


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> Self:
        """Return the holds that count in `reserved`, those whose time is up too."""
        return self.filter(state=Hold.State.OPEN)

    def live(self, moment: datetime) -> Self:
        """Return the holds that keep stock from others at `moment`."""
        return self.open().exclude(expires_at__lte=moment)

    def due(self, moment: datetime) -> Self:
        """Return the open holds whose time is up at `moment`."""
        return self.open().filter(expires_at__lte=moment)


class Hold(models.Model):
    """So many units of a product at a location, kept for `reference`.

    Those asked for together share their `operation`. Until `expires_at`, or until
    somebody releases or fulfils it when that is empty. The sum of the open ones is the
    level's `reserved`; both are written in one transaction by `services.ledger` and
    `services.holds`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Held")
        RELEASED = "released", _("Released")
        FULFILLED = "fulfilled", _("Fulfilled")
        EXPIRED = "expired", _("Expired")

    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="holds"
    )
    # Outlives the product, like the movements.
    product = models.ForeignKey(
        Product,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="holds",
    )
    sku = models.CharField(_("SKU"), max_length=100)
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="holds"
    )
    quantity = StoredUnitsField(_("held"))
    reference = models.CharField(_("for"), max_length=120, blank=True)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.OPEN
    )
    closed_at = models.DateTimeField(_("ended"), null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("hold_stock", _("Can hold stock and release it"))]
        indexes = [
            models.Index(fields=["product", "state"], name="hold_by_product"),
            models.Index(fields=["state", "expires_at"], name="hold_by_expiry"),
            models.Index(fields=["state", "id"], name="hold_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False), name="hold_has_product"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="hold_quantity_positive",
                violation_error_message=_("Hold one unit or more."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="hold_ends_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"
