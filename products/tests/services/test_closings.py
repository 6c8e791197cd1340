"""services.closings: nothing is dated in closed time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from products.errors import FieldRefused, NothingToPost, PeriodClosed, WrongState
from products.models import Closing, Operation
from products.services.closings import move_closing
from products.services.operations import Author
from products.services.undo import undo_operation
from products.tests.factories import by, make_product, receive, reload

pytestmark = pytest.mark.django_db


def close(days_ago: int | None, **how: object) -> Closing:
    through = timezone.localdate() - timedelta(days=days_ago or 0)
    return move_closing(
        through=None if days_ago is None else through,
        reason=str(how.pop("reason", "Month end")),
        author=Author("Ada", Operation.Source.SITE),
        **how,
    )


def receive_late(days_ago: int) -> Operation:
    at = timezone.localtime() - timedelta(days=days_ago)
    return receive(make_product(), 3, circumstances=by(effective_at=at))


def test_what_is_dated_before_it_is_refused_with_the_day() -> None:
    closing = close(10)
    with pytest.raises(PeriodClosed) as refusal:
        receive_late(10)
    assert closing.closed_through
    assert date_format(closing.closed_through) in str(refusal.value)
    assert receive_late(9)


def test_moved_back_it_is_taken_again() -> None:
    close(10)
    close(20, reason="A late invoice")
    assert receive_late(15)
    with pytest.raises(PeriodClosed):
        receive_late(25)


def test_opened_again() -> None:
    close(10)
    close(None, reason="A mistake")
    assert receive_late(300)


def test_every_move_is_kept() -> None:
    close(10)
    close(5, reason="Next")
    kept = Closing.objects.exclude(actor_label="").order_by("pk")
    assert [closing.reason for closing in kept] == ["Month end", "Next"]


@pytest.mark.parametrize(("days_ago", "reason"), [(0, "x"), (-1, "x"), (3, " ")])
def test_needs_a_day_that_is_over_and_a_reason(days_ago: int, reason: str) -> None:
    with pytest.raises(FieldRefused):
        close(days_ago, reason=reason)


def test_reason_is_kept_without_blanks_around_it() -> None:
    assert close(10, reason=" Month end ").reason == "Month end"


def test_the_present_one() -> None:
    close(10)
    with pytest.raises(NothingToPost):
        close(10)


def test_decided_upon_an_older_one() -> None:
    seen = close(10)
    close(5)
    with pytest.raises(WrongState, match="Ada has moved"):
        close(20, seen_id=seen.pk)


def test_undo_is_dated_now() -> None:
    late = receive_late(20)
    close(10)
    undo_operation(operation_id=late.pk, circumstances=by())
    product = late.movements.get().product
    assert product
    assert reload(product).on_hand == 0
