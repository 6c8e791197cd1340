"""Write the shop into one file, while it is open for business."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from products.backups.archive import ArchiveWriter
from products.backups.manifest import (
    NAME,
    Manifest,
    Member,
    TableData,
    applied_migrations,
)
from products.backups.media import PREFIX, index_line, media_files, read_chunks
from products.backups.refusals import BackupRefused
from products.backups.rows import read_lines
from products.backups.tables import Table, shop_tables
from products.models.reading import one_moment
from products.services.ledger_head import ledger_head

STEP = 1_000  # rows between two reports of progress

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done, and how much there is."""
Verify = Callable[[Path, Manifest], None]
"""Looks at the finished file before it gets its name; raises to refuse it."""


def write_backup(
    path: Path,
    *,
    progress: Progress,
    verify: Verify | None = None,
    overwrite: bool = False,
) -> Manifest:
    """Write database, pictures and ledger head into `path`; return what is in it.

    The rows are those of one moment; others go on writing. `path` appears when all is
    written (and verified), readable for its owner alone. Memory stays flat; on SQLite
    the write-ahead log grows until the rows are read. Raises BackupRefused.
    """
    media_root = Path(settings.MEDIA_ROOT)
    _refuse_place(path, media_root, overwrite=overwrite)
    with _appearing(path) as (stream, temporary):
        manifest = _write(stream, media_root, progress)
        if verify is not None:
            verify(temporary, manifest)
    return manifest


def _write(stream: IO[bytes], media_root: Path, progress: Progress) -> Manifest:
    with closing(ArchiveWriter(stream)) as archive:
        with one_moment():
            created_at = timezone.now().isoformat(timespec="seconds")
            migrations = applied_migrations()
            tables = [_add_table(archive, table, progress) for table in shop_tables()]
            head = ledger_head()
        # Behind the rows: whatever picture they mention is there by now.
        media = _add_media(archive, media_root, progress)
        manifest = Manifest(
            created_at=created_at,
            engine=connection.vendor,
            migrations=migrations,
            ledger_head=head,
            tables=tables,
            media=archive.add("media.jsonl", map(index_line, media)),
            media_files=len(media),
            media_bytes=sum(member.size for member in media),
        )
        archive.add(NAME, [manifest.as_json()])
    stream.flush()
    os.fsync(stream.fileno())
    return manifest


def _add_media(
    archive: ArchiveWriter, folder: Path, progress: Progress
) -> list[Member]:
    members, files = list[Member](), list(media_files(folder))
    for number, name in enumerate(files, start=1):
        chunks = read_chunks(folder / name)
        members.append(archive.add(PREFIX + name, chunks, compress=False))
        progress(_("Saving pictures"), number, len(files))
    return members


def _add_table(archive: ArchiveWriter, table: Table, progress: Progress) -> TableData:
    rows, total = 0, table.count()
    what = _("Saving %s") % table.label

    def counted() -> Iterator[bytes]:
        nonlocal rows
        for line in read_lines(table):
            rows += 1
            if rows % STEP == 0 or rows == total:
                progress(what, rows, total)
            yield line

    member = archive.add(f"data/{table.label}.jsonl", counted())
    return TableData(table.label, table.columns, rows, member)


def _refuse_place(path: Path, media_root: Path, *, overwrite: bool) -> None:
    if path.exists() and not (overwrite and path.is_file()):
        raise BackupRefused(_("“%s” is there already. --force replaces it.") % path)
    if not path.parent.is_dir():
        raise BackupRefused(_("There is no folder “%s”.") % path.parent)
    if path.resolve().is_relative_to(media_root.resolve()):
        raise BackupRefused(
            _("“%s” is in the media folder, which is open to people.") % path
        )


@contextmanager
def _appearing(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Give a file beside `path` that takes its name when the block ends well."""
    try:
        # Readable for its owner alone, from the first byte.
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        message = _("“%(path)s” can't be written: %(why)s.")
        raise BackupRefused(message % {"path": path, "why": error.strerror}) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream, temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
