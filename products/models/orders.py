"""Orders of other shops, as far as stock is concerned: what was posted for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.fields import SKU_LENGTH
from products.models.locations import Location
from products.models.operations import Operation
from products.models.products import Product


class OrderLine(models.Model):
    """The sale of a line of a shop's order, or the return of what it had sold.

    A row per posting, never edited; `turn` counts those of one line, so two imports
    can't post the same sale at once. Which of them are in force, because their
    operation was not undone, is said by `services.orders`.
    """

    key = models.CharField(
        max_length=64,
        help_text=_("SHA-256 of the order's number, the line's position and the SKU."),
    )
    turn = models.PositiveIntegerField(
        help_text=_("How many postings of the line came before.")
    )
    order_name = models.CharField(max_length=100, db_index=True)
    position = models.PositiveIntegerField(
        help_text=_("Among the order's lines of this SKU, from 1.")
    )
    sku = models.CharField(max_length=SKU_LENGTH)
    # History outlives the product; `null=True` with a check makes the joins LEFT.
    product = models.ForeignKey(
        Product,
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    value = models.DecimalField(
        max_digits=15,
        decimal_places=4,
        help_text=_("What these units were worth when they left, and come back with."),
    )
    is_return = models.BooleanField(default=False)
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="order_lines"
    )

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["key", "turn"], name="orderline_once_per_turn"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="orderline_sells_something"
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=False), name="orderline_has_product"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_name} / {self.sku} {self.position}"
