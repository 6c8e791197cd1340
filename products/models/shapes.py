"""What the JSON of an import and of a stocktake looks like."""

from products.models.damage import Shape

SCOPE: Shape = (
    {},  # not chosen yet
    {"kind": "all"},
    {"kind": "shelves", "from": str, "to": str},
    {"kind": "category", "category": int},
    {"kind": "brand", "brand": int},
    {"kind": "stale", "days": int},
    {"kind": "listed", "skus": [str]},
)

_MADE: Shape = ({"count": int, "names": [str]}, None)
_COLUMN: Shape = {"title": str, "field": (str, None), "samples": [str]}
REPORT: Shape = {  # what is not known yet is not there
    "header": ([str], None),
    "own": ([int], None),
    "columns": ([_COLUMN], None),
    "seconds": (int, float, None),
    "unticked": ({"new": (int, None), "changed": (int, None)}, None),
    "different": (int, None),
    **dict.fromkeys(("categories", "brands", "groups", "locations"), _MADE),
}
