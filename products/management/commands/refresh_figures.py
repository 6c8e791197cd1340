"""manage.py refresh_figures [--every SECONDS]."""

from products.management.repeating import RepeatingCommand
from products.reports.figures import refresh_figures


class Command(RepeatingCommand):
    name = "refresh_figures"
    help = (
        "Keep the figures on top of the dashboard of a large shop true, so that no page"
        " has to count. Does nothing while nothing has changed, and in a small shop,"
        " whose figures are counted for each page."
    )

    def work(self) -> str:
        if refresh_figures():
            return "The figures are brought up to date."
        return "Nothing has changed."
