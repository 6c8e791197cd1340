"""Which files the products can be written to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from products.exporting import native, woocommerce, workbook
from products.exporting.products import ExportRequest
from products.tabular.sheets import MEDIA_TYPE as XLSX

CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Export:
    """One kind of file.

    `code` is what addresses and commands call it, `extension` goes without the dot.
    `write` yields the file in pieces while the products are being read.
    """

    code: str
    label: str | Promise
    extension: str
    media_type: str
    write: Callable[[ExportRequest], Iterator[bytes]]


EXPORTS: Mapping[str, Export] = {
    each.code: each
    for each in (
        Export("native", _("Our own CSV"), "csv", CSV, native.write),
        Export("xlsx", _("Our own Excel workbook"), "xlsx", XLSX, workbook.write),
        Export("woocommerce", _("WooCommerce products"), "csv", CSV, woocommerce.write),
    )
}
"""By code, in the order in which they are offered."""
