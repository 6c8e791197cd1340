"""What admins and superusers may do with each kind of row in Django's admin.

v: view, a: add, c: change, d: delete. Nobody else comes in at all.
"""

from typing import NamedTuple


class AdminRow(NamedTuple):
    admin: str
    superuser: str


READ = AdminRow("v", "v")
ALL = AdminRow("vacd", "vacd")

ADMIN = {
    "accounts.user": AdminRow("vac", "vac"),
    "auth.group": AdminRow("", "vacd"),
    "django_tasks_database.dbtaskresult": AdminRow("", "v"),
    "products.brand": ALL,
    "products.category": ALL,
    "products.closing": READ,
    "products.digest": READ,
    "products.hold": READ,
    "products.importrun": READ,
    "products.location": ALL,
    "products.operation": READ,
    "products.product": ALL,
    "products.productchange": READ,
    "products.productgroup": ALL,
    "products.stocklevel": READ,
    "products.stockmovement": READ,
    "products.stocktake": READ,
    "products.transfer": READ,
}
# What a page of a model needs: the letters of GET, and those of POST; one is enough.
PAGES = {
    "changelist": ("vc", "vc"),
    "add": ("a", "a"),
    "history": ("vc", ""),
    "delete": ("d", "d"),
    "change": ("vc", "c"),
    "password_change": ("c", "c"),
}
# The pages of the whole: for whoever may come in, as GET and as POST; None is 405.
SITE_PAGES: dict[str, tuple[int, int | None]] = {
    "index": (200, None),
    "password_change": (302, 302),  # to the page of the site
    "password_change_done": (200, None),
    "autocomplete": (403, None),  # without saying of what
    "jsi18n": (200, None),
    "view_on_site": (404, None),
    "app_list": (200, None),
    "login": (302, 302),
    "logout": (405, 302),
}
