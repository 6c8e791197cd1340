"""The project's own files, for tests that hold a rule over all of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("inventory_site", "accounts", "products")
PYTHON = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
CODE = [
    path
    for path in PYTHON
    if "tests" not in path.parts and "migrations" not in path.parts
]
TEMPLATES = sorted(
    path for app in ("", *APPS) for path in (ROOT / app / "templates").rglob("*.html")
)


def name_of(path: Path) -> str:
    """Return the path as one writes it: relative to the project, with slashes."""
    return path.relative_to(ROOT).as_posix()


def line_count(path: Path) -> int:
    return len(path.read_text().splitlines())


def calls(path: Path) -> Iterator[ast.Call]:
    """Yield every call in a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield node


def chain(node: ast.expr) -> list[str]:
    """Return the dotted words of `Model.objects.filter(…).update`, left to right."""
    if isinstance(node, ast.Call):
        return chain(node.func)
    if isinstance(node, ast.Attribute):
        return [*chain(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def imported_modules(path: Path) -> set[str]:
    """Return what a module imports, with the names it takes: `django.http`, `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found
