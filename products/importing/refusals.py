"""What planning says when a row can't be taken as it stands, and how to mend it."""

from django.utils.translation import gettext as _

from products.tabular.problems import BadCellError


def same_sku(first: int) -> BadCellError:
    """Two records of the file have one SKU, perhaps in other letters."""
    return BadCellError(
        _("The same SKU as record %(record)d.") % {"record": first},
        _("Keep one of the two records, or change its SKU."),
    )


def same_product(first: int, sku: str) -> BadCellError:
    """Two records of the file are about one product of the shop."""
    return BadCellError(
        _("The same product as record %(record)d: “%(sku)s”.")
        % {"record": first, "sku": sku},
        _("Keep one of the two records."),
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
        _("The same options as record %(record)d of this group.") % {"record": first},
        _("Keep one of the two records, or change its options."),
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
    return _("A SKU was made from the handle and the options.")


def barcode_repeated(first: int) -> str:
    """Two records of the file have one barcode."""
    return _("Record %(record)d has this barcode. The cell was left out.") % {
        "record": first
    }


def barcode_taken(sku: str) -> str:
    """A product of the shop has this barcode and keeps it."""
    return _("“%(sku)s” has this barcode. The cell was left out.") % {"sku": sku}
