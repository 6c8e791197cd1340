"""Static files: named as they are until somebody collects them, hashed afterwards."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from inventory_site.static_files import StaticFilesStorage
from inventory_site.tests.sources import ROOT


def test_originals_are_named_where_nothing_is_collected() -> None:
    assert StaticFilesStorage().url("css/base.css") == "/static/css/base.css"


def test_collecting_names_compressed_and_hashed_copies(
    settings: Settings, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("p { color: red; }\n" * 100)
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], tmp_path / "root"
    settings.INSTALLED_APPS = ["django.contrib.staticfiles"]
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    named = json.loads((tmp_path / "root" / "staticfiles.json").read_text())["paths"]
    storage = StaticFilesStorage()
    assert storage.url("a.css") == f"/static/{named['a.css']}" != "/static/a.css"
    assert (tmp_path / "root" / f"{named['a.css']}.br").exists()
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        storage.url("forgotten.css")


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
