"""reports.stock_check.chains: each kind of damage to the movements is named."""

from decimal import Decimal

import pytest

from products.models import Product, StockLevel
from products.services.chain import movement_hash
from products.tests.damage import (
    copy_movement,
    delete_movement,
    edit_movement,
    unguarded,
)
from products.tests.reports.stock_check.histories import (
    checks,
    found,
    make_history,
    nth,
)

pytestmark = pytest.mark.django_db(transaction=True)


class TestEditedMovements:
    def test_delta(self):
        product = make_history()
        edit_movement(nth(product, 3), delta=-2)
        assert found("balance") == (product.sku, "MAIN", nth(product, 3).pk)
        assert found("hash") == (product.sku, "MAIN", nth(product, 3).pk)

    def test_balance(self):
        product = make_history()
        edit_movement(nth(product, 3), balance_after=99)
        assert found("balance") == (product.sku, "MAIN", nth(product, 3).pk)

    def test_value(self):
        product = make_history()
        edit_movement(nth(product, 2), value_after=Decimal("45.0001"))
        assert found("value") == (product.sku, "MAIN", nth(product, 2).pk)

    def test_who_and_when(self):
        """What no sum shows, the hash does."""
        product, other = make_history(), make_history()
        edit_movement(nth(product, 4), operation=nth(other, 1).operation)
        assert checks() == {"hash"}
        assert found("hash") == (product.sku, "MAIN", nth(product, 4).pk)

    def test_hash_made_to_fit(self):
        """Whoever computes the hash anew breaks the link of the next movement."""
        product = make_history()
        edit_movement(nth(product, 3), sku="OTHER")
        edit_movement(nth(product, 3), hash=movement_hash(nth(product, 3)))
        assert checks() == {"chain"}
        assert found("chain") == (product.sku, "MAIN", nth(product, 4).pk)

    def test_unknown_version(self):
        product = make_history()
        edit_movement(nth(product, 3), hash_version=9)
        assert found("hash") == (product.sku, "MAIN", nth(product, 3).pk)

    def test_clock_that_went_back(self):
        product = make_history()
        first = nth(product, 1).recorded_at
        early = first.replace(year=first.year - 1)
        edit_movement(nth(product, 3), recorded_at=early, effective_at=early)
        assert found("time") == (product.sku, "MAIN", nth(product, 3).pk)


class TestMissingAndForgedMovements:
    def test_deleted_in_the_middle(self):
        product = make_history()
        delete_movement(nth(product, 3))
        following = (product.sku, "MAIN", nth(product, 4).pk)
        assert found("sequence") == found("chain") == found("balance") == following

    def test_deleted_at_the_end(self):
        product = make_history()
        delete_movement(nth(product, 5))
        assert found("level") == found("head") == (product.sku, "MAIN", None)

    def test_all_deleted(self):
        product = make_history()
        with unguarded():
            product.movements.all().delete()
        assert {"level", "head"} <= checks()

    def test_forked_tail(self):
        """A second last movement that also continues the one before."""
        product = make_history()
        forged = copy_movement(nth(product, 5), sequence=6)
        assert found("chain") == (product.sku, "MAIN", forged.pk)
        assert found("head") == (product.sku, "MAIN", None)

    def test_level_of_a_living_product_gone(self):
        product = make_history()
        StockLevel.objects.filter(product=product).delete()
        assert found("level") == (product.sku, "MAIN", None)
        assert found("total") == (product.sku, None, None)

    def test_deleted_product_that_left_stock(self):
        product = make_history()
        StockLevel.objects.filter(product=product).delete()
        Product.objects.filter(pk=product.pk).delete()
        assert found("gone") == (product.sku, "MAIN", None)
