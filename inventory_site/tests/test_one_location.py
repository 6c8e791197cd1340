"""A shop with one stock location never sees the word, on any page."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inventory_site.tests.permission_rows.row import product
from inventory_site.tests.permission_rows.stocktakes import ready_stocktake
from inventory_site.tests.permissions_table import ROWS, Row
from products.models import Location
from products.reports.levels import has_several_locations
from products.tests.views.filled import words_of

OK = 200
# Where a second one is added, and what needs two.
ABOUT_LOCATIONS = ("products:location_", "products:transfer_")
PAGES = [
    row
    for row in ROWS
    if row.method == "GET"
    and row.is_page
    and row.admin == OK
    and not row.name.startswith(ABOUT_LOCATIONS)
]


def address_of(row: Row) -> str:
    """The page in a shop with one location, whatever the table fills it with."""
    saved = transaction.savepoint()
    arguments = dict(row.given())
    if has_several_locations():
        transaction.savepoint_rollback(saved)
        pk, place = product()["pk"], Location.objects.get_default().pk
        if "stocktake" in row.name:
            pk = ready_stocktake().pk
        arguments = {
            name: kept if isinstance(kept, str) else place if "loc" in name else pk
            for name, kept in arguments.items()
        }
    return reverse(row.name, kwargs=arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_no_page_says_the_word(row: Row, client: Client, admin: User) -> None:
    client.force_login(admin)
    response = client.get(address_of(row))
    assert response.status_code == OK
    assert not has_several_locations()
    assert "ocation" not in words_of(response)
