"""What a form doesn't ask for changes nothing, whoever sends it along."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import make_user
from inventory_site.tests.hostile.sending import send, taken_back, target_of
from inventory_site.tests.permissions_table import ROWS, Row
from products.models import Product
from products.reports.stock_check.checking import check_stock

pytestmark = pytest.mark.django_db

# Columns that follow from something else: no form of the site asks for them.
NEVER_ASKED = {
    "id",
    "pk",
    "is_superuser",
    "is_staff",
    "is_active",
    "groups",
    "user_permissions",
    "session_generation",
    "last_login",
    "date_joined",
    "sku_key",
    "search_text",
    "on_hand",
    "reserved",
    "in_transit",
    "available",
    "value",
    "balance_after",
    "hash",
    "created_at",
    "updated_at",
}
POSTS = [row for row in ROWS if row.method == "POST"]
EXTRA = {name: ["1"] for name in sorted(NEVER_ASKED)}


def powers() -> list[tuple[object, ...]]:
    """What each person may do, and what makes his sessions his."""
    columns = ("pk", "is_superuser", "is_staff", "groups", "user_permissions")
    return list(User.objects.order_by("pk", "groups").values_list(*columns))


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.name)
def test_of_each_form(row: Row) -> None:
    """Sent as its page shows it, with every column there is besides."""
    target = target_of(row)
    assert not NEVER_ASKED & set(target.names)
    stamps = {product.pk: product.created_at for product in Product.objects.all()}
    for fields in (EXTRA, target.usual | EXTRA):
        with taken_back():
            before = powers()
            send(
                target.client,
                "POST",
                target.path,
                fields,
                with_files=bool(target.files),
            )
            old = set(before)
            gained = {person for person in powers() if person[1] or person[2]} - old
            assert not gained
            for product in Product.objects.filter(pk__in=stamps):
                assert product.created_at == stamps[product.pk]
            assert check_stock().ok


@pytest.mark.parametrize("role", ["admin", "clerk", "regular"])
def test_only_a_superuser_gives_admin(
    role: str, request: pytest.FixtureRequest
) -> None:
    """By no form of the site or of Django's admin."""
    person = make_user()
    client = Client()
    client.force_login(request.getfixturevalue(role))
    before = powers()
    given = {"role": Role.ADMIN, "is_superuser": "on", "is_staff": "on", "groups": "1"}
    named = {"email": "new@example.com", "name": "New", "is_active": "on"}
    password = {"password1": "eight brown owls", "password2": "eight brown owls"}
    change = reverse("admin:accounts_user_change", args=[person.pk])
    for path, form in (
        (reverse("accounts:person_assign_role", args=[person.pk]), {}),
        (reverse("accounts:invitation_create"), named),
        (reverse("accounts:profile"), named),
        (reverse("admin:accounts_user_add"), named | password),
        (change, named | {"email": person.email}),
    ):
        client.post(path, form | given)
        assert powers() == before, path
