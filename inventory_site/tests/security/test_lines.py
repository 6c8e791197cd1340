"""A line of the security log: whole, bounded, never forged, never in the way."""

import json
import logging
import sys
import threading
from pathlib import Path

import pytest

from inventory_site.security.events import Event, Outcome, note, plain, typed_address
from inventory_site.security.lines import LONGEST, JsonLine, SecurityFile
from inventory_site.tests.security_lines import SecurityLines

HOSTILE = 'a\nb\r\n{"event": "signed_in"}\x1b[31m\u2028\u202e'


def handler_of(path: Path | str) -> SecurityFile:
    handler = SecurityFile(path, delay=True)
    handler.setFormatter(JsonLine())
    return handler


def record(**facts: object) -> logging.LogRecord:
    told = {"event": "bad_request", "facts": facts}
    return logging.makeLogRecord({"msg": "bad_request", "security": told})


def test_what_a_stranger_typed_stays_one_line_of_ascii(
    security_lines: SecurityLines,
) -> None:
    note(Event.BAD_REQUEST, outcome=Outcome.REFUSED, reason=HOSTILE)
    (text,) = security_lines.texts
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text)["facts"]["reason"] == HOSTILE


def test_time_is_in_utc_and_says_so(security_lines: SecurityLines) -> None:
    note(Event.BAD_REQUEST, outcome=Outcome.REFUSED)
    assert security_lines.all()[0]["time"].endswith("+00:00")


def test_texts_lists_and_filters_have_an_end() -> None:
    assert plain("x" * 1_000) == "x" * 199 + "…"
    assert len(plain(range(1_000))) <= 200
    assert plain(list(range(1_000)))[19:] == [19, "… 980 more"]
    assert len(plain({str(number): number for number in range(1_000)})) == 20


def test_filters_never_tell_what_is_named_like_a_secret() -> None:
    told = plain({"q": "mug", "password": "herons", "csrfmiddlewaretoken": "abc"})
    assert told == {"q": "mug", "password": "…", "csrfmiddlewaretoken": "…"}


def test_a_line_has_an_end_too() -> None:
    text = JsonLine().format(record(**{str(n): "\u2028" * 200 for n in range(20)}))
    assert len(text) <= LONGEST
    assert json.loads(text)["facts"] == {"cut": True}


def test_an_address_is_told_as_a_hash_that_needs_our_key(settings) -> None:
    told = typed_address(" Seven Grey Herons ")
    assert told == typed_address("seven grey herons")
    assert "heron" not in str(told)
    settings.SECRET_KEY = "another"
    assert told != typed_address("seven grey herons")


def test_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "security.log"
    handler = handler_of(path)
    handler.handle(record())
    handler.close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_file_that_was_moved_away_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "security.log"
    handler = handler_of(path)
    handler.handle(record(number=1))
    path.rename(tmp_path / "security.log.1")
    handler.handle(record(number=2))
    assert json.loads(path.read_text())["facts"] == {"number": 2}
    handler.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_full_disk_tells_it_on_the_error_output_and_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    handler = handler_of("/dev/full")
    for number in range(3):
        handler.handle(record(number=number))
    handler.close()
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["facts"]["number"] for line in told] == [0, 1, 2]


def test_folder_that_is_gone_tells_it_on_the_error_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = handler_of(tmp_path / "gone" / "security.log")
    handler.handle(record(number=7))
    assert '"number": 7' in capsys.readouterr().err


def test_error_output_that_is_closed_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = (tmp_path / "closed").open("w")
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    handler_of(tmp_path / "gone" / "security.log").handle(record())


def test_two_threads_write_whole_lines(tmp_path: Path) -> None:
    """Two handlers on one file, as two processes have them: no lock is shared."""
    path = tmp_path / "security.log"
    go = threading.Barrier(2)

    def write(name: str) -> None:
        handler = handler_of(path)
        go.wait()
        for number in range(500):
            handler.handle(record(by=name, number=number, filling="x" * 1_500))
        handler.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [json.loads(line)["facts"] for line in path.read_text().splitlines()]
    for name in "ab":
        numbers = [facts["number"] for facts in told if facts["by"] == name]
        assert numbers == list(range(500))
