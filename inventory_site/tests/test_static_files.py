"""Static files: named as they are until somebody collects them, hashed afterwards."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from pytest_django import Settings

from inventory_site import static_files
from inventory_site.static_files import JOINED, StaticFilesStorage
from inventory_site.templatetags import joined as joining
from inventory_site.templatetags.joined import joined
from inventory_site.tests.sources import ROOT


def test_originals_are_named_where_nothing_is_collected() -> None:
    assert StaticFilesStorage().url("css/base.css") == "/static/css/base.css"


def collect(settings: Settings, folder: Path, given: dict[str, str]) -> dict[str, str]:
    """Collect these files and return what each is named now."""
    source = folder / "source"
    source.mkdir()
    for name, text in given.items():
        (source / name).write_text(text)
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], folder / "root"
    settings.INSTALLED_APPS = ["django.contrib.staticfiles"]
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    manifest = json.loads((folder / "root" / "staticfiles.json").read_text())
    named: dict[str, str] = manifest["paths"]
    return named


def test_collecting_names_compressed_and_hashed_copies(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_files, "JOINED", {})
    named = collect(settings, tmp_path, {"a.css": "p { color: red; }\n" * 100})
    storage = StaticFilesStorage()
    assert storage.url("a.css") == f"/static/{named['a.css']}" != "/static/a.css"
    assert (tmp_path / "root" / f"{named['a.css']}.br").exists()
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        storage.url("forgotten.css")


def test_collecting_joins_what_every_page_loads(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"all.css": ("b.css", "a.css"), "all.js": ("a.js", "b.js")}
    monkeypatch.setattr(static_files, "JOINED", parts)
    given = {
        "a.css": "/* why */\na { color: red; }",
        "b.css": "/*! licence */ b { color: red; }",
        "a.js": 'const name = "a";',
        "b.js": 'const name = "b"; // the last word',
    }
    named = collect(settings, tmp_path, given)
    root = tmp_path / "root"
    styles = (root / named["all.css"]).read_text()
    assert styles == "/*! licence */ b { color: red; }\na { color: red; }"
    scripts = (root / named["all.js"]).read_text()
    assert scripts.index('"a"') < scripts.index("});") < scripts.index('"b"')
    monkeypatch.setattr(joining, "staticfiles_storage", StaticFilesStorage())
    assert len(joined("all.css")) == 1


def test_every_part_of_what_is_joined_is_there() -> None:
    parts = [part for parts in JOINED.values() for part in parts]
    assert not [part for part in parts if not finders.find(part)]


def test_parts_are_loaded_where_nothing_is_collected() -> None:
    assert joined("js/site.js") == [f"/static/{part}" for part in JOINED["js/site.js"]]


MEDIA = {
    f"{path.name}: {line}"
    for path in (ROOT / "static/css").glob("*.css")
    for line in re.findall(r"@media [^{]*", path.read_text())
}


def test_what_is_for_a_phone_is_for_the_screen_only() -> None:
    """A sheet of paper is narrow as well: cards and folded heads are not for it."""
    phone = {
        line for line in MEDIA if "max-width: 47" in line or "max-width: 35" in line
    }
    assert phone
    assert not [line for line in phone if "screen and" not in line]


def test_layouts_go_by_the_size_of_text() -> None:
    """In em: with letters twice as large, a page has the layout of half its width."""
    assert not [line for line in MEDIA if "px" in line]
