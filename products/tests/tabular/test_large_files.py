"""Files made to fill the memory: refused with a reason, in bounded memory.

Read by a process of its own, whose peak says what it took.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from products.tests.tabular.workbooks import SHEET, packed, parts, sheet

MB = 1_000_000
MOST_MEMORY = 350 * MB
READ = """
import json, resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from products.tabular.problems import UnreadableFileError
from products.tabular.reading import open_table
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as stream:
    try:
        table = open_table(stream, known={"sku", "name"}, max_bytes=200_000_000)
        said = str([record.problem for record in table.records()])
    except UnreadableFileError as refusal:
        said = str(refusal)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([said, (after - before) * 1024]))
"""


def one_cell() -> Iterator[bytes]:
    yield b"sku,name\nA,"
    yield from (b"x" * MB for _ in range(50))


def one_quoted_cell() -> Iterator[bytes]:
    yield b'sku,name\nA,"'
    yield from ("\U0001f600\n".encode() * (MB // 5) for _ in range(100))


def many_quoted_cells() -> Iterator[bytes]:
    yield b"sku,name\n"
    yield from (b'"' + b"x\n" * MB + b'",' for _ in range(70))


def open_quote() -> Iterator[bytes]:
    yield b'"sku,name\n'
    yield from (b"A,Mug\n" * (MB // 6) for _ in range(100))


def one_record() -> Iterator[bytes]:
    yield b"sku,name\n"
    yield from (b"ab," * (MB // 3) for _ in range(30))


def cut_off() -> Iterator[bytes]:
    yield b"sku,name\n"
    yield from (b"A,Mug\n" * (MB // 6) for _ in range(5))
    yield b'B,"Cu'


def nul_at_the_end() -> Iterator[bytes]:
    yield b"sku,name\n"
    yield from (b"A,Mug\n" * (MB // 6) for _ in range(50))
    yield b"\0"


def many_columns() -> Iterator[bytes]:
    yield b"name," * 1_999 + b"sku\n" + b"x," * 1_999 + b"x\n"


def bomb() -> Iterator[bytes]:
    blanks = sheet("").replace("<sheetData>", " " * 50 * MB + "<sheetData>")
    yield packed(parts() | {SHEET: blanks})


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is in KiB on Linux only")
@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (one_cell, "longer than any text"),
        (one_quoted_cell, "longer than any text"),
        (many_quoted_cells, "longer than any text"),
        (open_quote, "longer than any text"),
        (one_record, "longer than any text"),
        (cut_off, "cut off"),
        (nul_at_the_end, "NUL"),
        (many_columns, "2000 columns"),
        (bomb, "a hundred times"),
    ],
)
def test_a_file_made_to_fill_the_memory_does_not(tmp_path, pieces, said):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.writelines(pieces())
    reason, memory = read_apart(path)
    path.unlink()
    assert said in reason
    assert memory < MOST_MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is in KiB on Linux only")
def test_a_file_of_300_mb_is_refused_unread(tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(b"sku,name\nA,Mug\n")
        file.truncate(300 * MB)  # takes no room: there is nothing in it
    reason, memory = read_apart(path)
    assert "larger than 200 MB" in reason
    assert memory < MB


def read_apart(path: Path) -> tuple[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, check=True
    )
    reason, memory = json.loads(done.stdout)
    return reason, memory
