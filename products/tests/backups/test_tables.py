"""backups.tables: the shop's tables, each behind those it points to."""

from products.backups.tables import Table, shop_tables
from products.models import Location, Product


def labels():
    return [table.label for table in shop_tables()]


def test_each_table_stands_behind_those_it_points_to():
    order = labels()
    for table in shop_tables():
        for field in table.fields:
            target = field.related_model
            if target and target is not table.model:
                assert order.index(target._meta.label) < order.index(table.label)


def test_every_app_is_in_but_who_is_signed_in():
    assert {"accounts.User", "accounts.User_groups", "products.Product"} <= set(
        labels()
    )
    assert "sessions.Session" not in labels()


def test_generated_columns_come_by_themselves():
    assert "default_slot" not in Table(Location).columns
    assert not {"available", "stock_status"} & set(Table(Product).columns)
    assert "on_hand" in Table(Product).columns
