"""The steps of an import, told to the security log."""

from typing import Any

from inventory_site.security.events import ASKING, Event, Outcome, note
from products.models import ImportRun


def tell(
    event: Event,
    run: ImportRun,
    *,
    who: Any = None,
    outcome: Outcome = Outcome.DONE,
) -> None:
    """Tell of a run: its file, its figures, and who did it.

    Left out, it is whoever handed the file in: it may be read in the background.
    """
    note(
        event,
        outcome=outcome,
        who=who or run.actor or ASKING,
        run=run.pk,
        file=run.file_name,
        format=run.format,
        new=run.created_count,
        changed=run.changed_count,
        refused=run.refused_count,
    )
