import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from accounts.roles import CAPABILITIES, PERMISSIONS, Role, holds, makes_staff
from accounts.tests.people import make_user


def held(role: str) -> set[str]:
    pairs = Permission.objects.filter(group__name=role).values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app_label}.{codename}" for app_label, codename in pairs}


@pytest.mark.django_db
def test_each_codename_of_the_table_exists() -> None:
    pairs = Permission.objects.values_list("content_type__app_label", "codename")
    existing = {f"{app_label}.{codename}" for app_label, codename in pairs}
    named = {name for names in PERMISSIONS.values() for name in names}
    named |= {codename for _label, codename in CAPABILITIES}
    assert {name for name in named if not name.endswith("*")} <= existing


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CLERK, Role.REGULAR])
def test_group_holds_what_the_table_says(role: Role) -> None:
    assert held(role) == PERMISSIONS[role]


@pytest.mark.django_db
def test_admin_holds_everything_of_products_and_people() -> None:
    of_products = Permission.objects.filter(content_type__app_label="products")
    assert of_products.exists()
    expected = {f"products.{permission.codename}" for permission in of_products}
    assert held(Role.ADMIN) == expected | {"accounts.manage_people"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CLERK, Role.REGULAR])
def test_only_admins_see_cost_or_change_the_catalogue(role: Role) -> None:
    kept_back = {
        "products.view_cost",
        "products.add_product",
        "products.change_product",
        "products.delete_product",
        "products.import_products",
        "products.export_products",
        "accounts.manage_people",
    }
    assert not held(role) & kept_back


@pytest.mark.django_db
def test_clerk_moves_stock_and_regular_does_not() -> None:
    assert "products.adjust_stock" in held(Role.CLERK)
    assert "products.adjust_stock" not in held(Role.REGULAR)


@pytest.mark.django_db
def test_migrate_sets_a_role_back_and_leaves_other_groups_alone() -> None:
    cost = Permission.objects.get(codename="view_cost")
    clerk = Group.objects.get(name=Role.CLERK)
    clerk.permissions.set([cost])
    shop_group = Group.objects.create(name="Bookkeeping")
    shop_group.permissions.add(cost)
    call_command("migrate", verbosity=0)
    assert held(Role.CLERK) == PERMISSIONS[Role.CLERK]
    assert held("Bookkeeping") == {"products.view_cost"}


@pytest.mark.django_db
def test_migrate_makes_a_missing_role_and_keeps_who_holds_one() -> None:
    person = make_user(role=Role.CLERK)
    Group.objects.filter(name=Role.ADMIN).delete()
    call_command("migrate", verbosity=0)
    assert Group.objects.filter(name=Role.ADMIN).exists()
    assert person.role == Role.CLERK


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unguarded_history")
def test_roles_are_there_after_a_flush() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert held(Role.REGULAR) == PERMISSIONS[Role.REGULAR]
    assert "products.view_cost" in held(Role.ADMIN)


@pytest.mark.parametrize(
    ("role", "is_superuser", "expected"),
    [
        (Role.ADMIN, False, True),
        (Role.CLERK, False, False),
        (Role.REGULAR, False, False),
        (None, False, False),
        (None, True, True),
    ],
)
def test_who_is_staff(role: Role | None, is_superuser: bool, expected: bool) -> None:
    assert makes_staff(role, is_superuser=is_superuser) == expected


def test_wildcard_counts_as_holding() -> None:
    assert holds(Role.ADMIN, "products.view_cost")
    assert not holds(Role.CLERK, "products.view_cost")
    assert not holds(Role.REGULAR, "accounts.manage_people")
