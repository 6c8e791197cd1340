"""services.variants.add_variants"""

from decimal import Decimal
from typing import Any

import pytest

from products.errors import FieldRefused, InventoryError, KeyReused, ProductGone
from products.models import Brand, Operation, Product, ProductGroup
from products.services.operations import Once
from products.services.undo import undo_operation
from products.services.variants import MOST, Grouping, Variant, add_variants
from products.tests.factories import by, make_group, make_product, reload

pytestmark = pytest.mark.django_db

SIZES = Grouping(names=("Size",), own=("M",))


def variant(size: str, **fields: Any) -> Variant:
    given: dict[str, Any] = {
        "options": (size,),
        "sku": f"TEE-{size}",
        "barcode": None,
        "price": Decimal("19.90"),
        "cost": Decimal("6.50"),
    }
    return Variant(**given | fields)


def add(product: Product, *variants: Variant, **how: Any) -> Operation:
    how.setdefault("grouping", None if product.group else SIZES)
    how.setdefault("circumstances", by())
    return add_variants(product_id=product.pk, variants=variants, **how)


@pytest.fixture
def tee() -> Product:
    brand = Brand.objects.create(name="Linden")
    return make_product(
        name="T-shirt", sku="TEE", barcode="X1", brand=brand, tags="cotton"
    )


class TestMakes:
    def test_a_group_of_a_product_without_one(self, tee: Product) -> None:
        add(tee, variant("S"), variant("L"))
        group = ProductGroup.objects.get()
        assert (group.name, group.handle, group.option1_name) == (
            "T-shirt",
            "t-shirt",
            "Size",
        )
        sizes = group.products.order_by("pk").values_list("option1", flat=True)
        assert list(sizes) == ["M", "S", "L"]

    def test_each_like_the_product_but_for_its_own(self, tee: Product) -> None:
        add(tee, variant("S", barcode="X2", quantity=7))
        small = Product.objects.get(sku="TEE-S")
        assert (small.name, small.tags, small.brand) == ("T-shirt", "cotton", tee.brand)
        assert (small.price, small.cost) == (Decimal("19.90"), Decimal("6.50"))
        assert (small.barcode, small.on_hand) == ("X2", 7)

    def test_more_of_a_group_there_is(self) -> None:
        group = make_group("Size")
        tee = make_product(group=group, option1="M")
        add(tee, variant("S"))
        assert group.products.count() == 2
        assert reload(tee).version == 1

    def test_two_groups_of_one_name(self, tee: Product) -> None:
        for _again in range(3):  # an undo leaves the group; its handle stays taken
            operation = add(tee, variant("S"))
            undo_operation(operation_id=operation.pk, circumstances=by())
        handles = ProductGroup.objects.values_list("handle", flat=True)
        assert set(handles) == {"t-shirt", "t-shirt-2", "t-shirt-3"}

    def test_one_undo_takes_everything_back(self, tee: Product) -> None:
        operation = add(tee, variant("S", quantity=7), variant("L"))
        undo_operation(operation_id=operation.pk, circumstances=by())
        assert list(Product.objects.all()) == [tee]
        assert (reload(tee).group, reload(tee).option1) == (None, "")

    def test_the_same_request_once(self, tee: Product) -> None:
        once = Once("k", {"sizes": "S"})
        first = add(tee, variant("S"), circumstances=by(once=once))
        again = add(tee, variant("S"), circumstances=by(once=once))
        assert first == again
        assert Product.objects.count() == 2
        with pytest.raises(KeyReused):
            add(tee, circumstances=by(once=Once("k", {"sizes": "L"})))


class TestRefuses:
    def test_everything_when_one_code_is_taken(self, tee: Product) -> None:
        with pytest.raises(FieldRefused, match="tee: Another product has this SKU"):
            add(tee, variant("S"), variant("L", sku="tee"))
        assert Product.objects.count() == 1
        assert reload(tee).group is None

    def test_a_combination_there_is(self) -> None:
        tee = make_product(group=make_group("Size"), option1="M")
        with pytest.raises(FieldRefused, match="same options"):
            add(tee, variant("M"))

    @pytest.mark.parametrize("count", [0, MOST + 1])
    def test_none_and_too_many(self, tee: Product, count: int) -> None:
        with pytest.raises(InventoryError, match="from 1 to 100"):
            add(tee, *[variant(str(number)) for number in range(count)])

    @pytest.mark.parametrize("grouping", [None, Grouping((), ())])
    def test_without_options(self, tee: Product, grouping: Grouping | None) -> None:
        with pytest.raises(InventoryError, match="how the variants differ"):
            add(tee, variant("S"), grouping=grouping)
        assert not Operation.objects.filter(changes__sku="TEE-S").exists()

    def test_a_deleted_product(self, tee: Product) -> None:
        Product.objects.all().delete()
        with pytest.raises(ProductGone):
            add(tee, variant("S"))
