"""What planning says when a row can't be taken as it stands, and how to mend it."""

from django.utils.translation import gettext as _

from products.tabular.problems import BadCellError


def same_sku(first: int) -> BadCellError:
    """Two records of the file have one SKU, perhaps in other letters."""
    return BadCellError(
        _("The same SKU as row %(record)d.") % {"record": first},
        _("Keep one of the two rows, or change its SKU."),
    )


def same_product(first: int, sku: str) -> BadCellError:
    """Two records of the file are about one product of the shop."""
    return BadCellError(
        _("The same product as row %(record)d: “%(sku)s”.")
        % {"record": first, "sku": sku},
        _("Keep one of the two rows."),
    )


def same_place(first: int) -> BadCellError:
    """Two records of the file are about one product at one location."""
    return BadCellError(
        _("The same product and location as row %(record)d.") % {"record": first},
        _("Keep one of the two rows."),
    )


def product_unknown() -> BadCellError:
    """A file that only updates names a product that the shop doesn't have."""
    return BadCellError(
        _("The shop has no such product, and this kind of file makes none."),
        _("Add the product first, or check its SKU."),
    )


def barcode_unknown() -> BadCellError:
    """A row without a SKU has a barcode that no product has."""
    return BadCellError(
        _("No product of the shop has this barcode, and a new one needs a SKU."),
        _("Give it a SKU, or check the barcode."),
    )


def reference_unknown(name: str) -> BadCellError:
    """A strict import names a category, brand or group that isn't there."""
    return BadCellError(
        _("The shop has no “%(name)s”, and this import is to make nothing new.")
        % {"name": name},
        _("Add it first, check its spelling, or import without “strict”."),
    )


def place_unknown(name: str) -> BadCellError:
    """A strict import names a location that isn't there."""
    return BadCellError(
        _("No location has the code or name “%(name)s”.") % {"name": name},
        _("Add it first, check its spelling, or import without “strict”."),
    )


def place_unused(name: str) -> BadCellError:
    """The file puts stock where none may be put."""
    return BadCellError(
        _("“%(name)s” is not in use, so no stock can go there.") % {"name": name},
        _("Put the location into use again, or name another."),
    )


def no_name() -> BadCellError:
    """A new product comes without a name."""
    return BadCellError(
        _("A new product needs a name."),
        _("Write one, or check the SKU if the product is there already."),
    )


def options_repeated(first: int) -> BadCellError:
    """Two records of the file have one group and the same options."""
    return BadCellError(
        _("The same options as row %(record)d of this group.") % {"record": first},
        _("Keep one of the two rows, or change its options."),
    )


def options_taken(sku: str) -> BadCellError:
    """A product of the shop has this group and these options."""
    return BadCellError(
        _("These options of the group belong to “%(sku)s”.") % {"sku": sku},
        _("Use its SKU, or change the options of one of them."),
    )


def units_held(held: int) -> BadCellError:
    """The file wants fewer units than are held for somebody."""
    return BadCellError(
        _("%(count)d units are held, so stock can't go below that.") % {"count": held},
        _("Release them first, or write a larger number."),
    )


def stock_gone(available: int) -> BadCellError:
    """A planned difference would take more than there is by now."""
    return BadCellError(
        _("Only %(count)d are available now, so the planned units can't be taken.")
        % {"count": available},
        _("Send this row again with the number that is there now."),
    )


def too_valuable() -> BadCellError:
    """Quantity times cost is more than the books can hold."""
    return BadCellError(
        _("Stock at this cost is worth more than can be booked."),
        _("Check the quantity and the cost."),
    )


def oversold(units: int) -> str:
    """Another system has sold more than there was; stock can't be negative here."""
    return _("%(units)d can't be stock. It comes in with 0 on hand.") % {"units": units}


def sku_made() -> str:
    """The file gave no SKU."""
    return _("The file gives none, so one was made.")


def barcode_repeated(first: int) -> str:
    """Two records of the file have one barcode."""
    return _("Row %(record)d has this barcode. The cell was left out.") % {
        "record": first
    }


def barcode_taken(sku: str) -> str:
    """A product of the shop has this barcode and keeps it."""
    return _("“%(sku)s” has this barcode. The cell was left out.") % {"sku": sku}
