"""The archive: written in one stream; read only after every member was judged.

A backup may come from anywhere, so nothing is unpacked by a name it carries before
the name, the kind and the size were looked at, and nothing by zipfile's `extract`.
"""

import hashlib
import io
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from products.backups.manifest import Member
from products.backups.refusals import BackupRefused

CHUNK = 1 << 20  # bytes read at once
LONGEST_LINE = 1 << 28  # bytes of one row; the longest hold the report of an import
MANIFEST_LIMIT = 1 << 24  # bytes
# A backup of ours unpacks to some 5 to 30 times its size; a bomb to a thousand times.
RATIO = 200
ALWAYS_ALLOWED = 1 << 28  # bytes unpacked, whatever the ratio
DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


class ArchiveWriter:
    """Adds members one after the other."""

    def __init__(self, stream: IO[bytes]) -> None:
        # Level 1: hashes hardly shrink, and the higher levels take five times as long.
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1)

    def add(
        self, name: str, chunks: Iterable[bytes], *, compress: bool = True
    ) -> Member:
        """Write one member from its parts; return its size and hash."""
        info = ZipInfo(name, timezone.now().timetuple()[:6])
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        digest, size = hashlib.sha256(), 0
        with (
            self._zip.open(info, "w", force_zip64=True) as raw,
            io.BufferedWriter(raw, CHUNK) as member,
        ):
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        return Member(name, size, digest.hexdigest())

    def close(self) -> None:
        self._zip.close()


class ArchiveReader:
    """The members of a file that somebody says is a backup; use `open_archive`."""

    def __init__(self, archive: ZipFile, size: int) -> None:
        """`size` is that of the file, in bytes. Raises BackupRefused."""
        self._zip = archive
        infos = archive.infolist()
        self._infos = {info.filename: info for info in infos}
        if len(self._infos) != len(infos):
            raise BackupRefused(_("The backup has two members of one name."))
        for info in infos:
            _refuse_unsafe(info)
        unpacked = sum(info.file_size for info in infos)
        if unpacked > max(RATIO * size, ALWAYS_ALLOWED):
            raise BackupRefused(
                _(
                    "The backup would unpack to %(unpacked)d bytes from %(size)d. That"
                    " is no backup of ours."
                )
                % {"unpacked": unpacked, "size": size}
            )

    @property
    def names(self) -> set[str]:
        return set(self._infos)

    def read_small(self, name: str) -> bytes:
        """Return a whole member of at most MANIFEST_LIMIT bytes."""
        info = self._find(name)
        if info.file_size > MANIFEST_LIMIT:
            raise BackupRefused(_("“%s” in the backup is too large.") % name)
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member in parts of at most CHUNK bytes."""
        with _damage_is_refused(), self._zip.open(self._find(name)) as member:
            while chunk := member.read(CHUNK):
                yield chunk

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a member's lines; BackupRefused for one of more than LONGEST_LINE."""
        with _damage_is_refused(), self._zip.open(self._find(name)) as member:
            while line := member.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise BackupRefused(_("“%s” in the backup is damaged.") % name)
                yield line

    def check(self, member: Member) -> None:
        """Raise BackupRefused unless the member is just what the manifest says."""
        digest = hashlib.sha256()
        if self._find(member.name).file_size == member.size:
            for chunk in self.chunks(member.name):
                digest.update(chunk)
        if digest.hexdigest() != member.sha256:
            raise BackupRefused(
                _("“%s” in the backup was changed or damaged.") % member.name
            )

    def _find(self, name: str) -> ZipInfo:
        if name not in self._infos:
            raise BackupRefused(_("The backup lacks “%s”.") % name)
        return self._infos[name]


@contextmanager
def open_archive(path: Path) -> Iterator[ArchiveReader]:
    """Open a backup for reading. Raises BackupRefused."""
    try:
        size = path.stat().st_size
        archive = ZipFile(path)
    except BadZipFile as error:
        raise BackupRefused(_("“%s” is no backup.") % path) from error
    except OSError as error:
        message = _("“%(path)s” can't be read: %(why)s.")
        raise BackupRefused(message % {"path": path, "why": error.strerror}) from error
    with archive:
        yield ArchiveReader(archive, size)


def is_safe_name(name: str) -> bool:
    """Say whether a member's name stays below the folder it is unpacked into."""
    parts = name.split("/")
    is_plain = all(part not in {"", ".", ".."} for part in parts)
    return is_plain and name.isprintable() and not any(c in name for c in "\\:")


def _refuse_unsafe(info: ZipInfo) -> None:
    """Only plain files: no folders, links, devices; nothing encrypted or exotic."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_plain = (
        is_safe_name(info.filename)
        and info.filename == info.orig_filename
        and kind in {0, stat.S_IFREG}
        and not info.flag_bits & 1
        and info.compress_type in {ZIP_STORED, ZIP_DEFLATED}
    )
    if not is_plain:
        raise BackupRefused(
            _("The backup holds “%s”, which no backup of ours does.") % info.filename
        )


@contextmanager
def _damage_is_refused() -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        raise BackupRefused(_("The backup is damaged: %s") % error) from error
