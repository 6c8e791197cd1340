"""models.sequences: a product id that history mentions is never given again."""

import pytest
from django.db import connection

from products.models import Product
from products.models.sequences import lift_product_ids
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def restart_ids():
    table = Product._meta.db_table
    statements = {
        "sqlite": f"DELETE FROM sqlite_sequence WHERE name = '{table}'",
        "postgresql": f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1",
        "mysql": f"ALTER TABLE {table} AUTO_INCREMENT = 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor])


@pytest.mark.django_db(transaction=True)
def test_ids_go_on_above_the_history_after_a_rebuild():
    product = make_product(stock=1)
    old_id = product.pk
    product.delete()
    restart_ids()
    lift_product_ids(connection)
    assert make_product().pk > old_id
