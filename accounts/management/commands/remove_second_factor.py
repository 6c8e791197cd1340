"""manage.py remove_second_factor EMAIL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.services.second_factor import remove_second_factor


class Command(BaseCommand):
    help = (
        "Take app, passkeys and recovery codes off an account whose owner has lost them"
        " all, and sign it out everywhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            person = User.objects.get(email=email)
        except User.DoesNotExist as error:
            message = f"There is no account for “{email}”."
            raise CommandError(message) from error
        remove_second_factor(person=person)
        self.stdout.write(f"{person.email} signs in with the password alone now.")
