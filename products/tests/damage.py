"""Ways to damage a shop's records behind the services' back, for tests of the check.

The guards are dropped and put back, as somebody would who owns the database. Use in
transactional tests only: on MariaDB dropping a trigger commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from products.models import StockMovement
from products.models.guards import drop_guards, install_guards


@contextmanager
def unguarded() -> Iterator[None]:
    drop_guards(connection)
    yield
    install_guards(connection)


@unguarded()
def edit_movement(movement: StockMovement, **values: Any) -> None:
    StockMovement.objects.filter(pk=movement.pk).update(**values)


@unguarded()
def delete_movement(movement: StockMovement) -> None:
    StockMovement.objects.filter(pk=movement.pk).delete()


def copy_movement(movement: StockMovement, **values: Any) -> StockMovement:
    """Store the movement a second time, with other values here and there."""
    movement.pk = None
    for name, value in values.items():
        setattr(movement, name, value)
    movement.save(force_insert=True)
    return movement


@unguarded()
def write_raw(model: Any, pk: int, **values: Any) -> None:
    """Put anything into columns, past every conversion: SQLite takes it.

    The values are SQL. Check constraints look away, as they did for rows that are
    older than the constraint.
    """
    columns = ", ".join(f"{name} = {value}" for name, value in values.items())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s", [pk]
        )
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
