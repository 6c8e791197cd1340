from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["Clerk", "clerk", "CLERK"])
def test_gives_the_role_in_any_case(typed: str) -> None:
    person, out = make_user(), StringIO()
    call_command("assign_role", "NORA@example.com", typed, stdout=out)
    assert person.role == Role.CLERK
    assert out.getvalue() == "nora@example.com has the role Clerk now.\n"


def test_operator_makes_admins() -> None:
    person = make_user()
    call_command("assign_role", person.email, "Admin", stdout=StringIO())
    person.refresh_from_db()
    assert person.role == Role.ADMIN
    assert person.is_staff


@pytest.mark.parametrize(
    ("email", "role", "said"),
    [
        ("nobody@example.com", "Clerk", "There is no account for “nobody@example.com”"),
        ("olga@example.com", "Boss", "Choose one of Admin, Clerk, Regular"),
        ("olga@example.com", "Clerk", "is the last admin"),
    ],
)
def test_refused(owner: User, email: str, role: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("assign_role", email, role)
