import pytest
from django.test import Client, RequestFactory

from accounts import throttle


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "Wait 1 second, then try again."),
        (59, "Wait 59 seconds, then try again."),
        (60, "Wait 1 minute, then try again."),
        (61, "Wait 2 minutes, then try again."),
        (300, "Wait 5 minutes, then try again."),
    ],
)
def test_sentence_rounds_up(seconds: int, said: str) -> None:
    assert throttle.wait_sentence(seconds) == said


def test_nothing_to_wait_for_before_any_attempt(rf: RequestFactory) -> None:
    request = rf.post("/login")
    assert throttle.seconds_to_wait(request, "login") == 0
    assert throttle.seconds_to_wait(request, "login_failed", key="a@b.example") == 0


@pytest.mark.django_db
def test_waits_for_the_longest_limit_hit(client: Client, rf: RequestFactory) -> None:
    for _attempt in range(5):
        client.post("/login", {"email": "a@b.example", "password": "wrong"})
    request = rf.post("/login")
    by_account = throttle.seconds_to_wait(request, "login_failed", key="a@b.example")
    assert 290 <= by_account <= 300
    assert throttle.seconds_to_wait(request, "login_failed", key="c@d.example") == 0
    assert throttle.seconds_to_wait(request, "login_failed") == 0


def test_a_limit_by_person_is_left_out_for_strangers(rf: RequestFactory) -> None:
    request = rf.post("/account/password")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    assert throttle.seconds_to_wait(request, "change_password") == 0
