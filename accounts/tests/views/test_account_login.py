import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import PASSWORD, is_signed_in, make_user

pytestmark = pytest.mark.django_db

MISMATCH = "E-mail and password do not match."


def sign_in(client: Client, email: str = "nora@example.com", **changes: str):
    data = {"email": email, "password": PASSWORD} | changes
    return client.post("/login", data)


@pytest.mark.parametrize("typed", ["nora@example.com", " NORA@Example.COM "])
def test_signs_in_in_any_case(client: Client, typed: str) -> None:
    make_user()
    assert sign_in(client, typed)["Location"] == "/dashboard"
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "changes", [{"password": "wrong"}, {"email": "no@example.com"}]
)
def test_wrong_says_the_same_either_way(
    client: Client, changes: dict[str, str]
) -> None:
    make_user()
    response = client.post(
        "/login", {"email": "nora@example.com", "password": PASSWORD} | changes
    )
    assert response.status_code == 200
    assert MISMATCH in response.text
    assert not is_signed_in(client)


def test_password_past_the_limit_is_refused_before_hashing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user()
    monkeypatch.setattr(User, "check_password", pytest.fail)
    monkeypatch.setattr(User, "set_password", pytest.fail)
    response = sign_in(client, password="x" * 100_000)
    assert "the most we take is 512" in response.text


@pytest.mark.parametrize(
    ("ticked", "closes_with_browser"), [({}, True), ({"remember": "on"}, False)]
)
def test_remembers_when_asked(
    client: Client, ticked: dict[str, str], closes_with_browser: bool
) -> None:
    make_user()
    sign_in(client, **ticked)
    assert client.session.get_expire_at_browser_close() == closes_with_browser


def test_deactivated_person_is_told(client: Client) -> None:
    make_user()
    User.objects.update(is_active=False)
    assert sign_in(client)["Location"] == "/account/inactive"
    assert "This account is deactivated" in client.get("/account/inactive").text


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/account/profile?x=1", "/account/profile?x=1"),
        ("https://evil.example/", "/dashboard"),
        ("//evil.example/", "/dashboard"),
        ("javascript:alert(1)", "/dashboard"),
        ("http://other.testserver/", "/dashboard"),
    ],
)
def test_next_stays_inside(
    client: Client, settings: Settings, target: str, expected: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", ".testserver"]
    make_user()
    assert sign_in(client, next=target)["Location"] == expected


def test_page_behind_leads_here_and_back(client: Client) -> None:
    make_user()
    door = client.get("/account/profile")["Location"]
    assert door == "/login?next=/account/profile"
    page = client.get(door).text
    assert '<input type="hidden" name="next" value="/account/profile">' in page


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods(client: Client, method: str) -> None:
    assert getattr(client, method)("/login").status_code in {200, 405}
    assert not is_signed_in(client)


class TestThrottle:
    def test_sixth_wrong_password_for_an_account_waits(self, client: Client) -> None:
        make_user()
        for _attempt in range(5):
            assert MISMATCH in sign_in(client, password="wrong").text
        response = sign_in(client)
        assert "That was too often. Wait 5 minutes, then try again." in response.text
        assert not is_signed_in(client)

    def test_another_address_or_host_header_is_no_way_around(
        self, client: Client, settings: Settings
    ) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        make_user()
        for attempt in range(5):
            client.post(
                "/login",
                {"email": "Nora@Example.com", "password": "wrong"},
                REMOTE_ADDR=f"10.0.0.{attempt}",
                headers={"host": f"{attempt}.example"},
            )
        response = client.post(
            "/login",
            {"email": "nora@example.com", "password": PASSWORD},
            REMOTE_ADDR="10.0.1.1",
        )
        assert "Wait 5 minutes" in response.text

    def test_somebody_else_on_another_machine_gets_in(self, client: Client) -> None:
        make_user()
        for _attempt in range(6):
            sign_in(client, "other@example.com", password="wrong")
        response = client.post(
            "/login",
            {"email": "nora@example.com", "password": PASSWORD},
            REMOTE_ADDR="10.0.0.1",
        )
        assert response.status_code == 302

    def test_right_passwords_are_not_counted_as_wrong(self, client: Client) -> None:
        make_user()
        for _attempt in range(12):
            assert sign_in(Client()).status_code == 302

    def test_many_posts_from_one_machine_wait(self, client: Client) -> None:
        for _attempt in range(30):
            client.post("/login", {})
        response = client.post("/login", {})
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 60
        assert "That was too often" in response.text


class TestOneDoor:
    """The admin has no sign-in of its own, so its attempts count here."""

    def test_admin_leads_here_and_back(self, client: Client) -> None:
        assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
        response = client.get("/admin/login/?next=/admin/")
        assert response["Location"].startswith("/login?next=")

    def test_admin_takes_no_password(self, client: Client, owner: User) -> None:
        response = client.post(
            "/admin/login/?next=/admin/",
            {"username": owner.email, "password": PASSWORD},
        )
        assert response["Location"].startswith("/login?next=")
        assert not is_signed_in(client)

    def test_people_without_the_role_get_a_403(
        self, client: Client, clerk: User
    ) -> None:
        client.force_login(clerk)
        assert client.get("/admin/", follow=True).status_code == 403


def test_demo_shows_its_sign_ins(client: Client, settings: Settings) -> None:
    assert "admin@demo.example" not in client.get("/login").text
    settings.DEMO = True
    assert "admin@demo.example" in client.get("/login").text
