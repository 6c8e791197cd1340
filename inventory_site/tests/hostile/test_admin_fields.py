"""People, catalogue and ledger in Django's admin, whatever is written: an answer."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.tests.people import make_superuser
from inventory_site.tests.hostile.asking import Shown
from inventory_site.tests.hostile.sending import send, shown_at, taken_back
from inventory_site.tests.hostile.values import WORST
from products.reports.stock_check.checking import check_stock
from products.tests.admin.one_of_each import make_one_of_each

pytestmark = pytest.mark.django_db

ASKED = (
    "q",
    "o",
    "p",
    "e",
    "all",
    "_facets",
    "_popup",
    "_to_field",
    "pk__in",
    "nonsense",
)
LOOKUPS = ("pk__gt", "product__sku__regex", "role", "_changelist_filters")


def failed(client: Client, method: str, path: str, names: list[str]) -> list[str]:
    """Return what was answered with a 5xx: each of the worst in every field at once."""
    found = []
    for worst in WORST:
        with taken_back():
            fields = {name: [worst] for name in names}
            response = send(client, method, path, fields)
            if response.status_code >= 500 or not check_stock().ok:
                found.append(worst[:20])
    return found


OURS = {"accounts", "auth", "products"}
MODELS = [m for m in admin.site._registry if m._meta.app_label in OURS]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_answers(model: type[Model]) -> None:
    make_one_of_each()
    client = Client()
    client.force_login(make_superuser())
    prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    one = admin.site._registry[model]
    filters = [part for part in map(str, one.list_filter) if part.isidentifier()]
    changelist = reverse(f"{prefix}_changelist")
    for name in (*ASKED, *LOOKUPS, *filters):
        assert not failed(client, "GET", changelist, [name])
    actions = ["action", "_selected_action", "select_across", "index", "post"]
    assert not failed(client, "POST", changelist, actions)
    row = model._default_manager.order_by("pk").first()
    pages = [reverse(f"{prefix}_add")]
    if row is not None:
        pages.append(reverse(f"{prefix}_change", args=[row.pk]))
    for path in pages:
        names = [*Shown(shown_at(client, path)).values]
        assert not failed(client, "POST", path, names)
        assert not failed(client, "GET", path, names)
