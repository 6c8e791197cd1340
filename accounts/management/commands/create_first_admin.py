"""manage.py create_first_admin: somebody to sign in as, in a new shop."""

import os
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from accounts.links import site_url
from accounts.services.beginnings import first_admin_without_password
from accounts.services.passwords import make_reset_key

EVERY_HOST: Final = {"", "0.0.0.0", "[::]"}  # noqa: S104 - read, not bound to

SAID: Final = """
    Your shop has an admin: {email}
    Choose the password here, as soon as the server runs:

      {link}

    The link works once, for three days. Until then each start prints a new one,
    and the one before is dead.
"""


class Command(BaseCommand):
    help = (
        "On a database without people, make an admin; print a link to choose the"
        " password by, as long as there is none. Otherwise do nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--email",
            default=os.environ.get("DJANGO_SUPERUSER_EMAIL", "admin@localhost"),
            help="the address to sign in with (default: %(default)s)",
        )
        parser.add_argument("--name", default="Admin")
        parser.add_argument(
            "--bind",
            default="",
            metavar="HOST:PORT",
            help="where the server listens: the link begins there without SITE_URL",
        )

    def handle(
        self, *args: Any, email: str, name: str, bind: str, **options: Any
    ) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            message = f"“{email}” is not an e-mail address."
            raise CommandError(message) from error
        admin = first_admin_without_password(email=email, name=name)
        if admin is None:
            return
        uidb36, key = make_reset_key(actor=None, person=admin)
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": key}
        )
        self.stdout.write(SAID.format(email=admin.email, link=_beginning(bind) + path))


def _beginning(bind: str) -> str:
    """Return where the site is reached, by SITE_URL or by where the server listens."""
    host, _colon, port = bind.rpartition(":")
    if settings.SITE_URL or settings.SECURE_SSL_REDIRECT or not port.isdigit():
        return site_url()
    return f"http://{'localhost' if host in EVERY_HOST else host}:{port}"
