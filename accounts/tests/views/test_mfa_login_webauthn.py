"""What the doors for passkeys answer to things no browser would send."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.tests.factors import give_app, prove_again
from accounts.tests.people import is_signed_in, make_user, signed_in_as, typed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/login/passkey"
SIGNED = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}
MADE = {"clientDataJSON": "e30", "attestationObject": "AA"}
HOSTILE = [
    "",
    "nonsense",
    "null",
    "1",
    '"text"',
    "[]",
    "{}",
    "[" * 5_000,
    "[" * 100_000,
    "9" * 5_000,
    json.dumps({"id": 1, "rawId": 2, "response": 3, "type": 4}),
    json.dumps({"response": None}),
    json.dumps({"response": {"userHandle": 7}}),
    json.dumps({"response": {"userHandle": "!"}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "x", "response": SIGNED}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": SIGNED}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": MADE}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": SIGNED | {"userHandle": "MQ"},
        }
    ),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": SIGNED | {"userHandle": "emV6ZXpl" * 20},
        }
    ),
]


@pytest.mark.parametrize("credential", HOSTILE)
def test_sign_in_refuses_nonsense(client: Client, credential: str) -> None:
    make_user()
    client.get(ADDRESS)
    assert client.post(ADDRESS, {"credential": credential})["Location"] == "/login"
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", HOSTILE)
def test_second_step_refuses_nonsense(credential: str) -> None:
    give_app(make_user())
    client = typed_in()
    client.get("/login/second-step")
    response = client.post("/login/second-step", {"credential": credential})
    assert response.status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", HOSTILE)
def test_adding_refuses_nonsense(credential: str) -> None:
    client = signed_in_as(make_user())
    prove_again(client)
    address = "/account/second-factor/passkeys/new"
    client.get(address)
    response = client.post(address, {"name": "x", "credential": credential})
    assert response.status_code == 200
    assert not Authenticator.objects.exists()


def test_challenge_names_nobody_and_differs(client: Client) -> None:
    make_user()
    first, second = (client.get(ADDRESS).json()["request_options"] for _ in range(2))
    assert first["publicKey"].get("allowCredentials") in (None, [])
    assert first["publicKey"]["userVerification"] == "required"
    assert first["publicKey"]["challenge"] != second["publicKey"]["challenge"]


def test_many_posts_from_one_machine_wait(client: Client) -> None:
    for _attempt in range(10):
        assert client.post(ADDRESS, {"credential": "{}"}).status_code == 302
    response = client.post(ADDRESS, {"credential": "{}"})
    assert response.status_code == 429
    assert "That was too often" in response.text
    assert 0 < int(response["Retry-After"]) <= 60
