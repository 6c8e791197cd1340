"""manage.py backup FILE."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from inventory_site.security.events import Event, note
from products.backups.manifest import Manifest
from products.backups.refusals import BackupRefused
from products.backups.verifying import verify_backup
from products.backups.writing import write_backup
from products.management.progress import progress_on


class Command(BaseCommand):
    help = (
        "Write the whole shop into one file: database, pictures and the ledger head, as"
        " of one moment, while the site runs. It contains password hashes and the"
        " e-mail addresses of people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="such as shop-2026-11-22.zip")
        parser.add_argument(
            "--force", action="store_true", help="replace FILE if it is there"
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help="restore into a scratch database and check it before FILE appears",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with progress_on(self.stderr) as report:
                manifest = write_backup(
                    path,
                    progress=report,
                    verify=self._verify if options["verify"] else None,
                    overwrite=options["force"],
                )
        except BackupRefused as error:
            raise CommandError(error.message) from error
        except OSError as error:
            message = f"The backup can't be written: {error.strerror}."
            raise CommandError(message) from error
        note(Event.BACKUP_WRITTEN, file=path, verified=options["verify"])
        self._print(path, manifest)

    def _verify(self, path: Path, manifest: Manifest) -> None:
        self.stderr.write("Verifying: restoring into a scratch database.")
        verify_backup(path, manifest)
        self.stdout.write(
            "Verified: it was restored and checked in a scratch database."
        )

    def _print(self, path: Path, manifest: Manifest) -> None:
        size = filesizeformat(path.stat().st_size).replace("\xa0", " ")
        self.stdout.write(
            f"Wrote {path} ({size}):"
            f" products {manifest.rows('products.Product'):,},"
            f" movements {manifest.rows('products.StockMovement'):,},"
            f" pictures {manifest.media_files:,}."
        )
        self.stdout.write(f"Ledger head: {manifest.ledger_head}")
        self.stdout.write(
            "It contains password hashes and e-mail addresses: keep it where nobody"
            " else can read it."
        )
