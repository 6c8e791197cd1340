"""manage.py create_demo_people: the known sign-ins of the demo shop."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.errors import NotAllowed
from accounts.services.beginnings import (
    DEMO_PASSWORD,
    DEMO_PEOPLE,
    create_demo_people,
)


class Command(BaseCommand):
    help = "Make the demo's people and print how to sign in; only where DEMO is set."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            message = (
                "Their password is known to everybody, so they are made only where"
                " DEMO is set, as `make demo` does."
            )
            raise CommandError(message)
        try:
            create_demo_people()
        except NotAllowed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Sign in with the password “{DEMO_PASSWORD}” as")
        for email, name, role in DEMO_PEOPLE:
            self.stdout.write(f"  {email:<20} {role:<8} {name}")
