"""services.archiving: one operation for all, and nothing twice."""

import pytest

from products.errors import NothingToPost
from products.models import Product
from products.services.archiving import archive_products
from products.tests.factories import by, make_product

pytestmark = pytest.mark.django_db


def test_archives_what_is_not_archived_yet():
    first, second = make_product(), make_product(status="archived")
    operation = archive_products(product_ids=[first.pk, second.pk], circumstances=by())
    assert operation.changes.get().product_id == first.pk
    assert not Product.objects.listed().exists()


def test_a_second_time_there_is_nothing_to_do():
    product = make_product()
    archive_products(product_ids=[product.pk], circumstances=by())
    with pytest.raises(NothingToPost):
        archive_products(product_ids=[product.pk], circumstances=by())


def test_many_cost_the_same_number_of_queries(django_assert_max_num_queries):
    products = [make_product() for _ in range(30)]
    with django_assert_max_num_queries(12):
        archive_products(product_ids=[p.pk for p in products], circumstances=by())
