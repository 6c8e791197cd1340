"""`manage.py` in a process of its own, for tests that run a real server."""

import os
import subprocess
import sys
from pathlib import Path

from inventory_site.tests.sources import ROOT


def manage(folder: Path, *arguments: str, **env: str) -> str:
    """Run a command on the database in `folder` and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "inventory_site.settings",
            "SECRET_KEY": "x" * 50,
            "DATABASE_URL": f"sqlite:///{folder}/shop.sqlite3",
        }
        | env,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
