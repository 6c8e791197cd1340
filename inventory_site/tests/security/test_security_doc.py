"""docs/security*.md against the code: what is written there is so."""

import ast
import re
from datetime import timedelta
from functools import cache

import pytest
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa import app_settings as mfa
from django.conf import settings

from accounts import devices, middleware, validators
from accounts.roles import BROWSE, MANAGE_PEOPLE, MOVE_STOCK, Role, holds
from accounts.services import email_changes, invitations, sessions
from inventory_site import uploads
from inventory_site.account_settings import RATE_LIMITS
from inventory_site.security.events import Event, Outcome
from inventory_site.tests.sources import CODE, ROOT
from products.importing import request
from products.services import pictures
from products.tabular import packages

DOCS = ROOT / "docs"
SECURITY = (DOCS / "security.md").read_text()
LOG = (DOCS / "security-log.md").read_text()
LIST = (DOCS / "security-requirements.md").read_text()
# Requirements of levels 1 and 2 by chapter, as ASVS 5.0.0 has them.
ASKED = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}
# Number, three of them; a row may hold several.
NUMBERED = re.compile(r"^\| (\d+\.\d+\.\d+[^|]*) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
CITED = re.compile(r"`(\w+)/((?:\w+/)*test_\w+\.py)::(test_\w+)`")
MATRIX = re.compile(r"^\| (`(?:products|accounts)\.\w+`.*) \|$", re.MULTILINE)
ROLES = [Role.ADMIN, Role.CLERK, Role.REGULAR]


@cache
def names_in(app: str, file: str) -> set[str]:
    path = ROOT / app / "tests" / file
    tree = ast.parse(path.read_text()) if path.exists() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def cited() -> list[tuple[str, str, str]]:
    rows = LIST[LIST.index("## V1 ") :]
    return sorted(set(CITED.findall(rows)))


@pytest.mark.parametrize(("app", "file", "name"), cited())
def test_each_test_that_is_named_is_there(app: str, file: str, name: str) -> None:
    assert name in names_in(app, file)


def test_no_requirement_is_left_out_or_there_twice() -> None:
    found: list[str] = []
    for numbers, _what, _shown in NUMBERED.findall(LIST):
        if "(L3)" not in numbers:
            found += re.findall(r"\d+\.\d+\.\d+", numbers)
    assert len(found) == len(set(found))
    chapters = [int(number.partition(".")[0]) for number in found]
    assert {chapter: chapters.count(chapter) for chapter in ASKED} == ASKED


def test_each_requirement_has_a_test_a_document_or_a_reason() -> None:
    told = ("`", "docs/", "“", "n/a", "not done", "operator")
    bare = [
        numbers
        for numbers, _what, shown in NUMBERED.findall(LIST)
        if not any(word in shown for word in told)
    ]
    assert not bare


def test_matrix_is_what_the_roles_hold() -> None:
    named: set[str] = set()
    for row in MATRIX.findall(SECURITY):
        first, *ticks = (cell.strip() for cell in row.split("|"))
        for codename in re.findall(r"`(\w+\.\w+)`", first):
            named.add(codename)
            held = ["✓" if holds(role, codename) else "" for role in ROLES]
            assert held == ticks, codename
    assert BROWSE | MOVE_STOCK | {MANAGE_PEOPLE, "products.view_cost"} <= named


def a_rate(action: str, per: str) -> str:
    (rate,) = (one for one in parse_rates(RATE_LIMITS[action]) if one.per == per)
    minutes = int(rate.duration // 60)
    return f"{rate.amount} a minute" if minutes == 1 else f"{rate.amount} in {minutes}"


def days(span: timedelta) -> str:
    return f"{span.days} day{'' if span.days == 1 else 's'}"


def limits() -> list[tuple[str, str]]:
    """Return the row of the table, and what stands in it."""
    return [
        ("posts of the sign-in form", a_rate("sign_in", "ip")),
        ("wrong passwords or codes", a_rate("login_failed", "ip")),
        ("wrong passwords or codes", a_rate("login_failed", "key") + " minutes"),
        ("wrong passwords or codes", a_rate("login_failed_known", "key")),
        ("registrations", a_rate("signup", "ip")),
        ("mails to one address", a_rate("mail_to", "key")),
        ("change of password", a_rate("change_password", "user")),
        ("proofs once more", a_rate("reauthenticate", "user")),
        ("password", f"{validators.MAX_PASSWORD_LENGTH} characters"),
        ("session", f"{settings.SESSION_COOKIE_AGE // 86_400} days unused"),
        ("session", f"{days(middleware.LONGEST)} in any case"),
        ("session", f"{sessions.MOST_SESSIONS} a person"),
        (
            "link to a new password",
            days(timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)),
        ),
        ("invitation", days(invitations.LIFETIME)),
        ("link to another e-mail", days(email_changes.LIFETIME)),
        ("known device", days(devices.LIFETIME)),
        ("code of an app", f"{mfa.TOTP_PERIOD} seconds"),
        ("picture", f"{pictures.MAX_BYTES // 1_000_000} MB"),
        ("picture", f"{pictures.MAX_PIXELS // 1_000_000} million pixels"),
        ("picture", f"{pictures.MAX_SIDE:,} a side"),
        ("file to import", f"{request.MOST_BYTES // 1_000_000} MB"),
        ("file to import", f"{packages.MAX_RATIO} times"),
        ("any other form", f"{uploads.MOST_BYTES // 1_000_000} MB"),
        ("any other form", f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields"),
    ]


@pytest.mark.parametrize(("row", "limit"), limits())
def test_limit_is_the_one_of_the_code(row: str, limit: str) -> None:
    (found,) = re.findall(rf"^\| {row} \|(.*)\|$", SECURITY, re.MULTILINE)
    assert limit in found


def test_every_event_is_documented() -> None:
    table = LOG[LOG.index("| event | tells of") : LOG.index("**Never in it**")]
    firsts = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", " ".join(firsts)))
    assert named == set(Event)
    assert all(f"`{outcome}`" in LOG for outcome in Outcome)


@pytest.mark.parametrize("event", Event)
def test_every_event_is_told_by_somebody(event: Event) -> None:
    code = [path.read_text() for path in CODE if path.name != "events.py"]
    assert any(f"Event.{event.name}" in text for text in code)
