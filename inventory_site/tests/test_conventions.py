"""The house rules that no tool checks, over every file of the project."""

import ast
import re
from pathlib import Path

import pytest

from inventory_site.tests.routes import Route, named_routes
from inventory_site.tests.sources import (
    CODE,
    PYTHON,
    ROOT,
    TEMPLATES,
    calls,
    chain,
    imported_modules,
    line_count,
    name_of,
)

LONGEST_MODULE = 250
LONGEST_TEMPLATE = 120
LONGEST_COMPONENT = 40
LEDGER_MODELS = {"StockMovement", "StockLevel"}
WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
}
WEB = ("django.http", "django.contrib.messages", "django.shortcuts", "django.views")
# Below the views and the admin, nothing knows of requests.
BELOW_THE_WEB = {
    "exporting",
    "fields.py",
    "errors.py",
    "forms",
    "importing",
    "models",
    "models.py",
    "reports",
    "services",
    "tabular",
}
INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\s(src|type)=)""",
    re.IGNORECASE,
)
# Roots of pages, and replacements of templates that others include.
STANDS_ALONE = re.compile(
    r"templates/(base(_root|_fragment)?|bootstrap5/.*|.*/elements/.*)\.html"
)


def code_files(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


def test_no_module_is_too_long() -> None:
    modules = [path for path in PYTHON if "migrations" not in path.parts]
    assert not {
        name_of(path): line_count(path)
        for path in modules
        if line_count(path) > LONGEST_MODULE
    }


def is_component(path: Path) -> bool:
    """Tell a piece that others include: its first line lists what it is given."""
    return "Inputs:" in path.read_text().partition("\n")[0]


def test_no_template_is_too_long() -> None:
    def longest(path: Path) -> int:
        return LONGEST_COMPONENT if is_component(path) else LONGEST_TEMPLATE

    assert not {
        name_of(path): line_count(path)
        for path in TEMPLATES
        if line_count(path) > longest(path)
    }


def test_no_module_for_odds_and_ends() -> None:
    names = {"utils.py", "helpers.py", "misc.py", "common.py"}
    assert not [name_of(path) for path in PYTHON if path.name in names]


def test_rows_are_locked_in_the_locking_modules_only() -> None:
    lockers = {
        name_of(path)
        for path in CODE
        for call in calls(path)
        if chain(call.func)[-1:] == ["select_for_update"]
    }
    assert lockers
    assert all(name.endswith("services/locking.py") for name in lockers)


def written_columns(call: ast.Call) -> set[str]:
    """Return the columns an `update` or `bulk_update` names; empty for other calls."""
    named = {keyword.arg or "" for keyword in call.keywords}
    listed = [item for argument in call.args[1:] for item in ast.walk(argument)]
    return (named - {"batch_size"}) | {
        str(item.value) for item in listed if isinstance(item, ast.Constant)
    }


def test_figures_are_written_by_the_ledger_only() -> None:
    """What a product has at a place besides stock is on the level too, no figure."""
    arrangement = {"shelf", "reorder_point", "reorder_quantity"}
    writers = {
        name_of(path)
        for path in CODE
        for call in calls(path)
        if (words := chain(call.func))
        and LEDGER_MODELS & set(words)
        and (words[-1] in WRITES or (words[-1] in LEDGER_MODELS and call.keywords))
        and not (written_columns(call) and written_columns(call) <= arrangement)
    }
    assert writers == {"products/services/ledger.py", "products/services/levels.py"}


@code_files(CODE)
def test_a_row_is_saved_with_the_fields_that_change(path: Path) -> None:
    """A column that was read as damaged would go back as something else."""
    saves = [call for call in calls(path) if chain(call.func)[-1:] == ["save"]]
    assert not [call.lineno for call in saves if not (call.args or call.keywords)]


@code_files([path for path in CODE if BELOW_THE_WEB & set(path.parts)])
def test_layers_below_the_views_know_no_request(path: Path) -> None:
    assert not {name for name in imported_modules(path) if name.startswith(WEB)}


LISTENS = "accounts/listening.py"  # to allauth's, for the security log alone


@code_files([path for path in CODE if name_of(path) != LISTENS])
def test_only_post_migrate_is_a_signal_of_ours(path: Path) -> None:
    signals = {name for name in imported_modules(path) if ".signals" in name}
    allowed = {"django.db.models.signals", "django.db.models.signals.post_migrate"}
    assert not signals - allowed


@code_files(TEMPLATES)
def test_template_has_nothing_the_policy_would_stop(path: Path) -> None:
    markup = re.sub(r"{%.*?%}", "", path.read_text())
    assert not INLINE.findall(markup)


@code_files(TEMPLATES)
def test_template_extends_a_page_or_names_its_inputs(path: Path) -> None:
    extends = path.read_text().startswith("{% extends ")
    stands_alone = STANDS_ALONE.search(name_of(path))
    assert extends or is_component(path) or stands_alone


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=name_of)
def test_every_pin_has_a_hash_and_no_address(path: Path) -> None:
    blocks = re.split(r"\n(?=\S)", path.read_text())
    pins = [block for block in blocks if "==" in block.partition("\n")[0]]
    assert pins
    assert not [pin for pin in pins if "--hash=sha256:" not in pin]
    assert not re.findall(r"https?://|--index|--find-links", path.read_text())


OUR_ROUTES = [
    route
    for route in named_routes()
    if route.name.startswith(("accounts:", "products:"))
]


@pytest.mark.parametrize("route", OUR_ROUTES, ids=lambda route: route.name)
def test_one_string_finds_address_view_template_and_test(route: Route) -> None:
    name = route.name.partition(":")[2]
    camel = "".join(word.title() for word in name.split("_"))
    assert route.view.view_class.__name__ == f"{camel}View"
    template = getattr(route.view.view_class, "template_name", None)
    assert template is None or Path(template).stem == name
    assert [path for path in PYTHON if path.name == f"test_{name}.py"]
