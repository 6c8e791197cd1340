"""The categories, brands, groups and locations of planned products, as rows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from products.fields import fold_key
from products.importing.plan import Place, PlannedProduct
from products.importing.rows import GroupRow
from products.importing.stocking import known_places
from products.models import Brand, MadeReference, Operation, ProductGroup
from products.services.locations import ensure_locations, place_key
from products.services.references import CategoryPaths, ensure_brands, ensure_groups

Kind = MadeReference.Kind


class References:
    """Finds what planned products name, makes what is missing, remembers what it made.

    `prepare` a batch, then `resolve` its products.
    """

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._categories = CategoryPaths()
        self._brands: dict[str, Brand] = {}
        self._groups: dict[str, ProductGroup] = {}
        self._places: dict[str, int] = {}

    def prepare(self, planned: Iterable[PlannedProduct]) -> None:
        """Find or make what a batch names; about three queries, more for what is new.

        Groups are forgotten with the batch: there may be as many as products.
        """
        batch = list(planned)
        values = [each.values for each in batch]
        self._remember(
            Kind.CATEGORY, self._categories.ensure(_named(values, "category"))
        )
        brands, made_brands = ensure_brands(
            name
            for name in _named(values, "brand")
            if fold_key(name) not in self._brands
        )
        self._brands |= brands
        self._remember(Kind.BRAND, made_brands)
        self._groups, made_groups = ensure_groups(
            _new_group(row) for row in _named(values, "group")
        )
        self._remember(Kind.GROUP, made_groups)
        self._make_places(batch)

    def resolve(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return `values` with the names of relations replaced by their rows."""
        resolved = dict(values)
        if "category" in values:
            resolved["category"] = self._categories.find(values["category"])
        if "brand" in values:
            resolved["brand"] = self._brands.get(fold_key(values["brand"]))
        if "group" in values:
            group = values["group"]
            resolved["group"] = self._groups[group.key] if group else None
        return resolved

    def place(self, place: Place) -> int:
        """Return the id of a location that was planned by id or by name."""
        return place if isinstance(place, int) else self._places[place]

    def _make_places(self, batch: Iterable[PlannedProduct]) -> None:
        names = {name for each in batch for name in each.stock if isinstance(name, str)}
        names -= self._places.keys()
        if not names:
            return
        # Somebody may have made one since the preview.
        known = known_places()
        found = {
            name: known[key] for name in names if (key := place_key(name)) in known
        }
        missing = sorted(names - found.keys())
        made = ensure_locations(missing)
        found |= zip(missing, made, strict=True)
        self._places |= {name: location.pk for name, location in found.items()}
        self._remember(Kind.LOCATION, made)

    def _remember(self, kind: MadeReference.Kind, made: Iterable[Model]) -> None:
        MadeReference.objects.bulk_create(
            MadeReference(operation=self._operation, kind=kind, object_id=each.pk)
            for each in made
        )


def _named(values: Iterable[dict[str, Any]], name: str) -> list[Any]:
    """Return what the rows name, once each, in the order of the file."""
    return list(dict.fromkeys(each[name] for each in values if each.get(name)))


def _new_group(row: GroupRow) -> ProductGroup:
    option1, option2, option3 = row.option_names
    return ProductGroup(
        name=row.name,
        handle=row.handle,
        option1_name=option1,
        option2_name=option2,
        option3_name=option3,
    )
