"""The figures of a large shop, as somebody worked them out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

THE_ONE = 1


class ShopFigures(models.Model):
    """What the dashboard shows above the products; one row, or none in a small shop.

    Written by `reports.figures.storing` alone. The last three say which state of the
    shop was counted (see `reports.figures.state`): while they are true, so is the rest.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    as_of = models.DateTimeField(_("as of"))
    units = models.BigIntegerField()
    stocked = models.BigIntegerField()
    skus = models.BigIntegerField()
    active = models.BigIntegerField()
    low = models.BigIntegerField()
    out = models.BigIntegerField()
    without_cost = models.BigIntegerField()
    # Null where no number is stored.
    value = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    last_operation = models.BigIntegerField()
    operation_count = models.IntegerField()
    open_hold_count = models.IntegerField()

    class Meta:
        verbose_name = _("figures of the shop")
        verbose_name_plural = _("figures of the shop")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(id=THE_ONE), name="shopfigures_only_one_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d %H:%M}: {self.skus}"
