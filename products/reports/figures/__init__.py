"""The figures on top of the dashboard, of this moment or with the time they are of.

`answering` decides which, `counting` works them out, `storing` keeps those of a large
shop with the `state` they are true of, and `proving` counts those anew.
"""

from products.reports.figures.answering import shop_figures
from products.reports.figures.facts import Figures
from products.reports.figures.proving import wrong_figures
from products.reports.figures.storing import refresh_figures

__all__ = ["Figures", "refresh_figures", "shop_figures", "wrong_figures"]
