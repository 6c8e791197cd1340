"""Orders of other shops, as far as stock is concerned: which sale was posted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.fields import SKU_LENGTH
from products.models.locations import Location
from products.models.operations import Operation
from products.models.products import Product


class OrderLine(models.Model):
    """A line of a shop's order whose sale was posted: never a second time.

    `sale` posted it; `cancellation` took it back. The line counts as posted while its
    sale was not undone.
    """

    key = models.CharField(
        max_length=64,
        unique=True,
        help_text=_("SHA-256 of the order's number, the line's position and the SKU."),
    )
    order_name = models.CharField(max_length=100, db_index=True)
    position = models.PositiveIntegerField()
    sku = models.CharField(max_length=SKU_LENGTH)
    product = models.ForeignKey(
        Product, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    sale = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="order_lines_sold"
    )
    cancellation = models.ForeignKey(
        Operation,
        null=True,
        on_delete=models.PROTECT,
        related_name="order_lines_cancelled",
    )

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="orderline_sells_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_name} / {self.position}"
