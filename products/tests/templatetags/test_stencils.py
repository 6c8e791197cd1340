"""A stencil writes what plain rendering would, whatever the values are."""

from collections.abc import Callable, Sequence
from html import escape
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import override_settings
from django.test.utils import override_script_prefix
from django.utils import translation
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from products.reports.list_columns import LABELS, USUAL, named_in
from products.templatetags import drawing
from products.templatetags.drawing import NOBODY, Granted, Stencil, granted_to
from products.templatetags.product_rows import row_stencil

ROW = row_stencil(USUAL)
WIDE = row_stencil(tuple(LABELS))
ALL = Granted(all_of_it=True)
COST = Granted(frozenset({"products.view_cost"}))
ONLY_LOOK = Granted(frozenset({"products.view_product"}))
MENU = ("add_product", "change_product", "delete_product", "adjust_stock", "view_cost")
# What could be mistaken for something: marks, placeholders of Python, markup.
NASTY = ["\ue00000\ue001", "%s", "%(name)s", "{0}", "{{ name }}", "<b>&'\"", "", "–"]
text = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))
rows = st.fixed_dictionaries(
    {
        "product.pk": st.integers(1, 2**63 - 1),
        "product.name": text,
        "product.sku": text,
        "product.thumb_url": text,
        "product.shelf": st.none() | text,
        "product.category.name": text,
        "product.category.icon_sign": text,
        "price": text | text.map(mark_safe),
        "available": text,
        "held": text,
        "in_transit": text,
        "width": st.none() | st.sampled_from(["0.0", "33.3"]),
        "product.status": st.sampled_from(["draft", "active", "archived"]),
        "state": st.sampled_from(["in_stock", "low", "out", "draft", "archived"]),
        "is_low": st.booleans(),
        **{name: text for name in WIDE.values if name.startswith("further.")},
        "columns": st.just(named_in(USUAL)),
        "can_select": st.booleans(),
        "has_actions": st.booleans(),
        "has_menu": st.booleans(),
    }
)
permissions = st.sets(st.sampled_from(MENU)).map(
    lambda names: Granted(frozenset(f"products.{name}" for name in names))
)


def nested(row: dict[str, Any]) -> dict[str, Any]:
    """Return the same as a template is given it: product.name is name of product."""
    context: dict[str, Any] = {}
    for name, value in row.items():
        *path, last = name.split(".")
        inner = context
        for step in path:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return context


def fill(row: dict[str, Any], may: Granted = ALL, stencil: Stencil = ROW) -> str:
    values = [row[name] for name in stencil.values]
    choices = [row[name] for name in stencil.choices]
    return stencil.fill([(values, choices)], may)


def plain(row: dict[str, Any], may: Granted = ALL) -> str:
    return render_to_string(ROW.template_name, nested(row) | {"perms": may})


@given(st.lists(rows, max_size=4), permissions)
def test_a_row_is_what_plain_rendering_draws(
    several: list[dict[str, Any]], may: Granted
) -> None:
    drawn = [fill(row, may).split() for row in several]  # but for its indents
    assert drawn == [plain(row, may).split() for row in several]


@given(rows)
def test_so_is_one_with_every_column(row: dict[str, Any]) -> None:
    fill(row)  # the shape of the usual columns is another one
    row["columns"] = named_in(tuple(LABELS))
    assert fill(row, stencil=WIDE).split() == plain(row).split()


class Written:
    """A template that is no file, and how often it was drawn."""

    def __init__(self, source: str) -> None:
        self.template, self.times = Template(source), 0

    def render(self, context: dict[str, Any]) -> str:
        self.times += 1
        return self.template.render(Context(context))

    def stencil(self, *values: str, choices: Sequence[str] = ()) -> Stencil:
        return Stencil("not/a/file.html", values, choices, drawn={})


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Written]:
    def write(source: str) -> Written:
        written = Written(source)
        monkeypatch.setattr(drawing, "get_template", lambda _name: written)
        return written

    return write


@pytest.mark.parametrize("nasty", NASTY)
def test_a_value_is_never_read_as_a_mark(write, nasty: str) -> None:
    stencil = write("100 %|{{ name }}|{{ pk|stringformat:'d' }}").stencil("name", "pk")
    assert stencil.fill([((nasty, 7), ())]) == f"100 %|{escape(nasty)}|7"


def test_a_shape_is_drawn_once(write) -> None:
    written = write("<i>{{ name }}</i>")
    stencil = written.stencil("name")
    rows = [((name,), ()) for name in ("Mug", "Tray", "", "Jug", "")]
    assert stencil.fill(rows) == "<i>Mug</i><i>Tray</i><i></i><i>Jug</i><i></i>"
    assert written.times == 2


@override_settings(DEBUG=True)
def test_while_debugging_nothing_is_kept(write) -> None:
    written = write("{{ name }}")
    stencil = written.stencil("name")
    stencil.fill([(("Mug",), ())])
    stencil.fill([(("Mug",), ())])
    assert written.times == 2


def test_what_is_kept_is_bounded(write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_OUTLINES", 10)
    stencil = write("{{ state }}").stencil(choices=["state"])
    drawn = [stencil.fill([((), (str(number),))]) for number in range(100)]
    assert drawn == [str(number) for number in range(100)]
    assert sum(map(len, stencil.drawn.values())) <= 10


@pytest.mark.parametrize("show", ["{{ pk }}", "{{ name|truncatechars:3 }}"])
def test_a_template_that_changes_a_value_is_refused(write, show: str) -> None:
    stencil = write(show).stencil("name", "pk")
    with pytest.raises(ValueError, match="as they are given"):
        stencil.fill([(("Mug", 7), ())])


def test_permissions_decide_and_are_kept_apart(write) -> None:
    stencil = write("{% if perms.products.view_cost %}€9{% endif %}").stencil()
    row = [((), ())]
    seen = [stencil.fill(row, may) for may in (ALL, NOBODY, COST, ONLY_LOOK, ALL)]
    assert seen == ["€9", "", "€9", "", "€9"]


def test_each_language_has_its_own(write) -> None:
    stencil = write("{% load i18n %}{% translate 'Yes' %}").stencil()
    seen = []
    for language in ("en", "de", "en"):
        with translation.override(language):
            seen.append(stencil.fill([((), ())]))
    assert seen == ["Yes", "Ja", "Yes"]


def test_an_address_begins_where_the_shop_does(write) -> None:
    stencil = write("{% url 'products:dashboard' %}").stencil()
    seen = []
    for prefix in ("/", "/shop/"):
        with override_script_prefix(prefix):
            seen.append(stencil.fill([((), ())]))
    assert seen == ["/dashboard", "/shop/dashboard"]


class TestTag:
    source = "{% load stencils %}{% stencil 'components/nav_link.html' "

    def show(self, given: str, **context: Any) -> str:
        return Template(f"{self.source}{given} %}}").render(Context(context)).strip()

    def test_values_and_choices_reach_the_template(self) -> None:
        link = self.show(
            "with url=url name=name choose here=here", url="/x", name="<b>", here="/x"
        )
        assert 'href="/x" title="&lt;b&gt;"' in link

    def test_nothing_else_does(self) -> None:
        """What is drawn once is for everybody."""
        assert not self.show("with name=name", url="/x", name="Mine")

    @pytest.mark.parametrize("given", ["without name=name", "with", "choose"])
    def test_anything_else_is_refused(self, given: str) -> None:
        with pytest.raises(TemplateSyntaxError):
            self.show(given)


@pytest.mark.parametrize(
    ("person", "granted"),
    [
        (AnonymousUser(), NOBODY),
        (SimpleNamespace(is_active=False, is_superuser=True), NOBODY),
        (SimpleNamespace(is_active=True, is_superuser=True), ALL),
        (
            SimpleNamespace(
                is_active=True,
                is_superuser=False,
                get_all_permissions=lambda: {"products.view_cost"},
            ),
            COST,
        ),
    ],
)
def test_granted_is_what_the_person_may_do(person: Any, granted: Granted) -> None:
    assert granted_to(person) == granted


def test_parts_of_a_page_are_drawn_each_time_and_put_in() -> None:
    page = Template(
        "{% load stencils %}{% framed 'components/empty.html' with icon=icon %}"
        "left out{% part title %}<b>{{ title }}</b>{% endpart %}{% endframed %}"
    )
    for title in ("Mugs", "<i>"):
        shown = page.render(Context({"icon": "tag", "title": title}))
        assert f"<h2><b>{escape(title)}</b></h2>" in shown
        assert "left out" not in shown


def test_permissions_are_only_known_to_a_template_that_asks() -> None:
    source = "{% load stencils %}{% stencil 'products/dashboard/actions.html' GIVEN %}"
    context = Context({"granted": lambda: ALL})
    shown = Template(source.replace("GIVEN", "choose perms=perms")).render(context)
    assert "/add_product" in shown
    assert "/add_product" not in Template(source.replace("GIVEN", "")).render(context)
