"""Bodies that no form of ours sends: an answer, and nothing written."""

import pytest
from django.core.cache import cache

from inventory_site.tests.hostile.sending import Target, taken_back, target_of, written
from inventory_site.tests.permissions_table import ROWS, Row

pytestmark = pytest.mark.django_db

MULTIPART = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n'
BODIES = {
    "JSON": ("application/json", b'{"a": [1, "\\ud800"]}'),
    "JSON too deep": ("application/json", b"[" * 100_000),
    "JSON with a number too long": ("application/json", b"9" * 5_000),
    "JSON that is no UTF-8": ("application/json", b'"\xff"'),
    "no type": ("", b"a=1"),
    "a type that is none": ("/;=\xff", b"a=1"),
    "XML": ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;'),
    "no UTF-8": (FORM, b"%ff%fe=%ed%a0%80&\xff=\xff"),
    "a character set that is none": (f"{FORM}; charset=klingon", b"a=%E9"),
    "UTF-7": (f"{FORM}; charset=utf-7", b"a=+ADw-"),
    "UTF-16": (f"{FORM}; charset=utf-16", b"a=%D8%00"),
    "signs without names": (FORM, b"&&==&=&%&%%&;" * 100),
    "too many fields": (FORM, b"a=1&" * 10_001),
    "too large a field": (FORM, b"a=" + b"x" * 3_000_000),
    "no boundary": ("multipart/form-data", b"--x\r\n"),
    "a boundary that is none": ("multipart/form-data; boundary=\xff", b"--x\r\n"),
    "parts without end": (MULTIPART, PART % b"a" + b"1"),
    "parts without heads": (MULTIPART, b"--x\r\n\r\n\r\n--x\r\n--x--\r\n"),
    "a part in no BASE64": (
        MULTIPART,
        b"--x\r\nContent-Disposition: form-data; name=a\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n",
    ),
    "a part named NUL": (MULTIPART, PART % b"\0" + b"1\r\n--x--\r\n"),
    "too many files": (
        MULTIPART,
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n\r\n'
        * 101
        + b"--x--\r\n",
    ),
}
# Each view reads these for itself; the rest is read once for all of them, by the check
# of the form's token, so a few addresses will do.
READ_BY_VIEWS = [
    "JSON",
    "JSON with a number too long",
    "no UTF-8",
    "too large a field",
]
ALL_AT = {
    "account_login",
    "mfa_login_webauthn",
    "products:count_add",
    "products:import_add",
    "products:product_add",
}
POSTS = [row for row in ROWS if row.method == "POST"]


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.name)
def test_answers(row: Row) -> None:
    target = target_of(row)
    names = BODIES if row.name in ALL_AT else READ_BY_VIEWS
    statuses = {name: sent(target, *BODIES[name]) for name in names}
    assert not {name: status for name, status in statuses.items() if status >= 500}


def sent(target: Target, content_type: str, body: bytes) -> int:
    cache.clear()
    with taken_back():
        before = written()
        response = target.client.generic("POST", target.path, body, content_type)
        assert written() == before or response.status_code in {200, 302}
        return int(response.status_code)
