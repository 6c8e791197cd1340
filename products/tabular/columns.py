"""Header names to columns: any case, any spacing, several spellings of one meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from products.tabular.problems import ColumnsError


def normalise(name: str) -> str:
    """Return what two header names share when they mean the same column."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True)
class Columns:
    """Where each field stands in a record.

    `positions` is field -> index of its cell, `titles` field -> the header as it is
    written in the file, `unknown` the headers that no field goes by.
    """

    positions: Mapping[str, int]
    titles: Mapping[str, str]
    unknown: tuple[str, ...]

    def title(self, field: str) -> str:
        """Return the header of `field` as the file spells it, or the field's name."""
        return self.titles.get(field, field)

    def pick(self, cells: Sequence[str]) -> dict[str, str]:
        """Return field -> cell for the fields that have a column."""
        return {field: cells[index] for field, index in self.positions.items()}


def match_columns(header: Sequence[str], aliases: Mapping[str, str]) -> Columns:
    """Match `header` with `aliases`: normalised spelling -> field.

    Raises ColumnsError when two columns mean the same field: one of them would be
    ignored, and nobody would know which.
    """
    positions: dict[str, int] = {}
    titles: dict[str, str] = {}
    unknown: list[str] = []
    for index, title in enumerate(header):
        field = aliases.get(normalise(title))
        if field is None:
            unknown.append(title)
        elif field in positions:
            raise ColumnsError(
                _(
                    "The columns “%(first)s” and “%(second)s” mean the same. Take one"
                    " of them out."
                )
                % {"first": titles[field], "second": title}
            )
        else:
            positions[field] = index
            titles[field] = title
    return Columns(positions, titles, tuple(title for title in unknown if title))
