"""Who guesses is slowed down, whatever he says he is; the owner is not."""

import pytest

from accounts.tests.factors import code_of_app
from inventory_site.tests.served.browser import OWNER, PASSWORD, Browser
from inventory_site.tests.served.people import email_of

TOO_OFTEN = "That was too often."
PER_ACCOUNT, PER_CLIENT = 5, 10  # wrong ones


def wrong(browser: Browser, email: str) -> str:
    return browser.sign_in("wrong", email).body


def test_an_account_is_guarded_from_everywhere(shop: int) -> None:
    """Each try from another machine; the last by the admin's door. The owner gets in
    where he was before, and after a stranger's guessing still does.
    """
    known = Browser(shop)
    known.sign_in(email=email_of("adam"))
    known.post("/logout", {})
    for _attempt in range(PER_ACCOUNT):
        assert "do not match" in wrong(Browser(shop), email_of("adam"))
    refused = Browser(shop).sign_in(email=email_of("adam"))
    assert TOO_OFTEN in refused.body
    form = {"username": email_of("adam"), "password": PASSWORD}
    door = Browser(shop).post("/admin/login/?next=/admin/", form)
    assert door.location.startswith("/login?next=")
    assert known.sign_in(email=email_of("adam")).location == "/dashboard"


def test_a_client_is_slowed_down_at_every_account(shop: int) -> None:
    for attempt in range(PER_CLIENT):
        guesser = Browser(shop, "10.1.1.1")
        assert "do not match" in wrong(guesser, f"nobody{attempt}@example.com")
    assert TOO_OFTEN in Browser(shop, "10.1.1.1").sign_in().body
    assert Browser(shop, "10.1.1.2").sign_in().location == "/dashboard"


def test_what_a_client_puts_before_the_proxys_word_is_not_heard(shop: int) -> None:
    for attempt in range(PER_CLIENT):
        guesser = Browser(shop, f"10.2.{attempt}.1, 10.1.1.3")
        assert "do not match" in wrong(guesser, f"no{attempt}@example.com")
    assert TOO_OFTEN in Browser(shop, "10.99.1.1, 10.1.1.3").sign_in().body


@pytest.mark.parametrize(
    "address", ["", "nonsense", "10.1.1.4:99999", "[::1", ",", "🍋"]
)
def test_an_address_that_is_none_is_an_answer(shop: int, address: str) -> None:
    """A proxy that writes nonsense; nobody can be told apart, so nobody comes in."""
    address = address.encode().decode("latin-1")
    answer = Browser(shop, address).sign_in("wrong", "none@example.com")
    assert answer.status in {200, 403}
    assert not answer.location


def test_without_a_proxy_nothing_a_client_says_is_heard(bare_shop: int) -> None:
    headers = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP")
    for attempt in range(PER_CLIENT):
        said = dict.fromkeys(headers, f"10.3.0.{attempt}")
        guesser = Browser(bare_shop, "")
        answer = guesser.sign_in(
            "wrong", f"no{attempt}@example.com", **said, **{"User-Agent": str(attempt)}
        )
        assert "do not match" in answer.body
    said = dict.fromkeys(headers, "10.3.9.9")
    assert TOO_OFTEN in Browser(bare_shop, "").sign_in(**said).body


STEP = "/login/second-step"


def at_second_step(shop: int, address: str, name: str) -> Browser:
    """Come as far as the password leads."""
    browser = Browser(shop, address)
    assert browser.sign_in(email=email_of(name)).location == STEP
    return browser


def told_of(browser: Browser, code: str) -> str:
    """Return where a code led, or the page that refused it."""
    form = {"code": code, "csrfmiddlewaretoken": browser.token_of(STEP)}
    answer = browser.ask("POST", STEP, form)
    return answer.location or answer.body


def test_second_factor_is_guarded_by_account_and_by_client(shop: int) -> None:
    guessing, other = "10.1.1.5", "10.1.1.6"
    tess = at_second_step(shop, guessing, "tess")
    for name in ("tim", "tom"):
        for _attempt in range(PER_ACCOUNT):
            guesser = at_second_step(shop, guessing, name)
            assert "This did not fit." in told_of(guesser, "000000")
    # Five wrong ones for an account, wherever from; ten from a client, for whomever.
    tim = at_second_step(shop, other, "tim")
    assert TOO_OFTEN in told_of(tim, code_of_app())
    assert TOO_OFTEN in told_of(tess, code_of_app())
    assert TOO_OFTEN in Browser(shop, guessing).sign_in().body
    tess = at_second_step(shop, other, "tess")
    assert told_of(tess, code_of_app()) == "/dashboard"


def test_registering_and_resetting_is_slowed_down_by_client(shop: int) -> None:
    for door in ("/register", "/account/password/reset"):
        guesser = Browser(shop)
        form = {"name": "N", "password": "short"}
        answers = [
            guesser.post(door, form | {"email": f"a{n}@example.com"}) for n in range(21)
        ]
        assert {answer.status for answer in answers[:20]} <= {200, 302}
        assert answers[-1].status == 429
        assert OWNER not in answers[-1].body
