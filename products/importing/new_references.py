"""What a file names and the shop lacks: categories, brands, groups and locations."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from products.fields import fold_key
from products.importing.plan import PlannedProduct
from products.importing.refusals import reference_unknown
from products.importing.rows import ProductRow
from products.models import Brand, ProductGroup
from products.services.references import CategoryPaths
from products.tabular.own_csv import join_path
from products.tabular.problems import BadCellError

PLURAL = {"category": "categories", "brand": "brands", "group": "groups"}
LOCATIONS = "locations"
KEPT = 500  # names of each kind that a report lists; the others are counted


@dataclass
class NewReferences:
    """What applying would make; with `is_strict`, a row that needs it is refused.

    Brands are read once, groups as the rows name them: a query per batch.
    """

    categories: CategoryPaths
    is_strict: bool = False
    _names: dict[str, dict[str, str]] = field(
        default_factory=lambda: {kind: {} for kind in (*PLURAL.values(), LOCATIONS)}
    )
    _groups: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._brands = set(Brand.objects.values_list("key", flat=True))

    def look_up(self, rows: Iterable[ProductRow]) -> None:
        """Find out which groups of `rows` the shop has; one query, or none."""
        keys = {row.values["group"].key for row in rows if row.values.get("group")}
        if keys:
            found = ProductGroup.objects.filter(handle_key__in=keys)
            self._groups = set(found.values_list("handle_key", flat=True))

    def refusal(self, row: ProductRow) -> tuple[str, str, BadCellError] | None:
        """Return field, value and reason why a strict import refuses `row`."""
        if not self.is_strict:
            return None
        for kind, key, name in self._missing(row.values):
            if key:
                return kind, name, reference_unknown(name)
        return None

    def collect(self, planned: PlannedProduct) -> None:
        """Remember what applying `planned` would make."""
        for kind, key, name in self._missing(planned.values):
            self._names[PLURAL[kind]].setdefault(key, name)
        for place in planned.stock:
            if isinstance(place, str):
                self._names[LOCATIONS].setdefault(place, place)

    def as_report(self) -> dict[str, dict[str, object]]:
        """Return kind -> how many, and the first names, sorted."""
        return {
            kind: {"count": len(names), "names": sorted(names.values())[:KEPT]}
            for kind, names in self._names.items()
        }

    def _missing(self, values: dict[str, object]) -> Iterable[tuple[str, str, str]]:
        path, brand, group = (values.get(kind) for kind in PLURAL)
        while isinstance(path, tuple) and path and self.categories.find(path) is None:
            name = join_path(path)
            yield "category", fold_key(name), name
            path = path[:-1]
        if isinstance(brand, str) and brand and fold_key(brand) not in self._brands:
            yield "brand", fold_key(brand), brand
        key = getattr(group, "key", "")
        if key and key not in self._groups:
            yield "group", key, getattr(group, "handle", "")
