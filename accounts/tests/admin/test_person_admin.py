import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from accounts.tests.people import PASSWORD, make_superuser, make_user, signed_in_as

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"


def page_of(person: User) -> str:
    return f"{LIST}{person.pk}/change/"


def save(client: Client, person: User, **changes: object):
    data = {
        "email": person.email,
        "name": person.name,
        "role": person.role,
        "is_active": "on",
    }
    if person.is_superuser:
        data["is_superuser"] = "on"
    return client.post(page_of(person), data | changes, follow=True)


class TestList:
    def test_shows_roles_and_finds_people(self, owner_client: Client) -> None:
        make_user(role=Role.CLERK)
        page = owner_client.get(LIST, {"q": "NORA@"}).text
        assert "Nora New" in page
        assert "1 result" in page

    def test_filters_by_role(self, owner_client: Client) -> None:
        make_user(role=Role.CLERK)
        assert "Nora New" in owner_client.get(LIST, {"role": "Clerk"}).text
        assert "Nora New" not in owner_client.get(LIST, {"role": "Admin"}).text

    def test_queries_do_not_grow(
        self,
        owner_client: Client,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(20):
            make_user(f"p{number}@example.com")
        with django_assert_max_num_queries(8):
            owner_client.get(LIST)


class TestAdd:
    DATA = {
        "email": "Zoe@Example.com",
        "name": "Zoë",
        "role": "Clerk",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }

    def test_makes_a_whole_account(self, owner_client: Client) -> None:
        owner_client.post(f"{LIST}add/", self.DATA)
        person = User.objects.get(email="zoe@example.com")
        assert person.role == Role.CLERK
        assert person.check_password(PASSWORD)
        assert EmailAddress.objects.get(user=person).verified

    def test_default_role_is_given(self, owner_client: Client) -> None:
        owner_client.post(f"{LIST}add/", self.DATA | {"role": "Regular"})
        assert User.objects.get(email="zoe@example.com").role == Role.REGULAR

    def test_taken_in_another_case(self, owner_client: Client) -> None:
        make_user("zoe@example.com")
        response = owner_client.post(f"{LIST}add/", self.DATA)
        assert "An account with this e-mail exists already." in response.text

    def test_admin_who_is_no_superuser_makes_no_admin(
        self, admin_client: Client
    ) -> None:
        data = self.DATA | {"role": "Admin", "is_superuser": "on", "is_staff": "on"}
        response = admin_client.post(f"{LIST}add/", data)
        assert "Select a valid choice." in response.text
        assert not User.objects.filter(email="zoe@example.com").exists()


class TestChange:
    def test_role_name_and_address(self, owner_client: Client) -> None:
        person = make_user()
        save(owner_client, person, role="Admin", name="Nora", email="N@Example.com")
        person.refresh_from_db()
        assert (person.role, person.is_staff) == (Role.ADMIN, True)
        assert (person.name, person.email) == ("Nora", "n@example.com")
        assert EmailAddress.objects.get(user=person).email == "n@example.com"

    def test_saving_a_name_proves_no_address(self, owner_client: Client) -> None:
        person = make_user()
        EmailAddress.objects.update(verified=False)
        save(owner_client, person, name="Nora")
        assert not EmailAddress.objects.get(user=person).verified

    def test_deactivates_and_reactivates(self, owner_client: Client) -> None:
        person = make_user()
        theirs = signed_in_as(person)
        save(owner_client, person, is_active="")
        person.refresh_from_db()
        assert not person.is_active
        save(owner_client, person)
        person.refresh_from_db()
        assert person.is_active
        assert theirs.get("/account/profile").status_code == 302

    def test_superuser_gives_what_only_superusers_give(
        self, owner_client: Client
    ) -> None:
        person = make_user(role=Role.ADMIN)
        group = Group.objects.create(name="Bookkeeping")
        permission = Permission.objects.get(codename="view_cost")
        save(
            owner_client,
            person,
            is_superuser="on",
            shop_groups=[group.pk],
            user_permissions=[permission.pk],
        )
        person.refresh_from_db()
        assert person.is_superuser
        assert set(person.groups.values_list("name", flat=True)) == {
            "Admin",
            "Bookkeeping",
        }
        assert person.user_permissions.get() == permission

    def test_superuser_has_the_role_admin(self, owner_client: Client) -> None:
        person = make_user()
        response = save(owner_client, person, is_superuser="on")
        assert "A superuser has the role Admin." in response.text
        person.refresh_from_db()
        assert not person.is_superuser

    @pytest.mark.parametrize(
        "changes", [{"role": "Clerk", "is_superuser": ""}, {"is_active": ""}]
    )
    def test_last_admin_is_told(
        self, owner_client: Client, owner: User, changes: dict[str, str]
    ) -> None:
        response = save(owner_client, owner, **changes)
        assert "is the last admin" in response.text
        owner.refresh_from_db()
        assert (owner.is_active, owner.is_superuser) == (True, True)

    def test_refused_by_the_service_is_a_sentence(
        self, owner_client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "accounts.forms.admin.require_others_remain", lambda *args, **kwargs: None
        )
        response = save(owner_client, owner, is_active="", name="Another")
        assert "is the last admin" in response.text
        owner.refresh_from_db()
        assert (owner.is_active, owner.name) == (True, "Olga Owner")


class TestForAdminsWhoAreNoSuperusers:
    def test_form_has_no_superuser_fields(self, admin_client: Client) -> None:
        page = admin_client.get(page_of(make_user())).text
        for field in ("is_superuser", "shop_groups", "user_permissions", "is_staff"):
            assert f'name="{field}"' not in page

    def test_posted_superuser_fields_are_not_read(self, admin_client: Client) -> None:
        person = make_user()
        group = Group.objects.create(name="Bookkeeping")
        permission = Permission.objects.get(codename="view_cost")
        save(
            admin_client,
            person,
            role="Clerk",
            is_superuser="on",
            is_staff="on",
            shop_groups=[group.pk],
            groups=[group.pk],
            user_permissions=[permission.pk],
        )
        person.refresh_from_db()
        assert (person.is_superuser, person.is_staff) == (False, False)
        assert set(person.groups.values_list("name", flat=True)) == {"Clerk"}
        assert not person.user_permissions.exists()

    def test_admins_can_be_looked_at_only(
        self, admin_client: Client, owner: User
    ) -> None:
        assert "Olga Owner" in admin_client.get(page_of(owner)).text
        assert save(admin_client, owner, name="Hacked").status_code == 403
        owner.refresh_from_db()
        assert owner.name == "Olga Owner"

    def test_password_of_an_admin_is_out_of_reach(
        self, admin_client: Client, owner: User
    ) -> None:
        assert admin_client.get(f"{LIST}{owner.pk}/password/").status_code == 403


class TestPassword:
    def test_set_for_somebody(self, admin_client: Client) -> None:
        person = make_user()
        theirs = signed_in_as(person)
        new = {"password1": "eight brown owls", "password2": "eight brown owls"}
        admin_client.post(f"{LIST}{person.pk}/password/", new)
        person.refresh_from_db()
        assert person.check_password(new["password1"])
        assert theirs.get("/account/profile").status_code == 302

    def test_can_not_be_switched_off(self, owner_client: Client) -> None:
        person = make_user()
        data = {"usable_password": "false", "unset-password": "1"}
        owner_client.post(f"{LIST}{person.pk}/password/", data)
        person.refresh_from_db()
        assert person.has_usable_password()

    def test_past_the_limit(self, owner_client: Client) -> None:
        new = {"password1": "x!" * 300, "password2": "x!" * 300}
        page = owner_client.post(f"{LIST}{make_user().pk}/password/", new).text
        assert "the most we take is 512" in page


def test_nobody_is_deleted(owner_client: Client) -> None:
    person = make_superuser("second@example.com")
    address = f"{LIST}{person.pk}/delete/"
    assert owner_client.post(address, {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"}
    owner_client.post(LIST, data)
    assert User.objects.filter(pk=person.pk).exists()


def test_addresses_of_allauth_are_not_shown(owner_client: Client) -> None:
    assert owner_client.get("/admin/account/emailaddress/").status_code == 404
