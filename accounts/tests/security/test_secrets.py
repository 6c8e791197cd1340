"""No password, code, token, link or key is in any line, whichever door it came by."""

import re
from dataclasses import dataclass, field

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.factors import code_of_app, prove_again
from accounts.tests.people import make_superuser, make_user
from accounts.tests.views.test_mfa_activate_totp import secret_on
from inventory_site.tests.security_lines import SecurityLines

PASSWORD = "seven grey herons"
OTHER = "eight brown owls"
FORGED = "forged-token-0123456789"
DOORS = (  # what the walk must have led through
    *("registered", "address_confirmed", "signed_in", "sign_in_failed", "signed_out"),
    *("identity_confirmed", "second_factor_added", "second_factor_failed"),
    *("recovery_codes_made", "recovery_codes_shown", "recovery_code_used"),
    *("password_set", "password_reset_asked", "password_reset", "reset_link_made"),
    *("email_change_asked", "email_change_agreed", "email_changed"),
    *("invited", "invitation_accepted"),
    *("page_denied", "csrf_failed", "bad_request"),
)


@dataclass
class Walk:
    """One visitor through the doors, who writes down each secret he meets."""

    client: Client = field(default_factory=Client)
    secrets: set[str] = field(default_factory=lambda: {PASSWORD, OTHER, FORGED})

    def post(self, address: str, **form: str) -> str:
        self.secrets |= {value for name, value in form.items() if name == "code"}
        response = self.client.post(address, form, follow=True)
        self.secrets |= {morsel.value for morsel in self.client.cookies.values()}
        self.secrets |= {self.client.session.session_key or ""}
        return response.text

    def link(self, pattern: str, text: str) -> str:
        found = re.search(pattern, text)
        assert found, pattern
        self.secrets.add(found[0].rpartition("/")[2])
        return found[0]


def register_and_sign_in(walk: Walk) -> None:
    form = {"email": "rosa@example.com", "password": PASSWORD}
    walk.post("/register", name="Rosa", **form)
    page = walk.link(r"/account/e-mail/confirm/[\w:-]+", str(mail.outbox[-1].body))
    walk.post(page)
    walk.post("/login", **form | {"password": OTHER})
    walk.post("/login", email=PASSWORD, password=PASSWORD)
    walk.post("/login", email=f"{PASSWORD.replace(' ', '')}@x.example", password="x")
    walk.post("/login", **form)


def set_up_a_factor(walk: Walk, person: User) -> None:
    prove_again(walk.client, PASSWORD)
    secret = secret_on(walk.client.get("/account/second-factor/app").text)
    walk.secrets.add(secret)
    walk.post("/account/second-factor/app", code=code_of_app(secret))
    walk.post("/account/second-factor/codes/new")
    walk.client.get("/account/second-factor/codes/download")
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap()
    walk.secrets |= set(codes.get_unused_codes())
    walk.post("/logout")
    walk.post("/login", email=person.email, password=PASSWORD)
    walk.post("/login/second-step", code="918273")
    walk.post("/login/second-step", code=codes.get_unused_codes()[0])


def change_password_and_address(walk: Walk, person: User) -> None:
    new = {"password1": OTHER, "password2": OTHER}
    walk.post("/account/password", oldpassword="not this one", **new)
    walk.post("/account/password", oldpassword=PASSWORD, **new)
    prove_again(walk.client, OTHER)
    walk.post("/account/e-mail", email="new@example.com")
    for sent in mail.outbox[-2:]:
        page = walk.link(r"/account/e-mail/change/[\w-]+", str(sent.body))
        Client(enforce_csrf_checks=True).post(page)
        walk.post(page)
    walk.post("/account/password/reset", email="new@example.com")
    sent = str(mail.outbox[-1].body)
    page = walk.link(r"/account/password/reset/[\w-]+", sent)
    reader = Client()
    shown = reader.get(page, follow=True).request["PATH_INFO"]
    Client(enforce_csrf_checks=True).post(page, new)
    reader.post(shown, new)


def manage_people(walk: Walk) -> None:
    person = make_user()
    text = walk.post(
        "/account/invitations/new", name="Ivo", email="i@example.com", role="Clerk"
    )
    sent = str(mail.outbox[-1].body) + text
    page = walk.link(r"/account/invitation/[\w-]+", sent)
    Client().generic("DELETE", page)
    Client().post(page, {"name": "Ivo", "password": PASSWORD})
    text = walk.post(f"/account/people/{person.pk}/reset-link")
    walk.link(r"/account/password/reset/[\w-]+", text)


def forge(walk: Walk) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.post("/login", {"csrfmiddlewaretoken": FORGED, "password": PASSWORD})
    for page in ("invitation", "e-mail/change", "e-mail/confirm", "password/reset"):
        walk.client.generic("DELETE", f"/account/{page}/{FORGED}?token={FORGED}")
    stranger = Client()
    stranger.force_login(make_user("eve@example.com"))
    stranger.get(f"/account/people?password={FORGED}")
    walk.client.get("/login", headers={"Host": f"{FORGED}.example"})


@pytest.mark.usefixtures("with_mail")
@pytest.mark.django_db(transaction=True)
def test_no_secret_is_in_any_line(security_lines: SecurityLines) -> None:
    walk, owner = Walk(), Walk()
    owner.client.force_login(make_superuser())
    register_and_sign_in(walk)
    person = User.objects.get(email="rosa@example.com")
    set_up_a_factor(walk, person)
    change_password_and_address(walk, person)
    manage_people(owner)
    forge(walk)
    secrets = {secret for secret in walk.secrets | owner.secrets if len(secret) > 5}
    assert len(secrets) > 25
    text = "\n".join(security_lines.texts)
    assert not {secret for secret in secrets if secret in text}
    assert set(DOORS) - set(security_lines.events()) == set()
