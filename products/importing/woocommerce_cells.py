"""Cells of WooCommerce's product CSV, made ready for the readers of our fields."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from products.importing.findings import Findings
from products.models import Product
from products.tabular.cells import PLAIN_NUMBER, without_apostrophes
from products.tabular.columns import Columns, normalise
from products.tabular.html_text import text_of_html
from products.tabular.own_csv import join_path
from products.tabular.woo_csv import (
    GRAMS,
    attribute_key,
    decode_name,
    half_escaped,
    read_breaks,
    split_list,
    split_path,
)
from products.tabular.writing import unescape_formula

Cells = Mapping[str, str]
Path = tuple[str, ...]

EXTRAS = frozenset({"virtual", "downloadable"})
PUBLISHED = {
    "1": Product.Status.ACTIVE,
    "true": Product.Status.ACTIVE,
    "0": Product.Status.DRAFT,
    "-1": Product.Status.DRAFT,
    "2": Product.Status.DRAFT,
    "false": Product.Status.DRAFT,
}
"""Published, private, draft and awaiting review; the words are taken there as well."""
CODES = ("sku", "barcode")
TEXTS = frozenset(
    {
        *("name", "description", "short_description", "tags", "image_url", "status"),
        *("category", "brand"),
    }
)
MOST_DIGITS = 40  # of a weight; a damaged cell may have millions


def kind_of(cells: Cells) -> str:
    """Return the type without "virtual" and "downloadable"; "simple" for none."""
    words = split_list(cells.get("type", "").lower())
    return next((word for word in words if word not in EXTRAS), "simple")


def attributes(cells: Cells) -> dict[str, tuple[str, str]]:
    """Return key -> name and value of every attribute that has a name, in their order.

    The value is that of a variation: there it is one, and no list.
    """
    found: dict[str, tuple[str, str]] = {}
    for field in sorted(_name_fields(cells), key=lambda field: (len(field), field)):
        name = unescape_formula(cells[field])
        value = cells.get(field.replace("_name", "_value"), "")
        value = decode_name(unescape_formula(value).replace(r"\,", ","))
        found.setdefault(attribute_key(name), (name, value))
    return found


def prepare(
    number: int, cells: Cells, columns: Columns, findings: Findings
) -> dict[str, str]:
    """Return the cells of a record as `read_values` takes them; notes what is lost."""
    ready = {
        field: half_escaped(text) if field in CODES else text
        for field, text in cells.items()
    }
    for field in TEXTS & ready.keys():
        ready[field] = unescape_formula(ready[field])
    if ready.get("description") or ready.get("short_description"):
        description = ready.get("description") or ready["short_description"]
        ready["description"] = text_of_html(read_breaks(description))
    if ready.get("weight"):
        ready["weight"] = _in_grams(ready["weight"], columns.title("weight"))
    if kind_of(cells) == "variation" and ready.get("on_hand", "").lower() == "parent":
        ready["on_hand"] = ""
    for field, choose in CHOICES.items():
        if ready.get(field):
            ready[field] = choose(number, ready[field], findings)
    return ready


def _name_fields(cells: Cells) -> list[str]:
    return [
        field
        for field, text in cells.items()
        if text and field.startswith("attribute") and field.endswith("_name")
    ]


def _tags(number: int, text: str, findings: Findings) -> str:
    del number, findings
    return ", ".join(map(decode_name, split_list(text)))


def _first_link(number: int, text: str, findings: Findings) -> str:
    del number, findings
    return next(iter(split_list(text)), "")


def _in_grams(text: str, title: str) -> str:
    """Return a weight in the unit of its header in grams; what is none, as it is."""
    bare = without_apostrophes(text)
    if len(bare) > MOST_DIGITS or not PLAIN_NUMBER.fullmatch(bare):
        return text
    unit = normalise(title).partition("(")[2].rstrip(")")
    return f"{Decimal(bare) * GRAMS[unit]:f}"


def _status(number: int, text: str, findings: Findings) -> str:
    status = PUBLISHED.get(text.casefold())
    if status is None:
        note = _("Not known. Write 1 (published), 0 (private) or -1 (draft).")
        findings.note(number, "status", text, note)
    return str(status or "")


def _category(number: int, text: str, findings: Findings) -> str:
    """Return the deepest path of a list, the first of several.

    It says most about the product; a shop lists the categories above it as well, and
    those are not noted.
    """
    paths = [path for path in map(split_path, split_list(text)) if path]
    if not paths:
        return ""
    chosen = max(paths, key=len)
    above = [_folded(chosen[:depth]) for depth in range(len(chosen) + 1)]
    left = [join_path(path) for path in paths if _folded(path) not in above]
    if left:
        note = _("A product has one category here: “%(kept)s” was taken.")
        note %= {"kept": join_path(chosen)}
        findings.note(number, "category", ", ".join(left), note)
    return join_path(chosen)


def _brand(number: int, text: str, findings: Findings) -> str:
    """Return the first brand of a list; of a path, what stands at its end."""
    names = [path[-1] for path in map(split_path, split_list(text)) if path]
    if len(names) > 1:
        note = _("A product has one brand here: “%(kept)s” was taken.")
        note %= {"kept": names[0]}
        findings.note(number, "brand", ", ".join(names[1:]), note)
    return names[0] if names else ""


def _folded(path: Sequence[str]) -> Path:
    return tuple(map(normalise, path))


CHOICES: Mapping[str, Callable[[int, str, Findings], str]] = {
    "tags": _tags,
    "image_url": _first_link,
    "status": _status,
    "category": _category,
    "brand": _brand,
}
