"""Put a backup into an empty database, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from products.backups.archive import ArchiveReader, open_archive
from products.backups.manifest import (
    NAME,
    Manifest,
    Member,
    TableData,
    refuse_other_version,
)
from products.backups.media import MediaStage, read_index, stage_in
from products.backups.refusals import BackupRefused
from products.backups.rows import write_rows
from products.backups.tables import (
    Table,
    check_same_tables,
    clear_what_migrate_filled,
    refuse_unless_empty,
    shop_tables,
)
from products.backups.writing import Progress
from products.models.guards import drop_guards, install_guards
from products.services.ledger_head import ledger_head


def restore_backup(
    path: Path, *, progress: Progress, media_root: Path | None = None
) -> Manifest:
    """Fill this empty, migrated database and the media folder; return what came.

    Every member is checked against its hash before anything is written. The rows come
    in one transaction, in the end of which counts and ledger head must be those of
    the manifest; the pictures are moved to their places after it. Raises
    BackupRefused, and leaves database and folder as they were.
    """
    tables = shop_tables()
    folder = media_root or Path(settings.MEDIA_ROOT)
    with open_archive(path) as archive:
        manifest = Manifest.from_json(archive.read_small(NAME))
        refuse_other_version(manifest)
        check_same_tables(
            tables, {each.table: each.columns for each in manifest.tables}
        )
        media = _check_members(archive, manifest, progress)
        refuse_unless_empty(tables)
        with stage_in(folder, needed=manifest.media_bytes) as stage:
            _unpack(archive, media, stage, progress)
            with _unguarded(), transaction.atomic():
                refuse_unless_empty(tables)
                _load(archive, manifest, tables, progress)
                _check_loaded(manifest, tables)
            stage.move_into_place()
    _put_right()
    return manifest


@contextmanager
def _unguarded() -> Iterator[None]:
    """Lift the delete guards of an empty shop, around the transaction, not in it.

    MariaDB ends a transaction with each change of a trigger.
    """
    drop_guards(connection, events=("delete",))
    try:
        yield
    finally:
        install_guards(connection)


def _check_members(
    archive: ArchiveReader, manifest: Manifest, progress: Progress
) -> list[Member]:
    """Check every member; return those of the media folder."""
    archive.check(manifest.media)
    media = list(read_index(archive, manifest.media))
    members = [*(data.member for data in manifest.tables), *media]
    known = {NAME, manifest.media.name, *(member.name for member in members)}
    if extra := archive.names - known:
        raise BackupRefused(
            _("The backup holds “%s”, which its manifest doesn't know.") % min(extra)
        )
    for number, member in enumerate(members, start=1):
        archive.check(member)
        progress(_("Checking the file"), number, len(members))
    return media


def _unpack(
    archive: ArchiveReader, media: list[Member], stage: MediaStage, progress: Progress
) -> None:
    for number, member in enumerate(media, start=1):
        stage.unpack(archive, member)
        progress(_("Unpacking pictures"), number, len(media))


def _load(
    archive: ArchiveReader,
    manifest: Manifest,
    tables: list[Table],
    progress: Progress,
) -> None:
    found = {data.table: data for data in manifest.tables}
    # MariaDB checks a foreign key at once, also where a category's parent comes later.
    with connection.constraint_checks_disabled():
        clear_what_migrate_filled(tables)
        for table in tables:
            _load_table(archive, table, found[table.label], progress)
    try:
        connection.check_constraints([table.name for table in tables])
    except DatabaseError as error:
        raise BackupRefused(_("The backup is inconsistent: %s") % error) from error


def _load_table(
    archive: ArchiveReader, table: Table, data: TableData, progress: Progress
) -> None:
    done, what = 0, _("Restoring %s") % table.label
    for count in write_rows(table, archive.lines(data.member.name)):
        done += count
        progress(what, done, data.rows)


def _check_loaded(manifest: Manifest, tables: list[Table]) -> None:
    for table in tables:
        if table.count() != manifest.rows(table.label):
            raise BackupRefused(
                _(
                    "The backup is inconsistent: the rows of %s are not as many as the"
                    " manifest says."
                )
                % table.label
            )
    if ledger_head() != manifest.ledger_head:
        raise BackupRefused(
            _("The backup is inconsistent: its ledger head is not that of its rows.")
        )


def _put_right() -> None:
    """Let new ids start above the restored ones; do what follows each migrate."""
    models = [table.model for table in shop_tables()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    ContentType.objects.clear_cache()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
