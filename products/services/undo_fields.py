"""The fields an import changed: which get their old value back. Reads only."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from products.models import Product
from products.services.snapshots import (
    EDITABLE,
    RELATED,
    field_as_json,
    field_label,
)
from products.services.undo_claims import Refused
from products.services.undo_values import Edit, among, is_same
from products.services.undo_verdicts import Verdict

There = Mapping[str, set[int]]  # field -> ids of its categories, brands, groups


def judge_fields(
    verdicts: Sequence[Verdict], edits: Mapping[int, Edit], refused: Refused
) -> None:
    """Decide each field of edited products that are there, by itself.

    It gets its old value while it has the one that it was given then. At most 5,000
    products at once; six queries.
    """
    ids = [verdict.product_id for verdict in verdicts]
    products = load_products(ids)
    there = related_there(edits[pk] for pk in ids)
    for verdict in verdicts:
        pk = verdict.product_id
        verdict.product = products[pk]
        _judge(verdict, products[pk], edits[pk], refused.get(pk, {}), there)


def load_products(product_ids: Sequence[int]) -> dict[int, Product]:
    """Return these products and what they belong to; four queries.

    Those of one category share it: `select_related` makes one for each.
    """
    rows = list(Product.objects.filter(among("pk", product_ids)).order_by())
    wanted = set(product_ids)
    products = {row.pk: row for row in rows if row.pk in wanted}
    prefetch_related_objects(list(products.values()), *RELATED)
    return products


def related_there(edits: Iterable[Edit]) -> dict[str, set[int]]:
    """Return which categories, brands and groups of before are there; three queries."""
    asked: dict[str, set[int]] = {name: set() for name in RELATED}
    for edit in edits:
        for name in RELATED:
            value = edit.before.get(name)
            if value:
                asked[name].add(value["id"])
    return {
        name: set(
            RELATED[name]
            .objects.filter(pk__in=ids)
            .order_by()
            .values_list("pk", flat=True)
        )
        for name, ids in asked.items()
    }


def _judge(
    verdict: Verdict,
    product: Product,
    edit: Edit,
    refused: Mapping[str, str],
    there: There,
) -> None:
    for name in edit.names:
        now, old = field_as_json(product, name), edit.before[name]
        label = field_label(name)
        if is_same(name, now, old):
            continue
        if not is_same(name, now, edit.after.get(name)):
            sentence = _("“%(field)s” was changed again since.")
            verdict.kept.append(sentence % {"field": label})
        elif name in refused:
            sentence = _("“%(field)s” can't be “%(value)s” again: %(why)s")
            verdict.impossible.append(
                sentence % {"field": label, "value": _shown(old), "why": refused[name]}
            )
        elif name in RELATED and old and old["id"] not in there[name]:
            sentence = _(
                "“%(field)s” can't be “%(value)s” again: it was deleted since."
            )
            verdict.impossible.append(
                sentence % {"field": label, "value": old["label"]}
            )
        else:
            verdict.new[name], verdict.old[name] = now, old


def _shown(value: object) -> object:
    return value["label"] if isinstance(value, dict) else value


def edited_since(
    products: Iterable[Product], edits: Mapping[int, Edit]
) -> dict[int, str]:
    """Return which added products have other values now, and in which fields."""
    found: dict[int, str] = {}
    for product in products:
        after = edits[product.pk].after
        names = [
            field_label(name)
            for name in EDITABLE
            if not is_same(name, field_as_json(product, name), after.get(name))
        ]
        if names:
            found[product.pk] = _("It was edited since: %s.") % ", ".join(names)
    return found
