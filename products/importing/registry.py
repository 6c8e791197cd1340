"""Which formats there are, and which one a file is in."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from products.importing import (
    native,
    shopify_inventory,
    shopify_orders,
    shopify_products,
    woocommerce,
)
from products.importing import table as any_table
from products.importing.formats import Format
from products.tabular.columns import Columns
from products.tabular.problems import ColumnsError, UnreadableFileError
from products.tabular.reading import Table

FORMATS: Mapping[str, Format] = {
    each.code: each
    for each in (
        shopify_inventory.FORMAT,
        shopify_products.FORMAT,
        shopify_orders.FORMAT,
        woocommerce.FORMAT,
        native.FORMAT,
        any_table.FORMAT,
    )
}
"""By code, in the order in which they are tried; any table fits none by itself."""

KNOWN_HEADERS = frozenset(name for each in FORMATS.values() for name in each.aliases)


def choose_format(table: Table, code: str = "") -> tuple[Format, Columns]:
    """Return the format of `table` and where its columns are.

    `code` forces a format, as long as the columns it can't do without are there.
    Raises UnreadableFileError (ColumnsError among them) when none fits.
    """
    if code:
        chosen = FORMATS[code]
        columns = chosen.match(table.header)
        _require(chosen, columns)
        return chosen, columns
    problem: ColumnsError | None = None
    for candidate in FORMATS.values():
        try:
            columns = candidate.match(table.header)
        except ColumnsError as error:  # may only mean that it is another format
            problem = problem or error
            continue
        if candidate.fits(columns):
            return candidate, columns
    raise problem or UnreadableFileError(_unknown(table))


def _require(chosen: Format, columns: Columns) -> None:
    missing = [
        header
        for field, header in chosen.required.items()
        if field not in columns.positions
    ]
    if missing:
        raise ColumnsError(
            _("A file of the format “%(format)s” needs the columns %(columns)s.")
            % {"format": chosen.label, "columns": ", ".join(missing)}
        )


def _unknown(table: Table) -> str:
    labels = ", ".join(
        str(each.label) for each in FORMATS.values() if each.code != any_table.CODE
    )
    return _(
        "The columns of this file are not known. It begins with: %(header)s. Known"
        " are: %(formats)s. The first line must be the header. Any other table is read"
        " once its columns are named: by a person on the site, with --map by a command."
    ) % {
        "header": ", ".join(title or "–" for title in table.header[:6])[:200],
        "formats": labels,
    }
