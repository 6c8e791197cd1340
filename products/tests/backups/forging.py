"""Backups that somebody tampered with."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Members = dict[str, bytes]


def rewrite(path: Path, change: Callable[[Members], None]) -> None:
    """Write the archive anew after `change` did something to its members."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def edit_manifest(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest, which carries no hash of itself."""

    def edit(members: Members) -> None:
        manifest = json.loads(members["manifest.json"])
        change(manifest)
        members["manifest.json"] = json.dumps(manifest).encode()

    rewrite(path, edit)


def archive_with(path: Path, info: ZipInfo | str, content: bytes = b"x") -> Path:
    """An archive with one member, and a manifest nobody should get to read."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"{}")
        archive.writestr(info, content)
    return path
