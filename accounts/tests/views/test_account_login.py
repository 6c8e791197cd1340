import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.factors import code_of_app, give_app
from accounts.tests.people import PASSWORD, is_signed_in, make_user, typed_in

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


@pytest.mark.usefixtures("with_mail")
class TestNewDevice:
    AGENT = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"

    def test_is_mailed_about(self, client: Client) -> None:
        make_user()
        typed_in()
        mail.outbox.clear()
        typed_in(HTTP_USER_AGENT=self.AGENT, REMOTE_ADDR="93.184.216.34")
        [message] = mail.outbox
        assert message.to == ["nora@example.com"]
        assert message.subject == "A new device signed in to Linden & Loom"
        assert "Firefox on Windows, 93.184.216.34" in message.body
        assert "https://shop.example/account/sessions" in message.body

    def test_first_time_and_known_devices_are_not(self) -> None:
        make_user()
        client = typed_in()
        for _time in range(2):
            client.post("/logout")
            typed_in(client=client, REMOTE_ADDR="93.184.216.34")
        assert not mail.outbox

    def test_wrong_password_is_not(self) -> None:
        make_user()
        typed_in()
        typed_in(password="wrong")
        assert not mail.outbox

    def test_waits_for_the_second_factor(self) -> None:
        person = make_user()
        typed_in()
        give_app(person)
        client = typed_in()
        assert not mail.outbox
        client.post("/login/second-step", {"code": code_of_app()})
        assert len(mail.outbox) == 1


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
