"""The figures on top of the dashboard, of this moment or with the time they are of.

`answering` decides which, `counting` works them out, `storing` keeps those of a large
shop with the `state` they are true of, and `proving` counts those anew. What they were
at the end of past days is found by `walking_back` through what `happenings` read, kept
by `day_storing` and shown by `days`.
"""

from products.reports.figures.answering import shop_figures
from products.reports.figures.day_storing import refresh_days, wrong_days
from products.reports.figures.days import Day, recent_days
from products.reports.figures.facts import Figures
from products.reports.figures.proving import wrong_figures
from products.reports.figures.storing import refresh_figures

__all__ = [
    "Day",
    "Figures",
    "recent_days",
    "refresh_days",
    "refresh_figures",
    "shop_figures",
    "wrong_days",
    "wrong_figures",
]
