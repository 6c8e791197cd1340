import pytest
from allauth.account.models import EmailAddress

from accounts.errors import AddressTaken, NotAllowed
from accounts.models import User
from accounts.roles import Role
from accounts.services.people import create_person, register_person
from accounts.tests.people import make_user


@pytest.mark.django_db
class TestCreatePerson:
    def test_has_role_password_and_verified_address(self) -> None:
        person = create_person(
            email="Ann@Example.com", name="Ann", password="x", role=Role.CLERK
        )
        assert person.role == Role.CLERK
        assert person.check_password("x")
        address = EmailAddress.objects.get(user=person)
        assert (address.email, address.verified, address.primary) == (
            "ann@example.com",
            True,
            True,
        )

    def test_admin_is_staff(self) -> None:
        assert make_user(role=Role.ADMIN).is_staff

    def test_taken_in_another_case(self) -> None:
        make_user("ann@example.com")
        with pytest.raises(AddressTaken, match="account for ANN@example"):
            create_person(email="ANN@example.com", name="Ann", password="x")
        assert User.objects.count() == 1

    def test_only_a_superuser_makes_an_admin(self, admin: User, owner: User) -> None:
        with pytest.raises(NotAllowed):
            make_admin(admin)
        assert make_admin(owner).role == Role.ADMIN


def make_admin(actor: User) -> User:
    return create_person(
        email="new@example.com", name="N", password="x", role=Role.ADMIN, actor=actor
    )


@pytest.mark.django_db
def test_register_person_proves_no_address() -> None:
    person = register_person(email="ann@example.com", name="Ann", password="x")
    assert person.role == Role.REGULAR
    assert not EmailAddress.objects.filter(user=person, verified=True).exists()


@pytest.mark.django_db
def test_register_person_refuses_a_taken_address() -> None:
    make_user("ann@example.com")
    with pytest.raises(AddressTaken):
        register_person(email="Ann@example.com", name="Ann", password="x")
