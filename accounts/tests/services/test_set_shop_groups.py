import pytest
from django.contrib.auth.models import Group

from accounts.errors import NotAllowed
from accounts.models import User
from accounts.roles import Role
from accounts.services.people import set_shop_groups
from accounts.tests.people import make_user

pytestmark = pytest.mark.django_db


def test_replaces_shop_groups_and_keeps_the_role(owner: User) -> None:
    person = make_user(role=Role.CLERK)
    old, new = Group.objects.create(name="Old"), Group.objects.create(name="New")
    person.groups.add(old)
    set_shop_groups(person=person, groups=[new], actor=owner)
    assert set(person.groups.values_list("name", flat=True)) == {"Clerk", "New"}


def test_needs_a_superuser(admin: User) -> None:
    with pytest.raises(NotAllowed):
        set_shop_groups(person=make_user(), groups=[], actor=admin)
