#!/usr/bin/env python
"""The third door: `python manage.py COMMAND`; `help` lists the commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        message = (
            "Django is not installed for this Python. Run `make run` once, or use"
            " .venv/bin/python manage.py."
        )
        raise ImportError(message) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
