"""Counting what is there, while selling goes on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.fields import CodeField
from products.models.damage import (
    CountField,
    PositiveSmallCountField,
    ShapedJSONField,
)
from products.models.locations import Location
from products.models.operations import Operation
from products.models.products import Product
from products.models.shapes import SCOPE


class Stocktake(models.Model):
    """draft → counting → review → applied, or cancelled.

    `scope` says which products it holds: {"kind": "all" | "shelves" | "category" |
    "brand" | "stale" | "listed", …}; see services/stocktake_scopes.py. A variance above
    `threshold_percent` or `threshold_value` (in the shop's currency) needs a second
    count by somebody else, or a confirmation with a note.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        COUNTING = "counting", _("Counting")
        REVIEW = "review", _("Review")
        APPLIED = "applied", _("Applied")
        CANCELLED = "cancelled", _("Cancelled")

    OPEN = (State.DRAFT, State.COUNTING, State.REVIEW)

    name = models.CharField(_("name"), max_length=120)
    location = models.ForeignKey(
        Location,
        verbose_name=_("location"),
        on_delete=models.PROTECT,
        related_name="stocktakes",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT
    )
    scope = ShapedJSONField(default=dict, shape=SCOPE)
    is_blind = models.BooleanField(_("blind"), default=True)
    sets_uncounted_to_zero = models.BooleanField(
        _("set what was not counted to zero"), default=False
    )
    threshold_percent = PositiveSmallCountField(_("percent"), null=True, blank=True)
    threshold_value = models.DecimalField(
        _("value"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_label = models.CharField(_("by"), max_length=150)
    started_at = models.DateTimeField(_("started"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    applied_by = models.ForeignKey(
        Operation, null=True, on_delete=models.PROTECT, related_name="stocktakes"
    )

    class Meta:
        verbose_name = _("stocktake")
        verbose_name_plural = _("stocktakes")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("count_stock", _("Can count stock")),
            ("apply_stocktake", _("Can set up, apply and cancel stocktakes")),
        ]
        indexes = [models.Index(fields=["state", "id"], name="stocktake_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_by__isnull=True) | Q(state="applied"),
                name="stocktake_applied_by_operation",
            ),
            models.CheckConstraint(
                condition=Q(threshold_percent__isnull=True)
                | Q(threshold_percent__lte=1000),
                name="stocktake_percent_sensible",
                violation_error_message=_("Between 0 and 1000 percent."),
            ),
            models.CheckConstraint(
                condition=Q(threshold_value__isnull=True) | Q(threshold_value__gte=0),
                name="stocktake_value_not_negative",
                violation_error_message=_("A value can't be below zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StocktakeLine(models.Model):
    """One product of a stocktake, and what became of it.

    `is_open` is true while the stocktake is open and NULL afterwards: with the unique
    constraint no two open stocktakes hold the same product and location. Counts of
    `round` count; a recount begins the next round. What is None was not decided yet;
    `counted` and `difference` are kept when it is applied, a difference of zero too.
    """

    stocktake = models.ForeignKey(
        Stocktake, on_delete=models.CASCADE, related_name="lines"
    )
    # Outlives the product, like the movements.
    product = models.ForeignKey(
        Product,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="stocktake_lines",
    )
    sku = models.CharField(_("SKU"), max_length=100)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    shelf = models.CharField(_("shelf"), max_length=40, blank=True)
    is_open = models.BooleanField(null=True, default=True)
    round = PositiveSmallCountField(default=1)
    note = models.CharField(_("note"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by_label = models.CharField(max_length=150, blank=True)
    counted = CountField(_("counted"), null=True)
    expected = CountField(_("expected"), null=True)
    difference = CountField(_("difference"), null=True)
    value_difference = models.DecimalField(
        _("value"), max_digits=15, decimal_places=4, null=True
    )

    class Meta:
        verbose_name = _("stocktake line")
        verbose_name_plural = _("stocktake lines")
        ordering = ["shelf", "sku", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["stocktake", "shelf", "sku"], name="stocktakeline_by_shelf"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stocktake", "product"], name="stocktakeline_once_per_product"
            ),
            models.UniqueConstraint(
                fields=["product", "location", "is_open"],
                name="stocktakeline_open_once",
                violation_error_message=_("It is being counted already."),
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=False), name="stocktakeline_has_product"
            ),
            models.CheckConstraint(
                condition=Q(is_open__isnull=True) | Q(is_open=True),
                name="stocktakeline_open_or_null",
            ),
            models.CheckConstraint(
                condition=Q(counted__isnull=True) | Q(counted__gte=0),
                name="stocktakeline_counted_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.sku


class StockCount(models.Model):
    """So many of a product seen on a shelf at a moment, by one person, once.

    Several of one line and round add up. `key` comes from the counting page and makes
    a count that is sent twice the same count. A voided one stays as evidence.
    """

    line = models.ForeignKey(
        StocktakeLine, on_delete=models.CASCADE, related_name="counts"
    )
    round = PositiveSmallCountField(default=1)
    quantity = CountField(_("counted"))
    shelf = models.CharField(_("shelf"), max_length=40, blank=True)
    counted_at = models.DateTimeField(_("counted at"))
    recorded_at = models.DateTimeField(default=timezone.now)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    counted_by_label = models.CharField(_("by"), max_length=150)
    key = CodeField(max_length=100, unique=True)
    is_void = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="stockcount_not_negative",
                violation_error_message=_("A count can't be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(counted_at__lte=models.F("recorded_at")),
                name="stockcount_not_ahead_of_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"
