"""`manifest.json`: what a backup is, where it comes from, and a hash of each member."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from products.backups.refusals import BackupRefused

FORMAT = 1
NAME = "manifest.json"

Migrations = dict[str, list[str]]
"""App -> the names of its migrations that were applied, sorted."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside the archive; `size` in bytes, unpacked."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableData:
    """The rows of one table and the columns of each row."""

    table: str
    columns: list[str]
    rows: int
    member: Member


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that is said about a backup before its rows are looked at."""

    created_at: str
    engine: str
    migrations: Migrations
    ledger_head: str
    tables: list[TableData]
    media: Member
    media_files: int
    media_bytes: int
    format: int = FORMAT

    def rows(self, table: str) -> int:
        """Return how many rows the backup has of a table such as products.Product."""
        return next((data.rows for data in self.tables if data.table == table), 0)

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Return the manifest, or raise BackupRefused when it is none of ours."""
        try:
            document = json.loads(content)
            if document["format"] != FORMAT:
                raise BackupRefused(
                    _("This is a backup of another format (%s); this program reads 1.")
                    % document["format"]
                )
            return _manifest(document)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise BackupRefused(_("The backup's manifest is damaged.")) from error


def _manifest(document: Mapping[str, Any]) -> Manifest:
    return Manifest(
        created_at=str(document["created_at"]),
        engine=str(document["engine"]),
        migrations={
            str(app): [str(name) for name in names]
            for app, names in document["migrations"].items()
        },
        ledger_head=str(document["ledger_head"]),
        tables=[
            TableData(
                table=str(data["table"]),
                columns=[str(column) for column in data["columns"]],
                rows=int(data["rows"]),
                member=_member(data["member"]),
            )
            for data in document["tables"]
        ],
        media=_member(document["media"]),
        media_files=int(document["media_files"]),
        media_bytes=int(document["media_bytes"]),
    )


def _member(document: Mapping[str, Any]) -> Member:
    return Member(
        name=str(document["name"]),
        size=int(document["size"]),
        sha256=str(document["sha256"]),
    )


def applied_migrations() -> Migrations:
    """Return the migrations of this database; BackupRefused while some are missing."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupRefused(
            _("This database is not up to date. Run “manage.py migrate” first.")
        )
    labels = {config.label for config in apps.get_app_configs()}
    found: Migrations = {}
    for app, name in sorted(executor.loader.applied_migrations):
        if app in labels:
            found.setdefault(app, []).append(name)
    return found


def refuse_other_version(manifest: Manifest) -> None:
    """Raise BackupRefused unless backup and database have the same migrations."""
    here, there = _flat(applied_migrations()), _flat(manifest.migrations)
    if missing := there - here:
        raise BackupRefused(
            _(
                "The backup was made by a newer version of the program: it has %s."
                " Restore it with that version."
            )
            % ", ".join(sorted(missing))
        )
    if more := here - there:
        raise BackupRefused(
            _(
                "The backup was made by an older version of the program: it lacks %s."
                " Restore it with that version, then upgrade and run “manage.py"
                " migrate”."
            )
            % ", ".join(sorted(more))
        )


def _flat(migrations: Migrations) -> set[str]:
    return {f"{app}.{name}" for app, names in migrations.items() for name in names}
