"""Everybody signs in once more, so that every open session is in his list."""

from django.db import migrations
from django.db.models import F


def end_sessions(apps, schema_editor):
    people = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    people.update(session_generation=F("session_generation") + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations"),
        ("usersessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(end_sessions, migrations.RunPython.noop)]
