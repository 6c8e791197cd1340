"""What the security log is told of accounts: made, changed, shut, renamed."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from accounts.errors import NotAllowed
from accounts.models import User
from accounts.roles import Role
from accounts.services.people import assign_role, set_shop_groups, set_superuser
from accounts.tests.admin.test_person_admin import save
from accounts.tests.people import PASSWORD, make_user, signed_in_as
from inventory_site.tests.security_lines import SecurityLines

pytestmark = pytest.mark.django_db

NEW_WORDS = "eight brown owls"
PEOPLE = "/account/people"


def named(person: User) -> dict[str, object]:
    return {"person": person.pk, "person_name": str(person)}


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def test_registration(client: Client, security_lines: SecurityLines) -> None:
    form = {"name": "Rosa", "email": "rosa@example.com", "password": PASSWORD}
    client.post("/register", form)
    rosa = User.objects.get()
    assert security_lines.only("registered")["facts"] == named(rosa)
    assert security_lines.only("person_created")["facts"]["role"] == "Regular"
    assert security_lines.only("signed_in")["user"] == rosa.pk


def test_role_button(owner: User, person: User, security_lines: SecurityLines) -> None:
    signed_in_as(owner).post(f"{PEOPLE}/{person.pk}/role", {"role": "Clerk"})
    line = security_lines.only("role_changed")
    assert (line["user"], line["via"], line["of"]) == (owner.pk, "site", person.pk)
    assert line["facts"] == {"before": "Regular", "after": "Clerk"} | named(person)


def test_same_role_again_is_no_change(
    person: User, security_lines: SecurityLines
) -> None:
    assign_role(person=person, role=Role.REGULAR)
    assert not security_lines.of("role_changed")


def test_superuser(owner: User, person: User, security_lines: SecurityLines) -> None:
    set_superuser(person=person, value=True, actor=owner)
    assert security_lines.only("superuser_changed")["facts"]["superuser"] is True
    assert security_lines.only("role_changed")["facts"]["after"] == "Admin"


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told(security_lines: SecurityLines) -> None:
    person = make_user()
    with transaction.atomic():
        assign_role(person=person, role=Role.CLERK)
        transaction.set_rollback(True)
    assert not security_lines.of("role_changed")
    assign_role(person=person, role=Role.CLERK)
    assert security_lines.only("role_changed")["facts"]["after"] == "Clerk"


def test_out_in_and_a_lost_phone(
    owner: User, person: User, security_lines: SecurityLines
) -> None:
    client = signed_in_as(owner)
    for button in ("deactivate", "reactivate", "remove-second-factor", "reset-link"):
        client.post(f"{PEOPLE}/{person.pk}/{button}")
    for event in ("person_deactivated", "person_reactivated", "reset_link_made"):
        assert security_lines.only(event)["facts"] == named(person)
    told = security_lines.only("second_factor_removed")["facts"]
    assert told == {"kind": "all"} | named(person)


def test_action_that_is_refused(
    admin: User, owner: User, security_lines: SecurityLines
) -> None:
    signed_in_as(admin).post(f"{PEOPLE}/{owner.pk}/deactivate")
    line = security_lines.only("action_refused")
    assert (line["outcome"], line["user"]) == ("refused", admin.pk)
    assert line["facts"] == {"code": NotAllowed.code} | named(owner)
    assert not security_lines.of("person_deactivated")


def test_invitation(owner: User, security_lines: SecurityLines) -> None:
    client = signed_in_as(owner)
    form = {"name": "Ivo", "email": "ivo@example.com", "role": "Clerk"}
    page = client.post("/account/invitations/new", form, follow=True).text
    told = security_lines.only("invited")["facts"]
    assert (told["to"], told["role"]) == ("Ivo", "Clerk")
    client.post(f"/account/invitations/{told['invitation']}/renew", follow=True)
    assert len(security_lines.of("invitation_renewed")) == 1
    assert not re.search(r"/account/invitation/[\w-]{20}", str(security_lines.texts))
    assert "/account/invitation/" in page


def test_invitation_that_is_accepted_or_withdrawn(
    owner: User, security_lines: SecurityLines
) -> None:
    client = signed_in_as(owner)
    form = {"name": "Ivo", "email": "ivo@example.com", "role": "Clerk"}
    page = client.post("/account/invitations/new", form, follow=True).text
    found = re.search(r"/account/invitation/[\w-]+", page)
    assert found
    Client().post(found[0], {"name": "Ivo", "password": PASSWORD})
    ivo = User.objects.get(email="ivo@example.com")
    told = security_lines.only("invitation_accepted")["facts"]
    assert told["person"] == ivo.pk
    client.post("/account/invitations/new", form | {"email": "eve@example.com"})
    number = security_lines.of("invited")[-1]["facts"]["invitation"]
    client.post(f"/account/invitations/{number}/withdraw")
    told = security_lines.only("invitation_withdrawn")["facts"]
    assert told["invitation"] == number


def test_password_of_ones_own(person: User, security_lines: SecurityLines) -> None:
    client = signed_in_as(person)
    new = {"password1": NEW_WORDS, "password2": NEW_WORDS}
    client.post("/account/password", {"oldpassword": "wrong"} | new)
    assert security_lines.only("identity_confirmed")["outcome"] == "failed"
    client.post("/account/password", {"oldpassword": PASSWORD} | new)
    line = security_lines.only("password_set")
    assert (line["user"], line["facts"]) == (person.pk, named(person))


@pytest.mark.usefixtures("with_mail")
def test_password_by_mail(
    client: Client, person: User, security_lines: SecurityLines
) -> None:
    for email in (person.email, "seven grey herons@example.com"):
        client.post("/account/password/reset", {"email": email})
    known = security_lines.of("password_reset_asked")[0]
    assert (known["user"], known["facts"]) == (None, named(person))
    found = re.search(r"shop\.example(\S+/reset/\S+)", str(mail.outbox[0].body))
    assert found
    page = client.get(found[1], follow=True).request["PATH_INFO"]
    client.post(page, {"password1": NEW_WORDS, "password2": NEW_WORDS})
    assert security_lines.only("password_reset")["facts"] == named(person)
    assert len(security_lines.of("password_set")) == 1


@pytest.mark.usefixtures("with_mail")
def test_another_address(person: User, security_lines: SecurityLines) -> None:
    client = signed_in_as(person)
    client.post("/account/again/password", {"password": PASSWORD})
    client.post("/account/e-mail", {"email": "new@example.com"})
    assert security_lines.only("email_change_asked")["facts"] == named(person)
    links = [re.search(r"/account/e-mail/change/\S+", m.body)[0] for m in mail.outbox]
    for link in links:
        Client().post(link)
    agreed = security_lines.of("email_change_agreed")
    assert {line["facts"]["address"] for line in agreed} == {"old", "new"}
    assert security_lines.only("email_changed")["facts"] == named(person)
    client.post("/account/e-mail/keep")
    assert len(security_lines.of("email_change_withdrawn")) == 1


def test_django_admin(owner: User, person: User, security_lines: SecurityLines) -> None:
    client = signed_in_as(owner)
    right = Permission.objects.get(codename="view_cost")
    save(client, person, email="n@example.com", user_permissions=[right.pk])
    line = security_lines.only("person_edited")
    assert (line["user"], line["via"], line["of"]) == (owner.pk, "admin", person.pk)
    assert "E-mail" in line["facts"]["fields"]
    told = security_lines.only("permissions_changed")["facts"]
    assert told == {"permissions": ["products.view_cost"]} | named(person)


def test_password_and_person_made_in_the_django_admin(
    owner: User, person: User, security_lines: SecurityLines
) -> None:
    client = signed_in_as(owner)
    words = {"password1": NEW_WORDS, "password2": NEW_WORDS}
    page = f"/admin/accounts/user/{person.pk}/password/"
    client.post(page, words | {"usable_password": "true"})
    assert security_lines.only("password_set")["facts"] == named(person)
    new = {"email": "u@example.com", "name": "Una", "role": "Clerk"} | words
    client.post("/admin/accounts/user/add/", new)
    una = User.objects.get(email="u@example.com")
    assert security_lines.of("person_created")[-1]["facts"]["person"] == una.pk


def test_groups_of_the_shop(
    owner: User, person: User, security_lines: SecurityLines
) -> None:
    client = signed_in_as(owner)
    right = Permission.objects.get(codename="view_cost")
    form = {"name": "Bookkeeping", "permissions": [right.pk]}
    client.post("/admin/auth/group/add/", form)
    group = right.group_set.get(name="Bookkeeping")
    set_shop_groups(person=person, groups=[group], actor=owner)
    assert "Bookkeeping" in security_lines.only("groups_changed")["facts"]["groups"]
    client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Books"})
    client.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})
    told = [line["facts"] for line in security_lines.of("group_edited")]
    assert [facts["what"] for facts in told] == ["added", "changed", "deleted"]
    assert told[0]["permissions"] == ["products.view_cost"]


def test_commands_name_the_operator(
    person: User, monkeypatch, security_lines: SecurityLines
) -> None:
    monkeypatch.setattr("sys.argv", ["manage.py", "assign_role", "secret-argument"])
    monkeypatch.setattr("getpass.getuser", lambda: "deploy")
    call_command("assign_role", person.email, "Clerk", verbosity=0)
    line = security_lines.only("role_changed")
    assert (line["user"], line["name"], line["via"]) == (None, "deploy", "command")
    assert (line["page"], line["client"]) == ("assign_role", "")
    assert "secret-argument" not in security_lines.texts[-1]


def test_new_superuser_and_password_at_the_shell(
    db: None, monkeypatch, security_lines: SecurityLines
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", email="o@example.com", name="Olga", interactive=False
    )
    assert security_lines.only("person_created")["facts"]["superuser"] is True
    monkeypatch.setattr("getpass.getpass", lambda *_args, **_named: NEW_WORDS)
    call_command("changepassword", "o@example.com")
    assert security_lines.only("password_set")
