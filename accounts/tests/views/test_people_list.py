import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import make_user, signed_in_as

pytestmark = pytest.mark.django_db

PAGE = "/account/people"


def crowd(count: int) -> None:
    start = User.objects.count()
    for number in range(start, start + count):
        make_user(f"p{number:02}@example.com", name=f"Person {number:02}")


def test_lists_people_by_name(owner_client: Client) -> None:
    make_user("a@example.com", name="Zoë")
    make_user("z@example.com", name="Ann")
    rows = owner_client.get(PAGE).context["rows"]
    assert [row.person.name for row in rows] == ["Ann", "Olga Owner", "Zoë"]


@pytest.mark.parametrize("text", ["zo", "ZOE@EX"])
def test_search_by_name_or_address(owner_client: Client, text: str) -> None:
    make_user("zoe@example.com", name="Zoë")
    rows = owner_client.get(PAGE, {"who": text}).context["rows"]
    assert [row.person.name for row in rows] == ["Zoë"]


def test_search_without_a_match_leads_back(owner_client: Client) -> None:
    response = owner_client.get(PAGE, {"who": "<b>nobody</b>"})
    assert "Nobody matches “&lt;b&gt;nobody&lt;/b&gt;”" in response.text
    assert "Show everybody" in response.text


def test_deactivated_have_a_list_of_their_own(owner_client: Client) -> None:
    make_user("zoe@example.com", name="Zoë")
    User.objects.filter(name="Zoë").update(is_active=False)
    assert "Zoë" not in owner_client.get(PAGE).text
    assert "Zoë" in owner_client.get(PAGE, {"show": "deactivated"}).text


def test_nobody_deactivated_says_so(owner_client: Client) -> None:
    response = owner_client.get(PAGE, {"show": "deactivated"})
    assert "Nobody is deactivated" in response.text


def test_pages(owner_client: Client) -> None:
    crowd(25)
    assert len(owner_client.get(PAGE).context["rows"]) == 25
    assert len(owner_client.get(PAGE, {"page": 2}).context["rows"]) == 1
    assert owner_client.get(PAGE, {"page": 3}).status_code == 404


def test_superuser_may_give_every_role(owner_client: Client) -> None:
    make_user()
    assert owner_client.get(PAGE).context["roles_to_give"] == list(Role)


def test_last_superuser_has_no_buttons(owner_client: Client, owner: User) -> None:
    page = owner_client.get(PAGE).text
    assert "Admin, the last one" in page
    assert f"/account/people/{owner.pk}/" not in page


def test_admin_sees_no_buttons_beside_admins_nor_the_admin_role(
    admin_client: Client, owner: User, clerk: User
) -> None:
    response = admin_client.get(PAGE)
    assert f"/account/people/{owner.pk}/" not in response.text
    assert f"/account/people/{clerk.pk}/role" in response.text
    assert '<option value="Admin"' not in response.text


@pytest.mark.parametrize("role", [Role.CLERK, Role.REGULAR])
def test_needs_the_permission(role: Role) -> None:
    assert signed_in_as(make_user(role=role)).get(PAGE).status_code == 403


def test_queries_do_not_grow_with_people(
    owner_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # Session, user, page and its count, groups, last one, three counts, locations.
    queries = 10
    crowd(1)
    with django_assert_num_queries(queries):
        owner_client.get(PAGE)
    crowd(20)
    with django_assert_num_queries(queries):
        owner_client.get(PAGE)
