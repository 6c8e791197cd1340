"""Which tables belong to a shop, in the order in which they can be filled."""

from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.backups.refusals import BackupRefused

# Who is signed in where ends with the database it was in.
# Work that waits for a worker belongs to the machine it was given to.
# The figures are counted anew.
LEFT_OUT = {
    "sessions.Session",
    "usersessions.UserSession",
    "django_tasks_database.DBTaskResult",
    "products.DayFigures",
    "products.ShopFigures",
}
# What `migrate` fills by itself. A restore puts the backup's rows in their place, so
# that permissions and content types keep the ids that other tables point to.
FILLED_BY_MIGRATE = {
    "contenttypes.ContentType": None,
    "auth.Permission": None,
    "auth.Group": None,
    "auth.Group_permissions": None,
    "products.Closing": 1,
    "products.Location": 1,
}
"""Table -> the rows of it that an empty shop has at most; None for any number."""


@dataclass(frozen=True)
class Table:
    """One table: what its model is called and which columns are stored."""

    model: type[Model]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[Field]:
        """The columns with a value of their own; generated ones come by themselves."""
        fields = self.model._meta.local_concrete_fields
        return [field for field in fields if not getattr(field, "generated", False)]

    @property
    def columns(self) -> list[str]:
        return [field.attname for field in self.fields]

    def count(self) -> int:
        return self.model._base_manager.count()


def shop_tables() -> list[Table]:
    """Return every table of the installed apps, each behind those it points to."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label not in LEFT_OUT
    ]
    order = TopologicalSorter(
        {model: [to for to in _pointed_to(model) if to in models] for model in models}
    )
    return [Table(model) for model in order.static_order()]


def _pointed_to(model: type[Model]) -> list[type[Model]]:
    related = [field.related_model for field in model._meta.local_concrete_fields]
    return [
        to._meta.concrete_model or to
        for to in related
        if isinstance(to, type) and to is not model
    ]


def refuse_unless_empty(tables: list[Table]) -> None:
    """Raise BackupRefused when anybody has put anything into this database."""
    for table in tables:
        allowed = FILLED_BY_MIGRATE.get(table.label, 0)
        count = table.count() if allowed is not None else 0
        if count > (allowed or 0):
            raise BackupRefused(
                ngettext(
                    "This database is not empty: %(count)d row of %(table)s. A restore"
                    " needs an empty one; name another in DATABASE_URL.",
                    "This database is not empty: %(count)d rows of %(table)s. A restore"
                    " needs an empty one; name another in DATABASE_URL.",
                    count,
                )
                % {"count": count, "table": table.label}
            )


def clear_what_migrate_filled(tables: list[Table]) -> None:
    """Delete the rows of an empty shop, so that the backup's can take their ids.

    Without the delete guards: the first closing is history too.
    """
    with connection.cursor() as cursor:
        for table in reversed(tables):
            if table.label in FILLED_BY_MIGRATE:
                name = connection.ops.quote_name(table.name)
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608  (our own table)


def check_same_tables(tables: list[Table], found: dict[str, list[str]]) -> None:
    """Raise BackupRefused unless `found` (label -> columns) are just these tables."""
    expected = {table.label: table.columns for table in tables}
    if expected != found:
        labels = sorted(
            label
            for label in expected.keys() | found.keys()
            if expected.get(label) != found.get(label)
        )
        raise BackupRefused(
            _("The backup doesn't fit the tables here: %s.") % ", ".join(labels)
        )
