"""What the others build on: that it is found out what an address reads."""

import pytest

from inventory_site.tests.hostile.sending import target_of
from inventory_site.tests.permissions_table import ROWS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "name", "known"),
    [
        ("GET", "products:dashboard", {"q", "category", "sort", "after", "before"}),
        ("GET", "products:movement_export", {"since", "until", "kind", "product"}),
        ("GET", "products:report_movements_export", {"from", "to"}),
        ("POST", "account_login", {"email", "password", "next"}),
        ("POST", "accounts:email_change", {"email"}),
        ("POST", "mfa_add_webauthn", {"credential", "name"}),
        ("POST", "products:product_add", {"sku", "price", "image", "once_key"}),
        ("POST", "products:product_variants", {"rows-TOTAL_FORMS", "rows-0-sku"}),
        ("POST", "products:stock_receive", {"product", "quantity", "cost", "pasted"}),
        ("POST", "products:transfer_receive", {"post", "version", "reason"}),
        ("POST", "products:import_add", {"file", "format"}),
    ],
)
def test_finds_what_is_read(method: str, name: str, known: set[str]) -> None:
    row = next(row for row in ROWS if (row.method, row.name) == (method, name))
    target = target_of(row)
    assert known <= {*target.names, *target.files}
