"""services.locations: there is always exactly one default; used ones stay in use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from products.errors import FieldRefused, InventoryError
from products.models import Location, Stocktake
from products.services.locations import (
    LocationInUse,
    activate_location,
    deactivate_location,
    ensure_default_location,
    ensure_transit_location,
    make_default,
    save_location,
    why_in_use,
)
from products.services.reservations import Wanted, hold_stock
from products.services.transfer_lines import Arrival
from products.tests.factories import adjust, by, make_location, make_product
from products.tests.transfers import back_room, cancel, draft, receive, sent

pytestmark = pytest.mark.django_db


def test_default_is_made_once():
    assert ensure_default_location() == ensure_default_location()
    assert Location.objects.count() == 1


def test_default_moves():
    back = make_location()
    make_default(location_id=back.pk)
    assert Location.objects.get_default() == back


@pytest.mark.parametrize("fields", [{"is_active": False}, {"kind": "transit"}])
def test_unusable_location_is_refused(fields):
    before = Location.objects.get_default()
    with pytest.raises(InventoryError):
        make_default(location_id=make_location(**fields).pk)
    assert Location.objects.get_default() == before


class TestTransitLocation:
    def test_is_made_once(self):
        assert ensure_transit_location() == ensure_transit_location()
        assert ensure_transit_location().kind == Location.Kind.TRANSIT

    def test_one_out_of_use_is_left_alone(self):
        first = ensure_transit_location()
        Location.objects.filter(pk=first.pk).update(is_active=False)
        assert ensure_transit_location().code == "TRANSIT-2"


class TestSave:
    def test_add_and_edit(self):
        van = save_location(location=Location(code="VAN", name="Van"))
        van.name, van.is_active = "Blue van", False
        save_location(location=van)
        van.refresh_from_db()
        assert (van.name, van.is_active) == ("Blue van", True)

    def test_code_that_is_taken(self):
        make_location("VAN", "Van")
        with pytest.raises(FieldRefused) as caught:
            save_location(location=Location(code="van ", name="Another"))
        assert list(caught.value.errors) == ["code"]


def reasons(location: Location) -> tuple[str, ...]:
    with pytest.raises(LocationInUse) as caught:
        deactivate_location(location_id=location.pk)
    location.refresh_from_db()
    assert location.is_active
    return caught.value.reasons


class TestDeactivate:
    def test_empty_one(self):
        back = make_location()
        product = make_product(stock=1, location=back)
        adjust(product, -1, location=back)
        deactivate_location(location_id=back.pk)
        assert list(Location.objects.stocked()) == [Location.objects.get_default()]
        activate_location(location_id=back.pk)
        assert back in Location.objects.stocked()

    def test_default(self):
        (reason,) = reasons(Location.objects.get_default())
        assert reason.startswith("It is the default location.")

    def test_stock(self):
        back = make_location()
        make_product(sku="A", stock=2, location=back)
        make_product(sku="B", stock=3, location=back)
        expected = "5 units are here (A and B). Move them away first."
        assert reasons(back) == (expected,)

    def test_much_stock_is_counted(self):
        back = make_location()
        for number in range(7):
            make_product(sku=f"S{number}", stock=1, location=back)
        assert "(S0, S1, S2, S3, S4 and 2 more)" in reasons(back)[0]

    def test_held_units(self):
        back = make_location()
        product = make_product(stock=2, location=back)
        hold_stock(wanted=[Wanted(product.pk, 2, back.pk)], circumstances=by())
        assert reasons(back)[1] == "2 units are held here. Release them first."

    def test_a_hold_whose_time_is_up_holds_nothing(self):
        back = make_location()
        product = make_product(stock=2, location=back)
        past = by(now=timezone.now() - timedelta(hours=2))
        hold_stock(
            wanted=[Wanted(product.pk, 2, back.pk)],
            circumstances=past,
            expires_at=timezone.now() - timedelta(hours=1),
        )
        assert len(reasons(back)) == 1

    def test_transfers_from_and_to_it(self):
        transfer = draft((make_product(stock=2), 1))
        on_the_way = sent((make_product(stock=2), 1))
        assert reasons(back_room()) == (
            f"{transfer} and {on_the_way} are not finished."
            " Receive or cancel them first.",
        )
        assert f"{transfer} and" in reasons(Location.objects.get_default())[-1]

    def test_many_transfers_are_counted(self):
        for number in range(1, 8):
            draft((make_product(), number))
        (reason,) = reasons(back_room())
        assert "and 2 more are not finished" in reason

    def test_ended_transfers_do_not_count(self):
        product = make_product(stock=9)
        cancel(sent((product, 1)))
        receive(sent((product, 1)), Arrival(1))
        adjust(product, -1, location=back_room())
        deactivate_location(location_id=back_room().pk)

    def test_stocktakes_of_it(self):
        back = make_location()
        Stocktake.objects.create(name="Spring", location=back, created_by_label="Tess")
        assert reasons(back) == (
            "The stocktake “Spring” is open. Apply or cancel it first.",
        )
        Stocktake.objects.update(state="cancelled")
        deactivate_location(location_id=back.pk)


def test_a_transfer_keeps_the_place_where_it_is_on_the_way():
    transfer = sent((make_product(stock=5), 3))
    reasons = " ".join(why_in_use(ensure_transit_location()))
    assert f"T-{transfer.pk} is not finished" in reasons
