"""With mail, no door tells whether an address has an account.

Not by words, status, headers or cookies; that the work behind it is the same is
counted in `accounts/tests/test_same_work.py`.
"""

import re

import pytest

from inventory_site.tests.served.browser import OWNER, PASSWORD, Answer, Browser

# What differs in every answer: tokens, and the address typed in.
FLEETING = re.compile(r'value="[^"]*"|"X-CSRFToken": "\w+"')
DOORS = {
    "/login": {"password": "wrong"},
    "/register": {"name": "N", "password": "eight brown owls"},
    "/register?next=/dashboard": {"name": "", "password": "x"},
    "/account/password/reset": {},
    "/admin/login/": {"username": OWNER, "password": PASSWORD},
}


def told(shop: int, door: str, email: str) -> tuple[str, Answer]:
    answer = Browser(shop).post(door, DOORS[door] | {"email": email})
    return FLEETING.sub("", answer.body), answer._replace(body="")


@pytest.mark.parametrize("door", DOORS)
def test_no_door_tells(shop: int, door: str) -> None:
    known = told(shop, door, OWNER)
    assert known == told(shop, door, f"nova{len(door)}@example.com")
    assert known[1].status in {200, 302}
