import pytest

from accounts.errors import LastAdmin, NotAllowed
from accounts.models import User
from accounts.roles import Role
from accounts.services.people import deactivate_person, reactivate_person
from accounts.tests.people import is_signed_in, make_user, signed_in_as

pytestmark = pytest.mark.django_db


def test_ends_every_session_at_once(owner: User) -> None:
    person = make_user()
    phone, desk = signed_in_as(person), signed_in_as(person)
    assert is_signed_in(phone)
    deactivate_person(person=person, actor=owner)
    assert not is_signed_in(phone)
    assert not is_signed_in(desk)


def test_sessions_stay_ended_after_reactivation(owner: User) -> None:
    person = make_user()
    phone = signed_in_as(person)
    deactivate_person(person=person, actor=owner)
    reactivate_person(person=person, actor=owner)
    assert not is_signed_in(phone)
    person.refresh_from_db()
    assert is_signed_in(signed_in_as(person))


def test_role_is_kept(owner: User) -> None:
    person = make_user(role=Role.CLERK)
    deactivate_person(person=person, actor=owner)
    person = reactivate_person(person=person, actor=owner)
    assert person.is_active
    assert person.role == Role.CLERK


def test_last_admin_stays(owner: User, admin: User) -> None:
    with pytest.raises(LastAdmin):
        deactivate_person(person=owner, actor=owner)
    owner.refresh_from_db()
    assert owner.is_active


@pytest.mark.parametrize("service", [deactivate_person, reactivate_person])
def test_admins_are_changed_by_superusers_only(
    service: type, admin: User, owner: User
) -> None:
    with pytest.raises(NotAllowed):
        service(person=owner, actor=admin)


def test_admin_lets_clerks_in_and_out(admin: User) -> None:
    person = make_user(role=Role.CLERK)
    assert not deactivate_person(person=person, actor=admin).is_active
    assert reactivate_person(person=person, actor=admin).is_active
