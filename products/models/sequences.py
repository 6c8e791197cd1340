"""Product ids are never used twice, or a new product would inherit old movements.

SQLite forgets its AUTOINCREMENT mark when a migration rebuilds the table, and a
restore into an empty database starts every sequence at one. So after each migrate the
next product id is lifted above every id that history mentions.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from products.models.operations import ProductChange
from products.models.products import Product
from products.models.stock import StockMovement


def lift_product_ids(connection: BaseDatabaseWrapper) -> None:
    """Make the next product id larger than any in the ledger; three queries."""
    highest = max(
        _highest(Product, "pk"),
        _highest(StockMovement, "product_id"),
        _highest(ProductChange, "product_id"),
    )
    if highest:
        with connection.cursor() as cursor:
            for sql, params in _statements(connection.vendor, highest):
                cursor.execute(sql, params)


def _highest(model: type[models.Model], field: str) -> int:
    answer = model._default_manager.aggregate(highest=models.Max(field))
    return int(answer["highest"] or 0)


def _statements(vendor: str, highest: int) -> list[tuple[str, list[str | int]]]:
    table = Product._meta.db_table
    if vendor == "sqlite":
        return [
            (
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0"
                " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [table, table],
            ),
            (
                "UPDATE sqlite_sequence SET seq = MAX(seq, %s) WHERE name = %s",
                [highest, table],
            ),
        ]
    if vendor == "postgresql":
        return [
            (
                "SELECT setval(pg_get_serial_sequence(%s, 'id'),"
                " GREATEST(%s, nextval(pg_get_serial_sequence(%s, 'id'))))",
                [table, highest, table],
            )
        ]
    # InnoDB never lowers the mark, so a smaller number here does nothing.
    return [(f"ALTER TABLE {table} AUTO_INCREMENT = {highest + 1}", [])]


_LAST = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = %s",
    "postgresql": "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id'))",
    "mysql": (
        "SELECT auto_increment - 1 FROM information_schema.tables"
        " WHERE table_schema = DATABASE() AND table_name = %s"
    ),
}


def last_product_id(connection: BaseDatabaseWrapper) -> int:
    """Return the id behind which the next product's will come; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST[connection.vendor], [Product._meta.db_table])
        row = cursor.fetchone()
    return int(row[0] or 0) if row else 0
