import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.services.invitations import invite_person

pytestmark = pytest.mark.django_db

PAGE = "/account/invitations"


def invite(owner: User, name: str, *, role: Role = Role.CLERK) -> Invitation:
    email = f"{name.lower()}@example.com"
    return invite_person(actor=owner, email=email, name=name, role=role)[0]


def test_shows_who_was_asked_in_and_by_whom(owner_client: Client, owner: User) -> None:
    invite(owner, "Zoe")
    page = owner_client.get(PAGE).text
    for fact in ("Zoe", "zoe@example.com", "invited by Olga Owner", "Clerk"):
        assert fact in page


def test_expired_is_said(owner_client: Client, owner: User) -> None:
    invite(owner, "Zoe")
    Invitation.objects.update(expires_at=timezone.now())
    assert "Expired" in owner_client.get(PAGE).text


def test_empty_leads_on(owner_client: Client) -> None:
    assert "No invitation is open" in owner_client.get(PAGE).text


def test_admins_invitation_has_no_buttons_for_others(
    admin_client: Client, owner: User
) -> None:
    theirs = invite(owner, "Zoe", role=Role.ADMIN)
    ours = invite(owner, "Ann")
    page = admin_client.get(PAGE).text
    assert f"/account/invitations/{theirs.pk}/" not in page
    assert f"/account/invitations/{ours.pk}/" in page


def test_queries_do_not_grow(
    owner_client: Client,
    owner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    queries = 8  # session, user, page and its count, three counts, locations
    invite(owner, "Zoe")
    with django_assert_num_queries(queries):
        owner_client.get(PAGE)
    for number in range(15):
        invite(owner, f"Zoe{number}")
    with django_assert_num_queries(queries):
        owner_client.get(PAGE)
