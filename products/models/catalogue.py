"""The shelves of words that products are sorted into: categories, brands, groups."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.query import TreeQuerySet

from products.fields import KeyField, fold_key
from products.icons import icon_sign
from products.models.base import DerivedModel


class Category(DerivedModel):  # type: ignore[django-manager-missing]  # untyped tree
    """A node of the category tree; paths read "Kitchen › Mugs & cups"."""

    name = models.CharField(_("name"), max_length=120)
    parent = TreeNodeForeignKey(
        "self",
        verbose_name=_("inside"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    icon = models.CharField(
        _("icon"),
        max_length=40,
        blank=True,
        help_text=_("A Bootstrap icon name, shown where a product has no picture."),
    )
    # Two roots of one name have NULL parents, which no unique constraint compares;
    # this key compares them.
    sibling_key = KeyField(
        source="name",
        unique=True,
        derive=lambda node: f"{node.parent_id or 0}:{fold_key(node.name)}",
        error_messages={"unique": _("There is a category of this name here already.")},
    )

    objects: ClassVar[Any] = TreeQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def icon_sign(self) -> str:
        """The character of `icon`, as styles have no rule for each icon there is."""
        return icon_sign(self.icon)

    def clean(self) -> None:
        super().clean()
        if self.pk and self.parent_id:
            above = Category.objects.ancestors(self.parent_id, include_self=True)
            if above.filter(pk=self.pk).exists():
                raise ValidationError(
                    {"parent": _("A category can't be inside itself.")}
                )


class Brand(DerivedModel):
    """Who makes it, as customers know them."""

    name = models.CharField(_("name"), max_length=120)
    key = KeyField(
        source="name",
        unique=True,
        derive=lambda brand: fold_key(brand.name),
        error_messages={"unique": _("There is a brand of this name already.")},
    )

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ProductGroup(DerivedModel):
    """Ties variants together: "T-shirt" with the options Size and Colour."""

    name = models.CharField(_("name"), max_length=255)
    handle = models.CharField(
        _("handle"),
        max_length=200,
        help_text=_("Names the group in import files; letters, digits and dashes."),
    )
    handle_key = KeyField(
        source="handle",
        unique=True,
        derive=lambda group: fold_key(group.handle),
        error_messages={"unique": _("There is a group with this handle already.")},
    )
    option1_name = models.CharField(_("first option"), max_length=60, blank=True)
    option2_name = models.CharField(_("second option"), max_length=60, blank=True)
    option3_name = models.CharField(_("third option"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
