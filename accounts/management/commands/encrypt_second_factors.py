"""manage.py encrypt_second_factors: after a new SECRET_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services.second_factor import encrypt_second_factors


class Command(BaseCommand):
    help = (
        "Write the secrets of apps and recovery codes under SECRET_KEY, so that keys"
        " of SECRET_KEY_FALLBACKS are not needed for them any longer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = encrypt_second_factors()
        if unreadable:
            names = ", ".join(person.email for person in unreadable)
            message = (
                f"No key reads what belongs to {names}. Put the key it was written with"
                " into SECRET_KEY_FALLBACKS, or take it off by remove_second_factor."
                " All others are under SECRET_KEY now."
            )
            raise CommandError(message)
        self.stdout.write("All second factors are under SECRET_KEY now.")
