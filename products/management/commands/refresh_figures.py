"""manage.py refresh_figures [--every SECONDS]."""

from products.management.repeating import RepeatingCommand
from products.reports.figures import refresh_days, refresh_figures


class Command(RepeatingCommand):
    name = "refresh_figures"
    help = (
        "Keep the figures on top of the dashboard of a large shop true, so that no page"
        " has to count; those of a small shop are counted for each page. Write down the"
        " figures of each day that is over. Does nothing while nothing has changed."
    )

    def work(self) -> str:
        # Both, whatever the first one did.
        if any([refresh_figures(), refresh_days()]):
            return "The figures are brought up to date."
        return "Nothing has changed."
