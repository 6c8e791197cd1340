import pytest

from accounts.errors import LastAdmin, NotAllowed
from accounts.models import User
from accounts.roles import Role
from accounts.services.people import set_superuser
from accounts.tests.people import make_superuser, make_user

pytestmark = pytest.mark.django_db


def test_superuser_becomes_an_admin_too(owner: User) -> None:
    person = set_superuser(person=make_user(), value=True, actor=owner)
    assert person.is_superuser
    assert person.is_staff
    assert person.role == Role.ADMIN


def test_taking_it_leaves_an_admin(owner: User) -> None:
    other = make_superuser("second@example.com")
    other = set_superuser(person=other, value=False, actor=owner)
    assert not other.is_superuser
    assert other.is_staff
    assert other.role == Role.ADMIN


def test_last_superuser_keeps_it(owner: User, admin: User) -> None:
    with pytest.raises(LastAdmin):
        set_superuser(person=owner, value=False, actor=owner)


@pytest.mark.parametrize("value", [True, False])
def test_needs_a_superuser(admin: User, owner: User, value: bool) -> None:
    with pytest.raises(NotAllowed):
        set_superuser(person=admin, value=value, actor=admin)


def test_who_is_deactivated_is_no_last_superuser() -> None:
    person = make_superuser()
    User.objects.update(is_active=False)
    person.refresh_from_db()
    assert not set_superuser(person=person, value=False).is_superuser
