"""A worker beside the live server, which does what is waiting and ends.

python -m products.tests.browser.worker DATABASE UPLOADS
"""

import os
import sys

import django
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connections

IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.tests.settings")
    django.setup()
    from products.models import ImportRun

    database, uploads = sys.argv[1:]
    settings.TASKS = IN_DATABASE
    connections.databases["default"]["NAME"] = database
    ImportRun._meta.get_field("upload").storage = FileSystemStorage(location=uploads)
    call_command("db_worker", batch=True, verbosity=0)
