"""manage.py adjust_stock."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from products.models import Operation, Product, StockMovement
from products.services.stock import REASONS
from products.tests.factories import make_location, make_product, reload

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(sku="MUG-1", stock=10)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("adjust_stock", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("delta", "reason", "left"),
    [("+5", "received", 15), ("5", "found", 15), ("-3", "sold", 7)],
)
def test_by_a_difference(mug, delta, reason, left):
    out = run("MUG-1", delta, "--reason", reason)
    assert reload(mug).on_hand == left
    assert f"{int(delta):+}, {left} on hand" in out


def test_to_a_count(mug):
    run("MUG-1", "--count", "4", "--reason", "correction")
    assert reload(mug).on_hand == 4


def test_a_count_that_matches_changes_nothing(mug):
    out = run("MUG-1", "--count", "10", "--reason", "correction")
    assert out == "The count matches. Nothing was posted.\n"
    assert mug.movements.count() == 1


def test_sku_and_location_in_another_case(mug):
    make_location("BACK")
    run("mug-1", "+2", "--reason", "found", "--location", "back")
    assert mug.levels.get(location__code="BACK").on_hand == 2


def test_says_who_and_why(mug):
    run("MUG-1", "-1", "--reason", "other", "--note", "Given to a school")
    operation = Operation.objects.latest("pk")
    assert operation.reason == "Given to a school"
    assert operation.actor_label == "manage.py adjust_stock"
    assert operation.source == Operation.Source.COMMAND


def test_the_same_key_counts_once(mug):
    call = ("MUG-1", "-1", "--reason", "sold", "--key", "order 17")
    run(*call)
    assert run(*call).startswith("Done before; nothing was changed now.\nMUG-1 at")
    assert reload(mug).on_hand == 9


def test_the_same_key_for_something_else(mug):
    run("MUG-1", "-1", "--reason", "sold", "--key", "order 17")
    with pytest.raises(CommandError, match="was used for another request before"):
        run("MUG-1", "-2", "--reason", "sold", "--key", "order 17")
    assert reload(mug).on_hand == 9


def test_never_below_zero(mug):
    with pytest.raises(CommandError, match=r"MUG-1 at MAIN: Only 10 are available"):
        run("MUG-1", "-11", "--reason", "sold")
    assert reload(mug).on_hand == 10


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["MUG-1", "+1"], "--reason"),
        (["MUG-1", "+1", "--reason", "stolen"], "received"),
        (["MUG-1", "--reason", "sold"], "either DELTA"),
        (["MUG-1", "1", "--count", "2", "--reason", "found"], "either DELTA"),
        (["MUG-1", "0", "--reason", "correction"], "Zero changes nothing"),
        (["MUG-1", "1.5", "--reason", "found"], "“1.5” is no whole number"),
        (["MUG-1", "1e3", "--reason", "found"], "“1e3” is no whole number"),
        (["MUG-1", "+1", "--reason", "other"], "--note"),
        (["MUG-1", "+1", "--reason", "found", "--note", "x" * 201], "200 letters"),
        (["MUG-1", "+1", "--reason", "found", "--key", "x" * 91], "90 letters"),
        (["MUG-1", "+1", "--reason", "sold"], "takes stock away"),
        (["MUG-1", "+9999999999", "--reason", "found"], "at most"),
        (["MUG-1", "--count", "-1", "--reason", "found"], "below zero"),
        (["MUG-1", "+1", "--reason", "found", "--location", "X"], "There are: MAIN"),
        (["MUG-2", "+1", "--reason", "found"], "No product has the SKU “MUG-2”."),
        (["MUG-2", "+1", "--reason", "found"], "Near it: MUG-1."),
    ],
)
def test_wrong_use(mug, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
    assert StockMovement.objects.count() == 1


def test_every_reason_is_offered():
    with pytest.raises(CommandError) as refusal:
        run("MUG-1", "+1", "--reason", "none")
    assert all(str(kind) in str(refusal.value) for kind in REASONS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("MUG\udcff", "+1", "--reason", "found"),
        ("MUG-1", "+1", "--reason", "found", "--note", "wet \udcff"),
        ("MUG-1", "+1", "--reason", "found", "--location", "\udcff"),
    ],
    ids=["sku", "note", "location"],
)
def test_bytes_that_are_no_text(mug, arguments):
    with pytest.raises(CommandError):
        run(*arguments)
    assert reload(mug).on_hand == 10
