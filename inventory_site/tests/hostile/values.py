"""What somebody may send who means no good, or whose keyboard slipped."""

import os
from collections.abc import Mapping, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st

# Examples for each address. A night's run: HOSTILE_EXAMPLES=500.
EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "6"))

TEXTS = [
    "",
    " ",
    "\0",
    "a\0b",
    "\x01\x1b[31m\x7f",
    "\r\nSet-Cookie: a=b",
    "\u200b\u2028\ufeff",
    "\u202eevil\u202c",
    "שלום עולם",
    "🍋\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\udce9\ud800",  # half a pair: bytes that are no UTF-8
    "\uffff\U0010ffff",
    "e\u0301" * 50,
    "İ" * 90,  # longer when it is folded
    "ﷺ" * 60,
    "x" * 100_000,
    "9" * 5_000,  # more digits than Python reads into a number
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}%s%(a)s{0}",
    "' OR 1=1 --",
    "%_\\",
    "=HYPERLINK(1)",
    "../../etc/passwd",
    "on",
    "null",
    "[]",
    '{"a": 1}',
    '{"type": "public-key", "id": "\\ud800", "rawId": 1, "response": {}}',
    '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "AA"}}',
    "[" * 5_000,
    "__class__",
    "pk__in",
]
NUMBERS = [
    "0",
    "-0",
    "-1",
    "1",
    "2",
    "1.5",
    "0.005",
    "1e9",
    "1e-9",
    "1e999",
    "1E+999999999",
    "NaN",
    "sNaN",
    "-Infinity",
    "0x10",
    "1_000",
    "١٢٣",
    "१२",
    "１２",
    "²",
    "½",
    "1,5",
    "1.234,56",
    "9999999999.99",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "9" * 18,
    "9" * 40,
    "99999999999999999999.999999",
]
MOMENTS = [
    "0000-00-00",
    "0001-01-01",
    "0001-01-01T00:00",
    "9999-12-31",
    "9999-12-31T23:59:59",
    "10000-01-01",
    "2026-02-30",
    "2026-03-29T02:30",
    "2026-10-25T02:30",
    "2026-01-01T00:00:60",
    "2026-01-01T00:00+99:99",
    "0001-01-01T00:00+14:00",
    "9999-12-31T23:59-12:00",
    "٢٠٢٦-٠١-٠١",
    "2026-13",
    "0000-01",
    "9999-12",
    "2026-W01",
    "24:00",
    "today",
]
KEYS = ["~", "~1", "x~1", "1~x", "~" + "9" * 40, "\0~1", "NaN~1", "1-2-3", "-", "1-"]
HOSTILE = [*TEXTS, *NUMBERS, *MOMENTS, *KEYS]

# What has broken pages before, here or elsewhere: sent to each field of all.
WORST = ["\0", "x" * 100_000, "9" * 5_000, "9223372036854775808", "\udce9\ud800", "NaN"]

FILES = [
    b"",
    b"\0" * 64,
    b"\xff\xfe\x00\xd8",
    b"PK\x03\x04" + b"\0" * 40,
    b"GIF89a" + b"\xff" * 20,
    b"\x89PNG\r\n\x1a\n" + b"\0" * 30,
    b"sku,name\n\0,\xc3\x28\n",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b'"' * 3_000,
]
FILE_NAMES = [
    "a.csv",
    "a.xlsx",
    "a.png",
    "..\\..\\evil.php",
    "\u202ecsv.exe",
    "x" * 300,
]


def file_of(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


FILE = st.builds(file_of, st.sampled_from(FILES), st.sampled_from(FILE_NAMES))


def fields(
    names: Sequence[str], usual: Mapping[str, Sequence[str]], ids: Sequence[str]
) -> st.SearchStrategy[dict[str, list[object]]]:
    """Each name with what it usually has, with something hostile, twice, or without."""
    hostile = st.one_of(
        st.sampled_from(HOSTILE), st.sampled_from(ids or ["1"]), st.text(max_size=20)
    )
    several = st.lists(hostile, min_size=2, max_size=3)

    def one(name: str) -> st.SearchStrategy[list[object]]:
        shown = st.just(list(usual.get(name, ["1"])))
        one_value = hostile.map(lambda value: [value])
        absent: st.SearchStrategy[list[object]] = st.just([])
        return st.one_of(shown, shown, one_value, one_value, several, absent)

    return st.fixed_dictionaries({name: one(name) for name in names})
