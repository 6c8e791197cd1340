import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.roles import Role

pytestmark = pytest.mark.django_db

LIST = "/admin/auth/group/"


def test_superuser_makes_groups_of_the_shop(owner_client: Client) -> None:
    owner_client.post(f"{LIST}add/", {"name": "Bookkeeping"})
    assert Group.objects.filter(name="Bookkeeping").exists()


def test_roles_can_be_looked_at_only(owner_client: Client) -> None:
    clerk = Group.objects.get(name=Role.CLERK)
    page = f"{LIST}{clerk.pk}"
    assert owner_client.get(f"{page}/change/").status_code == 200
    assert owner_client.post(f"{page}/change/", {"name": "X"}).status_code == 403
    assert owner_client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    assert Group.objects.filter(name=Role.CLERK).exists()


@pytest.mark.parametrize("page", [LIST, f"{LIST}add/"])
def test_superusers_only(admin_client: Client, page: str) -> None:
    assert admin_client.get(page).status_code == 403
    assert owner_sees_no_groups(admin_client)


def owner_sees_no_groups(client: Client) -> bool:
    return LIST not in client.get("/admin/").text
