"""The product: one sellable SKU, its running totals and what is derived from them."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.fields import (
    SKU_LENGTH,
    CodeField,
    KeyField,
    SearchTextField,
    fold_key,
    search_text,
    validate_barcode,
    validate_sku,
)
from products.models.base import DerivedModel
from products.models.catalogue import Brand, Category, ProductGroup
from products.models.damage import PositiveCountField
from products.models.pictures import thumb_name
from products.models.product_indexes import INDEXES
from products.models.product_queries import ProductQuerySet

MAX_QUANTITY = 999_999_999  # of one line; balances are 64-bit and can't overflow by it


class Product(DerivedModel):
    """One sellable SKU, its running totals, and what is derived from them.

    Written by `services.catalogue`; the totals by `services.ledger` alone.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived")

    class StockStatus(models.TextChoices):
        IN_STOCK = "in_stock", _("In stock")
        LOW = "low", _("Low")
        OUT = "out", _("Out")

    sku = models.CharField(_("SKU"), max_length=SKU_LENGTH, validators=[validate_sku])
    sku_key = KeyField(
        source="sku",
        unique=True,
        derive=lambda product: fold_key(product.sku),
        error_messages={"unique": _("Another product has this SKU.")},
    )
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True, max_length=20_000)
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        db_index=False,  # the indexes below begin with it
        on_delete=models.PROTECT,
        related_name="products",
    )
    brand = models.ForeignKey(
        Brand,
        verbose_name=_("brand"),
        null=True,
        blank=True,
        db_index=False,  # the indexes below begin with it
        on_delete=models.PROTECT,
        related_name="products",
    )
    group = models.ForeignKey(
        ProductGroup,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
    )
    option1 = CodeField(_("first option"), max_length=120, blank=True)
    option2 = CodeField(_("second option"), max_length=120, blank=True)
    option3 = CodeField(_("third option"), max_length=120, blank=True)
    barcode = CodeField(
        _("barcode"),
        max_length=80,
        null=True,
        blank=True,
        validators=[validate_barcode],
    )
    price = models.DecimalField(
        _("price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    cost = models.DecimalField(
        _("cost"),
        max_digits=15,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("What one unit costs you. Empty means unknown, not free."),
    )
    weight = models.DecimalField(
        _("weight in grams"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    image = models.ImageField(_("picture"), upload_to="products/", blank=True)
    image_url = models.CharField(_("picture link"), max_length=2000, blank=True)
    tags = models.CharField(_("tags"), max_length=1000, blank=True)
    supplier_name = models.CharField(_("supplier"), max_length=120, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.ACTIVE
    )
    reorder_point = models.PositiveIntegerField(_("reorder at"), null=True, blank=True)
    reorder_quantity = models.PositiveIntegerField(
        _("order quantity"), null=True, blank=True
    )
    version = PositiveCountField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    search_text = SearchTextField(
        derive=lambda product: search_text(
            product.sku,
            product.barcode,
            product.name,
            product.brand.name if product.brand else None,
        ),
        reads=("brand",),
    )

    on_hand = models.BigIntegerField(_("on hand"), default=0, editable=False)
    reserved = models.BigIntegerField(_("held"), default=0, editable=False)
    in_transit = models.BigIntegerField(_("in transit"), default=0, editable=False)
    available = models.GeneratedField(
        expression=F("on_hand") - F("reserved"),
        output_field=models.BigIntegerField(),
        db_persist=True,
        verbose_name=_("available"),
    )
    stock_status = models.GeneratedField(
        expression=Case(
            When(on_hand__lte=F("reserved"), then=Value("out")),
            When(on_hand__lte=F("reserved") + F("reorder_point"), then=Value("low")),
            default=Value("in_stock"),
        ),
        output_field=models.CharField(max_length=10, choices=StockStatus),
        db_persist=True,
        verbose_name=_("stock"),
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]
        permissions = [
            ("view_cost", _("Can see costs and stock value")),
            ("adjust_stock", _("Can move stock")),
            ("import_products", _("Can import products")),
            ("export_products", _("Can export products")),
        ]
        indexes = INDEXES
        constraints = [
            models.UniqueConstraint(
                fields=["barcode"],
                name="product_barcode_unique",
                violation_error_message=_("Another product has this barcode."),
            ),
            models.UniqueConstraint(
                fields=["group", "option1", "option2", "option3"],
                name="product_variant_unique",
                violation_error_message=_(
                    "Another product of this group has the same options."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(barcode=""), name="product_barcode_not_blank"
            ),
            models.CheckConstraint(
                condition=~Q(sku_key="") & ~Q(name=""),
                name="product_has_name_and_sku",
                violation_error_message=_("A product needs a SKU and a name."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0),
                name="product_price_not_negative",
                violation_error_message=_("A price can't be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="product_cost_not_negative",
                violation_error_message=_("A cost can't be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0),
                name="product_weight_not_negative",
                violation_error_message=_("A weight can't be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "active", "archived"]),
                name="product_status_known",
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0)
                & Q(on_hand__gte=F("reserved"))
                & Q(in_transit__gte=0),
                name="product_totals_not_negative",
                violation_error_message=_("Stock can't be below zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("products:product_detail", args=[self.pk])

    @property
    def options(self) -> str:
        """The option values as one text: "M / Blue"; empty without options."""
        values = (self.option1, self.option2, self.option3)
        return " / ".join(value for value in values if value)

    @property
    def picture_url(self) -> str:
        """The address of the uploaded picture; empty without one. No disk access."""
        return self.image.url if self.image else ""

    @property
    def thumb_url(self) -> str:
        """The address of its small copy, made with the picture; no disk access."""
        if not self.image:
            return ""
        return self.image.storage.url(thumb_name(str(self.image.name)))
