import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from accounts.backends import RoleBackend
from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import PASSWORD, make_superuser, make_user

pytestmark = pytest.mark.django_db


def test_permissions_of_role_and_person_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = make_user(role=Role.CLERK)
    person.user_permissions.add(Permission.objects.get(codename="view_cost"))
    with django_assert_num_queries(1):
        assert person.has_perm("products.adjust_stock")
        assert person.has_perm("products.view_cost")
        assert person.has_module_perms("products")
        assert not person.has_perm("products.delete_product")


def test_a_person_without_a_role_holds_what_was_given_to_them() -> None:
    person = make_user()
    person.groups.clear()
    person.user_permissions.add(Permission.objects.get(codename="view_cost"))
    assert RoleBackend().get_all_permissions(person) == {"products.view_cost"}


def test_nobody_holds_what_another_role_holds() -> None:
    make_user("clerk@example.com", role=Role.CLERK)
    person = make_user(role=Role.REGULAR)
    of_roles = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for group in person.groups.all()
        for permission in group.permissions.select_related("content_type")
    }
    assert RoleBackend().get_all_permissions(person) == of_roles


def test_superuser_holds_everything() -> None:
    owner = make_superuser()
    assert owner.has_perm("products.anything")
    assert "products.view_cost" in RoleBackend().get_all_permissions(owner)


def test_deactivated_holds_nothing() -> None:
    person = make_user(role=Role.ADMIN)
    person.is_active = False
    assert RoleBackend().get_all_permissions(person) == set()


def test_nobody_holds_nothing() -> None:
    assert RoleBackend().get_all_permissions(AnonymousUser()) == set()


def test_nothing_is_held_for_one_object_only() -> None:
    person = make_user(role=Role.ADMIN)
    assert RoleBackend().get_all_permissions(person, obj=person) == set()


@pytest.mark.parametrize("typed", ["nora@example.com", "NORA@Example.com"])
def test_signs_in_by_email_in_any_case(typed: str) -> None:
    person = make_user("nora@example.com")
    assert authenticate(None, email=typed, password=PASSWORD) == person
    assert authenticate(None, email=typed, password="wrong") is None


def test_deactivated_is_not_signed_in() -> None:
    person = make_user("nora@example.com")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert authenticate(None, email=person.email, password=PASSWORD) is None


@pytest.mark.parametrize("role", [None, Role.REGULAR, Role.ADMIN])
def test_who_is_signed_in_comes_with_what_they_may_do(
    role: Role | None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stored = make_user(role=Role.REGULAR if role is None else role)
    if role is None:
        stored.groups.clear()
    held = RoleBackend().get_all_permissions(User.objects.get(pk=stored.pk))
    with django_assert_num_queries(1):
        person = RoleBackend().get_user(stored.pk)
        assert person is not None
        assert person.get_all_permissions() == held
    for field in User._meta.concrete_fields:
        assert getattr(person, field.attname) == getattr(stored, field.attname)


def test_an_owner_who_is_signed_in_may_do_everything() -> None:
    owner = RoleBackend().get_user(make_superuser().pk)
    assert owner is not None
    assert "products.view_cost" in owner.get_all_permissions()


def test_nobody_deactivated_or_unknown_is_signed_in() -> None:
    person = make_user()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert RoleBackend().get_user(person.pk) is None
    assert RoleBackend().get_user(person.pk + 1) is None


@pytest.mark.skipif(connection.vendor != "mysql", reason="no other cuts a text short")
def test_an_admin_holds_no_less_on_mysql() -> None:
    """It joins no more than 1,024 letters unless told; MariaDB joins a million."""
    stored = make_user(role=Role.ADMIN)
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION group_concat_max_len = 1024")
        cursor.execute(connection.settings_dict["OPTIONS"]["init_command"])
    person = RoleBackend().get_user(stored.pk)
    assert person is not None
    held = person.get_all_permissions()
    assert held == RoleBackend().get_all_permissions(stored)
    assert len(" ".join(held)) > 1_024
