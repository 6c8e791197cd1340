"""The Django admin has no sign-in of its own: one door, one throttle."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.people import PASSWORD


def test_visitor_is_sent_to_the_sign_in_of_the_site(client: Client, db: None) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1] == ("/login?next=%2Fadmin%2F", 302)


def test_password_is_never_taken_at_the_admin(client: Client, admin: User) -> None:
    form = {"username": admin.email, "password": "a long password"}
    response = client.post("/admin/login/", form)
    assert response["Location"].startswith("/login?next=")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["login", "password_change"])
def test_nobody_guesses_from_inside(client: Client, admin: User, path: str) -> None:
    """Whoever is in gets no second form, which would count nothing and ask no code."""
    owner = User.objects.create_superuser("owner@example.com", PASSWORD, name="Owner")
    client.force_login(admin)
    form = {"username": owner.email, "password": PASSWORD, "old_password": "x"}
    response = client.post(f"/admin/{path}/", form)
    assert response["Location"] in {"/admin/", "/account/password"}
    assert client.session["_auth_user_id"] == str(admin.pk)


def test_person_without_the_right_is_told_so(client: Client, regular: User) -> None:
    client.force_login(regular)
    assert client.get("/admin/", follow=True).status_code == 403


def test_admin_enters(client: Client, admin: User) -> None:
    client.force_login(admin)
    response = client.get("/admin/")
    assert response.status_code == 200
    assert b"Linden &amp; Loom" in response.content


def test_address_without_the_slash(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert client.get("/admin")["Location"] == "/admin/"


def test_the_side_bar_shows_each_what_he_may(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert b"/admin/auth/group/" not in client.get("/admin/").content
    owner = User.objects.create_superuser("owner@example.com", name="Owner")
    client.force_login(owner)
    assert b"/admin/auth/group/" in client.get("/admin/").content
    client.force_login(admin)
    assert b"/admin/auth/group/" not in client.get("/admin/").content


def test_a_right_that_was_taken_is_gone_from_the_side_bar(
    client: Client, admin: User
) -> None:
    client.force_login(admin)
    assert b"/admin/products/hold/" in client.get("/admin/").content
    admin.groups.get().permissions.filter(codename="view_hold").delete()
    assert b"/admin/products/hold/" not in client.get("/admin/").content
