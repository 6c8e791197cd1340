"""What was done to many chosen products at once."""

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from products.models.operations import Operation


class BulkRun(models.Model):
    """Says of an operation that it changed chosen products, and how many.

    A table of its own, so that a sale writes no column more. Such an operation is
    undone row by row, as an import is.
    """

    class What(models.TextChoices):
        ARCHIVE = "archive", _("Archived")
        ACTIVATE = "activate", _("Brought back")
        CATEGORISE = "categorise", _("Category changed")
        ADJUST = "adjust", _("Adjusted")

    operation = models.OneToOneField(
        Operation, on_delete=models.PROTECT, related_name="bulk_run"
    )
    what = models.CharField(max_length=10, choices=What)
    product_count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("change of many products")
        verbose_name_plural = _("changes of many products")
        default_permissions = ()

    def __str__(self) -> str:
        """Return what happened: “Archived 12 products”."""
        count = self.product_count
        sentences = {
            self.What.ARCHIVE: ngettext(
                "Archived %(count)s product", "Archived %(count)s products", count
            ),
            self.What.ACTIVATE: ngettext(
                "Brought back %(count)s product",
                "Brought back %(count)s products",
                count,
            ),
            self.What.CATEGORISE: ngettext(
                "Changed the category of %(count)s product",
                "Changed the category of %(count)s products",
                count,
            ),
            self.What.ADJUST: ngettext(
                "Adjusted %(count)s product", "Adjusted %(count)s products", count
            ),
        }
        shown = number_format(count, force_grouping=True)
        return sentences[self.What(self.what)] % {"count": shown}
