"""The pictures: read from the media folder, and put back into one."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from products.backups.archive import CHUNK, ArchiveReader, is_safe_name
from products.backups.manifest import Member
from products.backups.refusals import BackupRefused

PREFIX = "media/"
STAGE = ".restore-"  # hidden, and so in no backup


def media_files(folder: Path) -> Iterator[str]:
    """Yield the name of every file below the folder, sorted, with slashes.

    Leaves out what is hidden and links, which may lead anywhere. Raises BackupRefused
    for a name that can't be restored everywhere.
    """
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            path = Path(parent, file)
            if file.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            name = path.relative_to(folder).as_posix()
            if not is_safe_name(name):
                raise BackupRefused(
                    _("Rename “%s” in the media folder; no backup can hold that name.")
                    % name
                )
            yield name


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield a file in parts."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def index_line(member: Member) -> bytes:
    """Return the line of `media.jsonl` for one member."""
    return json.dumps(asdict(member)).encode() + b"\n"


def read_index(archive: ArchiveReader, index: Member) -> Iterator[Member]:
    """Yield the members below `media/`, as the checked index lists them."""
    for line in archive.lines(index.name):
        try:
            member = Member(**json.loads(line))
        except (TypeError, ValueError) as error:
            raise BackupRefused(_("The backup's manifest is damaged.")) from error
        if not member.name.startswith(PREFIX):
            raise BackupRefused(_("The backup's manifest is damaged."))
        yield member


class MediaStage:
    """Files unpacked beside their places, to be moved there all at once."""

    def __init__(self, folder: Path, stage: Path) -> None:
        self._folder = folder
        self._stage = stage
        self._names: list[str] = []

    def unpack(self, archive: ArchiveReader, member: Member) -> None:
        """Write one checked member into the stage; it must have its place free.

        Raises BackupRefused where another file of this name is.
        """
        name = member.name.removeprefix(PREFIX)
        target = self._place(name)
        if target.exists():
            if _sha256(target) == member.sha256:
                return
            raise BackupRefused(
                _(
                    "“%s” is there already, with other content. Name an empty folder in"
                    " MEDIA_ROOT."
                )
                % target
            )
        staged = self._stage / str(len(self._names))
        with staged.open("wb") as stream:
            for chunk in archive.chunks(member.name):
                stream.write(chunk)
        if settings.FILE_UPLOAD_PERMISSIONS is not None:
            staged.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        self._names.append(name)

    def move_into_place(self) -> None:
        for number, name in enumerate(self._names):
            target = self._place(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._stage / str(number)).replace(target)

    def _place(self, name: str) -> Path:
        """Return where the file belongs, which is never outside the folder."""
        target = self._folder / name
        if not target.resolve().is_relative_to(self._folder.resolve()):
            raise BackupRefused(_("“%s” leads out of the media folder.") % name)
        return target


@contextmanager
def stage_in(folder: Path, *, needed: int) -> Iterator[MediaStage]:
    """Give a stage inside the media folder, which is removed in the end.

    `needed` is in bytes; raises BackupRefused when the disk has no room for them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < needed:
        raise BackupRefused(
            _("There is no room for the pictures: they need %d bytes.") % needed
        )
    stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=folder))
    try:
        yield MediaStage(folder, stage)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
