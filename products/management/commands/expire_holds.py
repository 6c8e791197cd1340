"""manage.py expire_holds [--every SECONDS]."""

from products.management.repeating import RepeatingCommand
from products.services.expiry import expire_holds


class Command(RepeatingCommand):
    name = "expire_holds"
    help = (
        "Let go of the holds whose time is up. Whoever moves stock does so too; this"
        " tidies the rest, so that lists are right."
    )

    def work(self) -> str:
        return f"Holds expired: {expire_holds():,}."
