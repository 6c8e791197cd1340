"""manage.py assign_role EMAIL ROLE."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import AccountError
from accounts.models import User
from accounts.roles import Role
from accounts.services.people import assign_role


class Command(BaseCommand):
    help = "Give a person one of the roles, instead of the one held before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("role", help=", ".join(Role.values))

    def handle(self, *args: Any, email: str, role: str, **options: Any) -> None:
        try:
            person = User.objects.get(email=email)
        except User.DoesNotExist as error:
            message = f"There is no account for “{email}”."
            raise CommandError(message) from error
        try:
            assign_role(person=person, role=_role_named(role))
        except AccountError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.email} has the role {_role_named(role)} now.")


def _role_named(text: str) -> Role:
    """Return the role of this name, in any case, or raise CommandError."""
    for role in Role:
        if role.casefold() == text.casefold():
            return role
    message = f"There is no role “{text}”. Choose one of {', '.join(Role.values)}."
    raise CommandError(message)
