"""What a check found wrong: the first bad row of each kind, and how many follow."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule broken by one row: `check` for programs, `detail` for people."""

    check: str
    detail: str


def differs(check: str, what: str, found: object, expected: object) -> Fault:
    """Return the fault of a figure that is not what its rule says."""
    detail = _("%(what)s is %(found)s, and should be %(expected)s.")
    return Fault(check, detail % {"what": what, "found": found, "expected": expected})


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault and where it is: SKU, location code and movement id, where they apply."""

    check: str
    product: str | None
    location: str | None
    movement: int | None
    detail: str


class Findings:
    """Keeps the first problem of each check and counts the others.

    One wrong row makes others look wrong, and a damaged table has millions: the first
    is where to look, and memory stays flat.
    """

    def __init__(self) -> None:
        self._first: dict[str, Problem] = {}
        self._counts: dict[str, int] = {}

    def add(
        self,
        fault: Fault,
        *,
        product: str | None = None,
        location: str | None = None,
        movement: int | None = None,
    ) -> None:
        self._counts[fault.check] = self._counts.get(fault.check, 0) + 1
        if fault.check not in self._first:
            self._first[fault.check] = Problem(
                fault.check, product, location, movement, fault.detail
            )

    def problems(self) -> tuple[Problem, ...]:
        """Return the first problem of each check, in the order they were found."""
        return tuple(
            replace(problem, detail=problem.detail + self._more(check))
            for check, problem in self._first.items()
        )

    def _more(self, check: str) -> str:
        more = self._counts[check] - 1
        if not more:
            return ""
        return " " + ngettext(
            "(%(count)d more like it)", "(%(count)d more like it)", more
        ) % {"count": more}
