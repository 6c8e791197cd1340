import pytest

from accounts.errors import NotAllowed
from accounts.models import User
from accounts.services.passwords import make_reset_key
from accounts.services.people import deactivate_person
from accounts.tests.people import make_user

pytestmark = pytest.mark.django_db


def test_admin_makes_one_for_a_clerk(admin: User, clerk: User) -> None:
    uidb36, key = make_reset_key(actor=admin, person=clerk)
    assert uidb36
    assert key


def test_only_a_superuser_makes_one_for_an_admin(admin: User, owner: User) -> None:
    with pytest.raises(NotAllowed):
        make_reset_key(actor=admin, person=owner)
    assert make_reset_key(actor=owner, person=admin)


def test_none_for_somebody_deactivated(owner: User) -> None:
    person = deactivate_person(person=make_user(), actor=owner)
    with pytest.raises(NotAllowed, match="deactivated"):
        make_reset_key(actor=owner, person=person)
