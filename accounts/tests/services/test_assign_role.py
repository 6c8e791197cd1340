import pytest
from django.contrib.auth.models import Group

from accounts.errors import LastAdmin, NotAllowed
from accounts.models import User
from accounts.roles import Role
from accounts.services.people import assign_role
from accounts.tests.people import make_superuser, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_replaces_the_role_held_before(role: Role, owner: User) -> None:
    person = make_user(role=Role.CLERK)
    assign_role(person=person, role=role, actor=owner)
    assert set(person.groups.values_list("name", flat=True)) == {role}


@pytest.mark.parametrize(
    ("before", "after"), [(Role.REGULAR, Role.ADMIN), (Role.ADMIN, Role.CLERK)]
)
def test_staff_follows_the_role(before: Role, after: Role, owner: User) -> None:
    person = make_user(role=before)
    assign_role(person=person, role=after, actor=owner)
    person.refresh_from_db()
    assert person.is_staff == (after == Role.ADMIN)


def test_groups_of_the_shop_are_kept(owner: User) -> None:
    person = make_user()
    person.groups.add(Group.objects.create(name="Bookkeeping"))
    assign_role(person=person, role=Role.CLERK, actor=owner)
    assert set(person.groups.values_list("name", flat=True)) == {"Bookkeeping", "Clerk"}


def test_another_role_ends_superuser_status(owner: User) -> None:
    other = make_superuser("second@example.com")
    assign_role(person=other, role=Role.CLERK, actor=owner)
    other.refresh_from_db()
    assert (other.is_superuser, other.is_staff) == (False, False)


def test_admin_who_is_no_superuser_gives_the_other_roles(admin: User) -> None:
    person = make_user()
    assert assign_role(person=person, role=Role.CLERK, actor=admin).role == Role.CLERK


def test_admin_who_is_no_superuser_makes_no_admin(admin: User) -> None:
    person = make_user()
    with pytest.raises(NotAllowed, match="Only a superuser can make somebody an admin"):
        assign_role(person=person, role=Role.ADMIN, actor=admin)
    assert person.role == Role.REGULAR


def test_admin_who_is_no_superuser_changes_no_admin(admin: User, owner: User) -> None:
    for person in (make_user(role=Role.ADMIN), owner, admin):
        with pytest.raises(NotAllowed, match="Only a superuser can change an admin"):
            assign_role(person=person, role=Role.CLERK, actor=admin)
        assert person.role == Role.ADMIN


def test_last_superuser_stays_even_beside_another_admin(
    admin: User, owner: User
) -> None:
    with pytest.raises(LastAdmin, match="“Olga Owner” is the last admin"):
        assign_role(person=owner, role=Role.REGULAR, actor=owner)
    owner.refresh_from_db()
    assert owner.is_superuser
    assert owner.role == Role.ADMIN


def test_last_admin_stays_where_there_is_no_superuser(admin: User) -> None:
    with pytest.raises(LastAdmin):
        assign_role(person=admin, role=Role.CLERK)


def test_deactivated_admins_do_not_count(owner: User) -> None:
    other = make_superuser("second@example.com")
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(LastAdmin):
        assign_role(person=owner, role=Role.CLERK, actor=owner)


def test_same_role_again_changes_nothing(owner: User) -> None:
    assert assign_role(person=owner, role=Role.ADMIN, actor=owner).is_superuser


def test_who_is_deactivated_is_no_last_admin() -> None:
    person = make_user(role=Role.ADMIN)
    User.objects.update(is_active=False)
    person.refresh_from_db()
    assign_role(person=person, role=Role.CLERK, actor=None)
    assert person.role == Role.CLERK
