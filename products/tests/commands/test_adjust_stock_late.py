"""manage.py adjust_stock --at"""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from products.models import Operation, Product
from products.services.closings import move_closing
from products.services.operations import Author
from products.tests.factories import make_product, reload

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(sku="MUG-1", stock=10)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("adjust_stock", "MUG-1", *arguments, stdout=out)
    return out.getvalue()


def day(days_ago: int) -> str:
    return f"{timezone.localdate() - timedelta(days=days_ago):%Y-%m-%d}"


def test_a_time(mug: Product) -> None:
    run("-2", "--reason", "sold", "--at", f"{day(3)} 14:30")
    movement = mug.movements.latest("sequence")
    effective = timezone.localtime(movement.effective_at)
    assert f"{effective:%Y-%m-%d %H:%M}" == f"{day(3)} 14:30"
    assert movement.is_backdated


def test_a_day_means_its_end(mug: Product) -> None:
    run("-2", "--reason", "sold", "--at", day(3))
    effective = timezone.localtime(mug.movements.latest("sequence").effective_at)
    assert f"{effective:%Y-%m-%d %H:%M}" == f"{day(3)} 23:59"


def test_today_is_now(mug: Product) -> None:
    run("-2", "--reason", "sold", "--at", day(0))
    movement = mug.movements.latest("sequence")
    assert movement.effective_at <= movement.recorded_at


@pytest.mark.parametrize("at", ["soon", "2026-02-30", "1900-01-01", "2999-01-01", "\0"])
def test_no_time_of_the_shop(mug: Product, at: str) -> None:
    with pytest.raises(CommandError):
        run("-2", "--reason", "sold", "--at", at)
    assert reload(mug).on_hand == 10


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(days=1)])
def test_a_time_that_has_not_come(mug: Product, ahead: timedelta) -> None:
    later = timezone.localtime() + ahead
    with pytest.raises(CommandError, match="not come yet"):
        run("-2", "--reason", "sold", "--at", later.isoformat())


def test_not_with_a_count(mug: Product) -> None:
    with pytest.raises(CommandError, match="A count is of now"):
        run("--count", "4", "--reason", "correction", "--at", day(3))


def test_closed_books(mug: Product) -> None:
    author = Author("Ada", Operation.Source.SITE)
    through = timezone.localdate() - timedelta(days=2)
    move_closing(through=through, reason="Month end", author=author)
    with pytest.raises(CommandError, match="closed through"):
        run("-2", "--reason", "sold", "--at", day(2))
    run("-2", "--reason", "sold", "--at", day(1))
    assert reload(mug).on_hand == 8


def test_is_part_of_what_a_key_stands_for(mug: Product) -> None:
    run("-2", "--reason", "sold", "--key", "k", "--at", day(1))
    again = run("-2", "--reason", "sold", "--key", "k", "--at", day(1))
    assert "Done before" in again
    with pytest.raises(CommandError, match="“k” was used for another request"):
        run("-2", "--reason", "sold", "--key", "k", "--at", day(2))
    assert reload(mug).on_hand == 8
