"""Which files the products can be written to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from products.exporting import (
    native,
    shopify_inventory,
    shopify_products,
    woocommerce,
    workbook,
)
from products.exporting.products import ExportRequest
from products.tabular.sheets import MEDIA_TYPE as XLSX

CSV = "text/csv; charset=utf-8"

OWN = frozenset({"native", "xlsx"})  # they hold every field


@dataclass(frozen=True)
class Export:
    """One kind of file.

    `code` is what addresses and commands call it, `extension` goes without the dot.
    `write` yields the file in pieces while the products are being read; `note` says
    what the file is good for.
    """

    code: str
    label: str | Promise
    extension: str
    media_type: str
    write: Callable[[ExportRequest], Iterator[bytes]]
    note: str | Promise = ""

    def file_name(self) -> str:
        """Return the name of a file that is written today."""
        kind = "" if self.code in OWN else f"-{self.code}"
        return f"products{kind}-{timezone.localdate():%Y-%m-%d}.{self.extension}"


EXPORTS: Mapping[str, Export] = {
    each.code: each
    for each in (
        Export(
            "native",
            _("CSV table"),
            "csv",
            CSV,
            native.write,
            _("Every field. Importing it again changes nothing."),
        ),
        Export(
            "xlsx",
            _("Excel workbook"),
            "xlsx",
            XLSX,
            workbook.write,
            _(
                "The same table, made for editing: codes keep their zeros in a"
                " spreadsheet."
            ),
        ),
        Export(
            "shopify_products",
            _("Shopify products"),
            "csv",
            CSV,
            shopify_products.write,
            _("Products and their variants, for Shopify’s import."),
        ),
        Export(
            "shopify_inventory",
            _("Shopify inventory"),
            "csv",
            CSV,
            shopify_inventory.write,
            _("Stock alone. Write what changes into “On hand (new)”."),
        ),
        Export(
            "woocommerce",
            _("WooCommerce products"),
            "csv",
            CSV,
            woocommerce.write,
            _("Products and their variations, for WooCommerce’s import."),
        ),
    )
}
"""By code, in the order in which they are offered."""
