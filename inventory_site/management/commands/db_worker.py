"""manage.py db_worker: django-tasks' worker, for a machine where it runs unattended.

Where another process writes for longer than SQLite's patience, the worker as it comes
ends with "database is locked". Ours waits and goes on.
"""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connections
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

KEPT = timedelta(days=7)  # results of finished tasks
LOOK_UP = 1.0  # seconds from one look for the parent to the next
PAUSE = 5.0  # seconds until a database that failed is asked again


class Command(db_worker.Command):
    help = (
        "Do the work that would hold a request: reading, applying and undoing large"
        " imports. `make run` starts one; with several machines, each may have its own."
    )
    # The database may be down for the moment; the loop waits for it.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--parent",
            metavar="PID",
            type=int,
            help="end when this process, which started us, has ended",
        )

    def handle(  # type: ignore[override]  # what it takes is passed on
        self, *, parent: int | None = None, **options: Any
    ) -> None:
        if parent is not None:
            threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        in_trouble = False
        while True:
            try:
                DBTaskResult.objects.finished().filter(
                    finished_at__lt=timezone.now() - KEPT
                ).delete()
                super().handle(**options)
            except OperationalError as error:
                if not in_trouble:
                    self.stderr.write(f"db_worker goes on trying: {error}")
                in_trouble = True
                connections.close_all()
                time.sleep(PAUSE)
            else:
                return


def _end_with(parent: int) -> None:
    """End this process as soon as the one that started it is gone."""
    while os.getppid() == parent:
        time.sleep(LOOK_UP)
    os.kill(os.getpid(), signal.SIGTERM)
