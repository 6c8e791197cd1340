"""manage.py create_first_admin: somebody to sign in as, in a new shop."""

import os
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.crypto import get_random_string

from accounts.services.beginnings import create_first_admin

# No 0 and o, no 1 and l: the password is read from one screen and typed on another.
LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = (
        "On a database without people, make an admin with a random password and"
        " print it; otherwise do nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--email",
            default=os.environ.get("DJANGO_SUPERUSER_EMAIL", "admin@localhost"),
            help="the address to sign in with (default: %(default)s)",
        )
        parser.add_argument("--name", default="Admin")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            message = f"“{email}” is not an e-mail address."
            raise CommandError(message) from error
        password = "-".join(get_random_string(4, LETTERS) for _group in range(4))
        admin = create_first_admin(email=email, name=name, password=password)
        if admin is None:
            return
        self.stdout.write("The first admin of this shop, shown only now:")
        self.stdout.write(f"  E-mail:   {admin.email}")
        self.stdout.write(f"  Password: {password}")
