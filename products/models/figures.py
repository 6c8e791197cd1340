"""The figures of the shop, as somebody worked them out: of now, and of past days."""

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


class DayFigures(models.Model):
    """The same at the end of a day, as it had been recorded by then.

    Written by `reports.figures.day_storing` alone. `ends_at` is the last moment of the
    day in the time zone the shop had when it was counted. All figures are null where
    too much has happened since to work them out; `value` alone where a value is no
    number.
    """

    day = models.DateField(_("day"), primary_key=True)
    ends_at = models.DateTimeField(_("end of the day"))
    counted_at = models.DateTimeField(_("counted"))
    units = models.BigIntegerField(_("units on hand"), null=True)
    value = models.DecimalField(
        _("stock value"), max_digits=24, decimal_places=4, null=True
    )
    skus = models.BigIntegerField(_("SKUs"), null=True)
    low = models.BigIntegerField(_("low"), null=True)
    out = models.BigIntegerField(_("out"), null=True)

    class Meta:
        verbose_name = _("figures of a day")
        verbose_name_plural = _("figures of days")
        ordering = ["-day"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.skus}"
