"""A filter is drawn with its label, and tinted when its form says it is set."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from products.forms.listing import ListingForm

TEMPLATES = Path(settings.BASE_DIR, "templates")
DRAWN_BY_A_TAG = re.compile(r"a stencil drawn by (\w+)")


@pytest.mark.parametrize(
    ("address", "given", "is_tinted"),
    [
        ({}, "", False),
        ({"sort": "name"}, "", True),
        ({"sort": "nonsense"}, "", False),
        ({"sort": "name"}, "is_set=False", False),
    ],
)
def test_a_filter(address: dict[str, str], given: str, is_tinted: bool) -> None:
    source = "{% load filters %}{% list_filter form.sort " + given + " %}"
    shown = Template(source).render(Context({"form": ListingForm(address)}))
    assert '<label for="filter_sort">Sort</label><select name="sort"' in shown
    assert ("is-set" in shown) is is_tinted


def test_what_a_tag_draws_is_not_included() -> None:
    """Its inputs are what the tag makes of things: an include would draw nothing."""
    sources = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text()
        for path in TEMPLATES.rglob("*.html")
    }
    drawn = {
        name
        for name, source in sources.items()
        if DRAWN_BY_A_TAG.search(source.partition("\n")[0])
    }
    assert len(drawn) >= 3
    assert not {
        (name, other)
        for name, source in sources.items()
        for other in drawn
        if f'include "{other}"' in source
    }
