import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import make_user

pytestmark = pytest.mark.django_db


def test_is_the_user_model() -> None:
    assert get_user_model() is User


def test_email_is_stored_trimmed_and_lower_case() -> None:
    person = User.objects.create_user(" Ann@Example.COM ", name="Ann")
    assert person.email == "ann@example.com"
    assert User.objects.values_list("email", flat=True).get() == "ann@example.com"


def test_saving_by_hand_lower_cases_too() -> None:
    person = make_user("ann@example.com")
    person.email = "ANN@New.example"
    person.save(update_fields=["email"])
    person.refresh_from_db()
    assert person.email == "ann@new.example"


def test_bulk_create_lower_cases_too() -> None:
    User.objects.bulk_create([User(email="Ann@Example.com", name="Ann")])
    assert User.objects.get().email == "ann@example.com"


@pytest.mark.parametrize("lookup", ["email", "email__iexact", "email__in"])
def test_found_in_any_case(lookup: str) -> None:
    person = make_user("ann@example.com")
    typed = "ANN@example.COM"
    value = [typed] if lookup.endswith("in") else typed
    assert User.objects.get(**{lookup: value}) == person
    assert User.objects.get_by_natural_key(typed) == person


def test_one_address_in_two_cases_is_refused_by_the_database() -> None:
    make_user("ann@example.com")
    with pytest.raises(IntegrityError):
        User.objects.create_user("Ann@Example.Com", name="Other Ann")


def test_accents_tell_addresses_apart() -> None:
    make_user("jose@example.com")
    make_user("josé@example.com")
    assert User.objects.get(email="jose@example.com").email == "jose@example.com"


@pytest.mark.parametrize("email", ["", "  "])
def test_no_address_is_refused(email: str) -> None:
    with pytest.raises(ValueError, match="needs an e-mail"):
        User.objects.create_user(email, name="Nobody")


def test_new_account_is_regular_and_no_staff() -> None:
    person = User.objects.create_user("ann@example.com", name="Ann")
    assert person.role == Role.REGULAR
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert not person.has_usable_password()


def test_superuser_is_admin_staff_and_verified() -> None:
    owner = User.objects.create_superuser("Olga@Example.com", "x", name="Olga")
    assert owner.role == Role.ADMIN
    assert owner.is_staff
    address = EmailAddress.objects.get(user=owner)
    assert (address.email, address.verified) == ("olga@example.com", True)


def test_role_ignores_groups_of_the_shop() -> None:
    person = make_user(role=Role.CLERK)
    person.groups.add(Group.objects.create(name="Bookkeeping"))
    assert person.role == Role.CLERK


def test_role_is_none_without_one() -> None:
    assert User.objects.create_user("a@b.example", role=None, name="A").role is None


def test_names() -> None:
    person = make_user(name="Nora New")
    assert (str(person), person.get_full_name(), person.get_short_name()) == (
        "Nora New",
        "Nora New",
        "Nora",
    )


def test_search_finds_name_and_address() -> None:
    nora = make_user("nora@example.com", name="Nora New")
    carl = make_user("carl@shop.example", name="Carl Clerk")
    assert list(User.objects.matching("new")) == [nora]
    assert list(User.objects.matching("SHOP")) == [carl]
    assert User.objects.matching("").count() == 2
    assert not User.objects.matching("x" * 60_000).exists()
