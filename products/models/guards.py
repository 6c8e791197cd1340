"""Triggers that make history append-only, on all three databases.

Django's migrations can't keep them: on SQLite an `alter_field` rebuilds the table and
silently drops its triggers. So they are put back after every migrate, and `/readyz`
and `check_stock` say when one is missing.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from products.models.closings import Closing
from products.models.documents import DocumentChange
from products.models.operations import ProductChange
from products.models.stock import StockMovement

GUARDED = (StockMovement, ProductChange, DocumentChange, Closing)
EVENTS = ("update", "delete")

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION products_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql
"""
_CREATE = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    ),
    "postgresql": (
        "CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION products_refuse()"
    ),
    "mysql": (
        "CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW"
        " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{table} is append-only'"
    ),
}
_LIST = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    "mysql": (
        "SELECT trigger_name FROM information_schema.triggers"
        " WHERE trigger_schema = DATABASE()"
    ),
}


def _names(events: tuple[str, ...] = EVENTS) -> dict[str, tuple[str, str]]:
    """Return trigger name -> (table, event)."""
    return {
        f"{model._meta.db_table}_no_{event}": (model._meta.db_table, event)
        for model in GUARDED
        for event in events
    }


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are missing, one statement each."""
    missing = missing_guards(connection)
    if not missing:
        return
    names = _names()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name in missing:
            table, event = names[name]
            cursor.execute(
                _CREATE[connection.vendor].format(name=name, table=table, event=event)
            )


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that should be there and are not; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in _names() if name not in present]


def drop_guards(
    connection: BaseDatabaseWrapper, *, events: tuple[str, ...] = EVENTS
) -> None:
    """Drop the triggers of `events`, for a restore or a test that empties tables."""
    on_table = " ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name, (table, _event) in _names(events).items():
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + on_table.format(table=table)
            )
