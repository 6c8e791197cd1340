"""manage.py restore FILE."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from inventory_site.security.events import Event, note
from products.backups.refusals import BackupRefused
from products.backups.restoring import restore_backup
from products.management.progress import progress_on


class Command(BaseCommand):
    help = (
        "Put what `backup` wrote into an empty database and the media folder: all of it"
        " or nothing. A database without tables is migrated first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--media-root",
            metavar="FOLDER",
            type=Path,
            help="where the pictures go; MEDIA_ROOT if left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not connection.introspection.table_names():
            call_command("migrate", verbosity=0, interactive=False)
        try:
            with progress_on(self.stderr) as report:
                manifest = restore_backup(
                    path, progress=report, media_root=options["media_root"]
                )
        except BackupRefused as error:
            raise CommandError(error.message) from error
        except OSError as error:
            message = f"The pictures can't be restored: {error.strerror}."
            raise CommandError(message) from error
        note(Event.BACKUP_RESTORED, file=path, of=manifest.created_at)
        self.stdout.write(
            f"Restored {path} of {manifest.created_at}:"
            f" products {manifest.rows('products.Product'):,},"
            f" movements {manifest.rows('products.StockMovement'):,},"
            f" pictures {manifest.media_files:,}."
        )
        self.stdout.write(f"Ledger head: {manifest.ledger_head}")
        self.stdout.write("Everybody signs in with the password of that day.")
