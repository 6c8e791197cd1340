"""Undo of the categories, brands, groups and locations that an operation made.

They go when nothing uses them any more, and come back under their id and name when
that is undone in its turn.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import ManyToOneRel, Model
from django.utils.translation import gettext as _

from products.fields import KeyField
from products.models import (
    Brand,
    Category,
    Location,
    MadeReference,
    Operation,
    ProductGroup,
    RemovedReference,
)
from products.models.base import DerivedModel
from products.services.catalogue import ROWS
from products.services.inserting import insert_rows
from products.services.locking import batches
from products.services.snapshots import Snapshot

Kind = MadeReference.Kind
MODELS: Mapping[str, type[DerivedModel]] = {
    Kind.CATEGORY: Category,
    Kind.BRAND: Brand,
    Kind.GROUP: ProductGroup,
    Kind.LOCATION: Location,
}
Kept = list[tuple[str, str]]
"""What stays: its name, with what it is, and why."""
Replaced = Mapping[tuple[str, int], int]
"""(kind, id it had) -> id of what has its name now."""


def remove_made(undoing: Operation, original: Operation) -> Kept:
    """Delete what `original` made and nothing uses; return what stays, and why.

    A category goes before the one it is inside. About one query per table that may
    point there and level of depth, for each 5,000.
    """
    made: dict[str, set[int]] = defaultdict(set)
    for kind, pk in original.made_references.values_list("kind", "object_id"):
        made[kind].add(pk)
    return [
        each
        for kind, ids in sorted(made.items())
        for each in _remove(undoing, kind, ids)
    ]


def _remove(undoing: Operation, kind: str, made: Collection[int]) -> Kept:
    model = MODELS[kind]
    left: set[int] = set()
    for batch in batches(made):
        rows = model._default_manager.filter(pk__in=batch)
        left.update(rows.values_list("pk", flat=True))
    while free := left - _used(model, left):
        for batch in batches(free):
            rows = model._default_manager.filter(pk__in=batch)
            _write_down(undoing, kind, rows.order_by("pk"))
            rows.delete()
        left -= free
    label = str(Kind(kind).label)
    sentence = _("Something uses it, so it stays.")
    return [
        (_("%(kind)s “%(name)s”") % {"kind": label, "name": row}, sentence)
        for batch in batches(left)
        for row in model._default_manager.filter(pk__in=batch).order_by("pk")
    ]


def _used(model: type[Model], ids: Collection[int]) -> set[int]:
    """Return which rows any other row points to, or must be there (the default)."""
    used: set[int] = set()
    pointing = [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
    ]
    for batch in batches(ids):
        for field in pointing:
            rows = field.model._base_manager.filter(**{f"{field.name}__in": batch})
            found = rows.order_by().values_list(field.attname, flat=True)
            used.update(found.distinct())
        if model is Location:
            default = Location.objects.filter(pk__in=batch, is_default=True)
            used.update(default.values_list("pk", flat=True))
    return used


def _write_down(undoing: Operation, kind: str, rows: Iterable[Model]) -> None:
    insert_rows(
        [
            RemovedReference(
                operation=undoing, kind=kind, object_id=row.pk, record=_record(row)
            )
            for row in rows
        ]
    )


def _record(row: Model) -> Snapshot:
    """Return the columns that can be written again."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not (field.primary_key or field.generated or isinstance(field, KeyField))
    }


def restore_removed(undoing: Operation, original: Operation) -> Replaced:
    """Make again what `original` removed, under the ids it had.

    Where the name was given to another one meanwhile, that one takes its place: the
    answer says which.
    """
    replaced: dict[tuple[str, int], int] = {}
    removed = list(original.removed_references.order_by("-pk"))  # parents first
    for kind in Kind.values:
        waiting = [each for each in removed if each.kind == kind]
        while waiting:
            own = {each.object_id for each in waiting}
            ready = [
                each for each in waiting if each.record.get("parent_id") not in own
            ]
            _restore(undoing, kind, ready, replaced)
            done = {each.pk for each in ready}
            waiting = [each for each in waiting if each.pk not in done]
    return replaced


def _restore(
    undoing: Operation,
    kind: str,
    removed: Collection[RemovedReference],
    replaced: dict[tuple[str, int], int],
) -> None:
    model = MODELS[kind]
    rows = [_row(model, each, replaced) for each in removed]
    _forget_missing_parents(rows)
    key = next(f for f in model.derived_fields() if isinstance(f, KeyField))
    keys = {row.pk: key.pre_save(row, add=True) for row in rows}
    taken: dict[str, int] = {}
    ordered = sorted(keys.values())
    for start in range(0, len(ordered), ROWS):
        found = model._default_manager.filter(
            **{f"{key.attname}__in": ordered[start : start + ROWS]}
        )
        taken.update(found.values_list(key.attname, "pk"))
    new = [row for row in rows if keys[row.pk] not in taken]
    model._default_manager.bulk_create(new, batch_size=ROWS)
    insert_rows(
        [MadeReference(operation=undoing, kind=kind, object_id=row.pk) for row in new]
    )
    replaced.update(
        ((kind, row.pk), taken[keys[row.pk]]) for row in rows if keys[row.pk] in taken
    )


def _row(
    model: type[DerivedModel],
    removed: RemovedReference,
    replaced: Mapping[tuple[str, int], int],
) -> DerivedModel:
    record = dict(removed.record)
    if "parent_id" in record:
        parent = record["parent_id"]
        record["parent_id"] = replaced.get((removed.kind, parent), parent)
    row = model(**record)
    row.pk = removed.object_id
    return row


def _forget_missing_parents(rows: Iterable[DerivedModel]) -> None:
    """A category whose parent is gone comes back at the root."""
    nodes = [row for row in rows if isinstance(row, Category) and row.parent_id]
    asked = {node.parent_id for node in nodes}
    there = set(Category.objects.filter(pk__in=asked).values_list("pk", flat=True))
    for node in nodes:
        if node.parent_id not in there:
            node.parent = None
