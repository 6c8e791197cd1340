"""A row of each kind, for tests of the lists of the admin."""

from decimal import Decimal

from django.utils import timezone

from products.models import (
    Brand,
    Closing,
    Digest,
    ImportRun,
    Location,
    Product,
    ProductGroup,
    Stocktake,
    StocktakeLine,
    Transfer,
    TransferLine,
)
from products.services.reservations import Wanted, hold_stock
from products.tests.factories import (
    adjust,
    by,
    make_category,
    make_location,
    make_product,
)


def make_one_of_each() -> Product:
    """A row in every list, with columns filled and left empty."""
    main, back = Location.objects.get_default(), make_location()
    kitchen = make_category("Kitchen & more")
    brand = Brand.objects.create(name="<Brand>")
    group = ProductGroup.objects.create(name="Tee", handle="tee", option1_name="Size")
    product = make_product(
        stock=1_234_567,
        name="<b>Mug</b>",
        category=make_category("Mugs", kitchen),
        brand=brand,
        group=group,
        price=Decimal("1234.50"),
    )
    make_product(name="   x", price=None)
    adjust(product, -1)
    hold_stock(wanted=[Wanted(product.pk, 1)], circumstances=by())
    transfer = Transfer.objects.create(
        source=main, destination=back, created_by_label="Ada"
    )
    TransferLine.objects.create(
        transfer=transfer, product=product, sku=product.sku, quantity=2
    )
    counted = Stocktake.objects.create(
        name="Spring", location=main, created_by_label="Ada"
    )
    StocktakeLine.objects.create(
        stocktake=counted, product=product, sku=product.sku, location=main
    )
    ImportRun.objects.create(file_name="a.csv", size=1, actor_label="T")
    Closing.objects.create(actor_label="T", closed_through=timezone.localdate())
    Digest.objects.create(fingerprint="f", head="h", product_count=1, recipients="t")
    return product
