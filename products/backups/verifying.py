"""Prove a backup by restoring it: a file that was never restored is only a hope."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from products.backups.manifest import Manifest
from products.backups.refusals import BackupRefused

COUNTED = {
    "products": "products.Product",
    "levels": "products.StockLevel",
    "movements": "products.StockMovement",
}
"""What `check_stock --json` counts, and the table it counts."""


def verify_backup(path: Path, manifest: Manifest) -> None:
    """Restore into a scratch database and run `check_stock` there.

    The scratch database is an SQLite file in the temporary folder (TMPDIR), whatever
    the shop runs on; the commands run in processes of their own, so that this one's
    database is out of reach. `restore` compares every table's count; here the head
    and the counts of the check are compared. Raises BackupRefused.
    """
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        scratch = Path(folder)
        _manage(scratch, "restore", str(path), "--media-root", f"{scratch / 'media'}")
        check = json.loads(_manage(scratch, "check_stock", "--json"))
    expected: dict[str, object] = {"head": manifest.ledger_head}
    expected |= {name: manifest.rows(table) for name, table in COUNTED.items()}
    if expected != {name: check[name] for name in expected}:
        raise BackupRefused(_("The restored shop is another one than was saved."))


def _manage(scratch: Path, *arguments: str) -> str:
    """Run a command on the scratch database; return what it prints.

    Raises BackupRefused with the last line of its complaint.
    """
    url = f"sqlite:///{quote(str(scratch / 'scratch.sqlite3'))}"
    done = subprocess.run(  # noqa: S603  (our own program, our own arguments)
        [sys.executable, "-m", "django", *arguments, "--skip-checks"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise BackupRefused(
            _("The backup doesn't stand the test (%(command)s): %(why)s")
            % {"command": arguments[0], "why": said[-1] if said else ""}
        )
    return done.stdout
