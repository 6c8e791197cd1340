"""Goods that go from one location to another, and may be on the way for days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.damage import PositiveCountField, StoredUnitsField
from products.models.locations import Location
from products.models.products import Product


class Transfer(models.Model):
    """draft → sent → partly received → received, or cancelled: back to the source.

    Between sending and arrival the goods stand in `transit`, a location of that kind,
    and are available nowhere. Each step is an operation; docs/domain.md draws them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("On the way")
        PARTIAL = "partial", _("Partly received")
        RECEIVED = "received", _("Received")
        CANCELLED = "cancelled", _("Cancelled")

    ON_THE_WAY = (State.SENT, State.PARTIAL)
    OPEN = (State.DRAFT, *ON_THE_WAY)

    source = models.ForeignKey(
        Location, verbose_name=_("from"), on_delete=models.PROTECT, related_name="+"
    )
    destination = models.ForeignKey(
        Location, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    transit = models.ForeignKey(
        Location, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT
    )
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_label = models.CharField(_("by"), max_length=150)
    sent_at = models.DateTimeField(_("sent"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    version = PositiveCountField(default=1)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("transfer_stock", _("Can transfer stock"))]
        indexes = [models.Index(fields=["state", "id"], name="transfer_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("destination")),
                name="transfer_goes_elsewhere",
                violation_error_message=_("Choose two different locations."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "partial"))
                | Q(transit__isnull=False, sent_at__isnull=False),
                name="transfer_on_the_way_is_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"T-{self.pk}"


class TransferLine(models.Model):
    """One product of a transfer.

    Of `quantity` units sent, `received` arrived and `lost` were given up on; `extra`
    arrived though nobody had sent them. `value` is what those still on the way are
    worth, so that goods keep their value through the transit location.
    """

    transfer = models.ForeignKey(
        Transfer, on_delete=models.CASCADE, related_name="lines"
    )
    # Outlives the product, like the movements.
    product = models.ForeignKey(
        Product,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="transfer_lines",
    )
    sku = models.CharField(_("SKU"), max_length=100)
    quantity = StoredUnitsField(_("quantity"))
    received = StoredUnitsField(_("received"), default=0)
    lost = StoredUnitsField(_("lost"), default=0)
    extra = StoredUnitsField(_("extra"), default=0)
    value = models.DecimalField(max_digits=15, decimal_places=4, default=0)

    class Meta:
        verbose_name = _("transfer line")
        verbose_name_plural = _("transfer lines")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "product"], name="transferline_once_per_product"
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=False), name="transferline_has_product"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="transferline_quantity_positive",
                violation_error_message=_("Transfer one unit or more."),
            ),
            models.CheckConstraint(
                condition=Q(
                    received__gte=0,
                    lost__gte=0,
                    extra__gte=0,
                    quantity__gte=F("received") + F("lost"),
                ),
                name="transferline_arrives_once",
                violation_error_message=_("More has arrived than was sent."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="transferline_value_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"

    @property
    def outstanding(self) -> int:
        """The units still on the way, once sent."""
        return self.quantity - self.received - self.lost
