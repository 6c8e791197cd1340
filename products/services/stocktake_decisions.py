"""What somebody decides about doubtful lines of a stocktake."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import FieldRefused, NothingToPost
from products.models import StockCount, Stocktake, StocktakeLine
from products.services.locking import batches, lock_stocktake
from products.services.operations import Author
from products.services.stocktake_results import outcomes_of
from products.services.stocktakes import State, refuse_unless

NOTE_LENGTH = 200


@transaction.atomic
def confirm_lines(
    *,
    stocktake_id: int,
    line_ids: Sequence[int],
    note: str,
    author: Author,
    now: datetime | None = None,
) -> int:
    """Accept differences above the threshold, with a note; return how many lines.

    A recount that was asked for and did not come is taken back: the count before it
    counts again. What is confirmed already stays as it is. Locks the stocktake. Raises
    WrongState unless it is in review, FieldRefused for an empty note and for lines
    that no note makes possible, NothingToPost for none.
    """
    stocktake = _take(stocktake_id)
    text = _check_note(note)
    lines = _lines(stocktake, line_ids)
    for outcome in outcomes_of(stocktake, lines):
        if outcome.need is not None and not outcome.is_confirmable:
            why = str(outcome.need.label).lower()
            sentence = _("%(sku)s can't be confirmed: %(why)s. Count it again.")
            facts = {"sku": outcome.line.sku, "why": why}
            raise FieldRefused({"note": [sentence % facts]})
    counts = StockCount.objects.filter(line=OuterRef("pk"), is_void=False).order_by()
    last = counts.values("line").annotate(last=Max("round")).values("last")
    for batch in batches([line.pk for line in lines]):
        StocktakeLine.objects.filter(pk__in=batch).update(
            round=Coalesce(Subquery(last), 1),
            note=text,
            confirmed_at=now or timezone.now(),
            confirmed_by_id=author.user.pk if author.user else None,
            confirmed_by_label=author.label,
        )
    return len(lines)


@transaction.atomic
def ask_recount(*, stocktake_id: int, line_ids: Sequence[int]) -> int:
    """Begin another round for these lines and open the stocktake for counting again.

    Counts of former rounds count no longer and are kept. Who counted may count again,
    but only somebody else's count settles a variance. Locks the stocktake. Raises
    WrongState unless it is in review, NothingToPost for no line.
    """
    stocktake = _take(stocktake_id)
    lines = _lines(stocktake, line_ids)
    for batch in batches([line.pk for line in lines]):
        StocktakeLine.objects.filter(pk__in=batch).update(
            round=F("round") + 1,
            note="",
            confirmed_at=None,
            confirmed_by=None,
            confirmed_by_label="",
        )
    stocktake.state = State.COUNTING
    stocktake.save(update_fields=["state"])
    return len(lines)


@transaction.atomic
def leave_out(*, stocktake_id: int, line_ids: Sequence[int], note: str) -> int:
    """Take back every count of these lines, so that their stock stays as it is.

    Locks the stocktake. Raises WrongState unless it is in review, FieldRefused for an
    empty note, or where what is not counted becomes zero; NothingToPost for no line.
    """
    stocktake = _take(stocktake_id)
    if stocktake.sets_uncounted_to_zero:
        raise FieldRefused(
            {
                "note": [
                    _(
                        "What is not counted becomes zero in this stocktake, so nothing"
                        " can be left out. Count it again instead."
                    )
                ]
            }
        )
    text = _check_note(note)
    lines = _lines(stocktake, line_ids)
    for batch in batches([line.pk for line in lines]):
        StockCount.objects.filter(line_id__in=batch).update(is_void=True)
        StocktakeLine.objects.filter(pk__in=batch).update(
            round=1,
            note=text,
            confirmed_at=None,
            confirmed_by=None,
            confirmed_by_label="",
        )
    return len(lines)


def _take(stocktake_id: int) -> Stocktake:
    stocktake = lock_stocktake(stocktake_id)
    refuse_unless(stocktake, State.REVIEW)
    return stocktake


def _check_note(note: str) -> str:
    text = note.strip()
    if not text:
        raise FieldRefused({"note": [_("Say why, for whoever looks later.")]})
    if len(text) > NOTE_LENGTH:
        raise FieldRefused(
            {"note": [_("At most %(most)d characters.") % {"most": NOTE_LENGTH}]}
        )
    return text


def _lines(stocktake: Stocktake, line_ids: Sequence[int]) -> list[StocktakeLine]:
    found = [
        line
        for batch in batches(line_ids)
        for line in stocktake.lines.filter(Q(pk__in=batch)).order_by("pk")
    ]
    if not found:
        raise NothingToPost(_("Tick the lines that are meant."))
    return found
