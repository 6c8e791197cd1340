"""The closing date: nothing may be dated on or before it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.errors import FieldRefused, NothingToPost, PeriodClosed, WrongState
from products.models import Closing
from products.services.locking import lock_closing
from products.services.operations import Author


def ensure_first_closing() -> None:
    """Make the row that closes nothing and serves as the lock; one or two queries."""
    if not Closing.objects.exists():
        Closing.objects.create()


def check_open(moment: datetime) -> None:
    """Raise PeriodClosed for a business date in a closed period.

    Keeps the closing where it is until the transaction ends; two queries.
    """
    closing = lock_closing()
    closed_through = closing.closed_through if closing else None
    if closed_through and timezone.localdate(moment) <= closed_through:
        raise PeriodClosed(closed_through)


@transaction.atomic
def move_closing(
    *, through: date | None, reason: str, author: Author, seen_id: int | None = None
) -> Closing:
    """Close the books through a day, or open them again with None; both with a reason.

    `seen_id` is the closing that the decision was made upon; None does not look.
    Locks the closing, so that late entries under way come first. Raises FieldRefused
    for a day that is not over yet or without a reason, NothingToPost for the present
    one, WrongState when somebody has moved it meanwhile.
    """
    if not reason.strip():
        raise FieldRefused({"reason": [_("Say why, for whoever looks later.")]})
    if through is not None and through >= timezone.localdate():
        raise FieldRefused(
            {"closed_through": [_("Only days that are over can be closed.")]}
        )
    current = lock_closing()
    if current is not None and current.closed_through == through:
        raise NothingToPost(_("The books stand there already."))
    if current is not None and seen_id not in {None, current.pk}:
        raise WrongState(
            _("%(by)s has moved the closing date meanwhile. Look again, then decide.")
            % {"by": current.actor_label},
            state=str(current),
        )
    return Closing.objects.create(
        closed_through=through, reason=reason.strip(), actor_label=author.label
    )
