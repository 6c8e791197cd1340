"""What is said of order lines that can't be taken as they stand, and how to mend it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.tabular.problems import BadCellError


class RefusedLine(Exception):
    """A line is left out because of one cell: field, value, and why."""

    def __init__(self, field: str, value: str, error: BadCellError) -> None:
        self.cell = (field, value, error)
        super().__init__(str(error))


def no_order() -> BadCellError:
    """A line without an order's number, and none before it to belong to."""
    return BadCellError(
        _("A line without an order number belongs to no order."),
        _("Give it the number of its order."),
    )


def first_line_missing(order: str) -> BadCellError:
    """A line without the order's own fields, whose first line isn't in the file."""
    return BadCellError(
        _("The first line of order %(order)s, which has its date, is not before it.")
        % {"order": order},
        _("Export the orders again, and don't sort the file."),
    )


def first_line_unread(record: int) -> BadCellError:
    """The order's own fields could not be read."""
    return BadCellError(
        _("Row %(record)d, the first line of this order, can't be read.")
        % {"record": record},
        _("Mend that row."),
    )


def number_too_long(limit: int) -> BadCellError:
    """The order's number is none."""
    return BadCellError(
        _("Longer than %(limit)d characters.") % {"limit": limit},
        _("Write the number of the order."),
    )


def not_a_time() -> BadCellError:
    """A date in other words, or without the offset of its time zone."""
    return BadCellError(
        _("Not a time with its offset."),
        _("Write it as the shop exports it, such as 2025-10-07 09:50:26 +0200."),
    )


def line_repeated(record: int) -> BadCellError:
    """The file has the same order twice; its lines are counted once."""
    return BadCellError(
        _("Row %(record)d begins this order and has this line already.")
        % {"record": record},
        _("Keep one of the two, or add up their quantities in one line."),
    )


def no_goods() -> BadCellError:
    """Neither SKU nor name."""
    return BadCellError(
        _("The line says neither SKU nor name of what was sold."),
        _("Write the SKU."),
    )


def no_quantity() -> BadCellError:
    """Blank, zero or less."""
    return BadCellError(
        _("A sale needs one unit or more."), _("Write how many were sold.")
    )


def sku_unknown() -> BadCellError:
    """Fees and gift wrapping have SKUs, too."""
    return BadCellError(
        _("The shop has no product with this SKU."),
        _("Add the product first, or leave the line out if it is no goods."),
    )


def name_unknown() -> BadCellError:
    """A line without a SKU, and no product that is called so."""
    return BadCellError(
        _("The line has no SKU, and no product is called like this."),
        _("Write the SKU of the product, or leave the line out if it is no goods."),
    )


def name_ambiguous(count: int) -> BadCellError:
    """A line without a SKU, and several products that are called so."""
    return BadCellError(
        _("The line has no SKU, and %(count)d products are called like this.")
        % {"count": count},
        _("Write the SKU of the one that was sold."),
    )


def location_unknown(name: str) -> BadCellError:
    """Nothing can be sold from a place that the shop doesn't have."""
    return BadCellError(
        _("No location has the code or name “%(name)s”.") % {"name": name},
        _("Add it first and receive its stock, or check its spelling."),
    )


def location_unused(name: str) -> BadCellError:
    """What was sold there can't come back to a place out of use."""
    return BadCellError(
        _("“%(name)s” is not in use for stock.") % {"name": name},
        _("Put the location into use again, or name another."),
    )


def in_the_future() -> BadCellError:
    """The business date of a sale is not over yet."""
    return BadCellError(
        _("This time is not there yet."), _("Check the date, and its offset.")
    )


def in_closed_period(closed_through: date) -> BadCellError:
    """Nothing may be dated in a period that is closed."""
    return BadCellError(
        _("The books are closed through %(day)s.")
        % {"day": date_format(closed_through)},
        _("Open them again, or adjust the stock by hand."),
    )


def units_short(wanted: int, available: int, place: str) -> BadCellError:
    """More was sold than the other lines leave; `place` may be ""."""
    where = _(" at %(place)s") % {"place": place} if place else ""
    if available <= 0:
        reason = _("None is left%(where)s, so %(wanted)d can't be taken.")
    else:
        reason = ngettext(
            "Only %(available)d is left%(where)s, so %(wanted)d can't be taken.",
            "Only %(available)d are left%(where)s, so %(wanted)d can't be taken.",
            available,
        )
    return BadCellError(
        reason % {"available": available, "where": where, "wanted": wanted},
        _("Receive or count the goods first, then import the file again."),
    )


def product_deleted(sku: str) -> BadCellError:
    """The goods of a cancelled order can't come back to a product that is gone."""
    return BadCellError(
        _("“%(sku)s” was deleted since its sale was posted.") % {"sku": sku},
        _("Bring the product back first."),
    )


def refunded() -> str:
    """Money went back; whether the goods did is not in the file."""
    return _(
        "A refund alone brings no goods back, so the sale stays. Receive what was"
        " returned."
    )


def quantity_differs(posted: int) -> str:
    """The order was edited after its sale was posted."""
    return ngettext(
        "The sale of %(count)d unit was posted before and stays. Adjust the stock if"
        " this number is right.",
        "The sale of %(count)d units was posted before and stays. Adjust the stock if"
        " this number is right.",
        posted,
    ) % {"count": posted}
