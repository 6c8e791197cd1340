from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils import timezone, translation

from products.icons import icon_sign
from products.models import Category, Product
from products.templatetags import inventory


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("14.9"), "€14.90"),
        (Decimal("-2.1"), "−€2.10"),
        (Decimal("1234567.5"), "€1,234,567.50"),
        (0, "€0.00"),
    ],
)
def test_money_has_two_places_and_a_real_minus(value: Decimal, text: str) -> None:
    assert inventory.money(value) == text


def test_money_is_written_as_the_language_writes_it() -> None:
    with translation.override("de"):
        assert inventory.money(Decimal("1234.5")) == "1.234,50\N{NO-BREAK SPACE}€"


def test_money_whole_has_no_places() -> None:
    assert inventory.money_whole(Decimal("212880.49")) == "€212,880"


@pytest.mark.parametrize("value", [None, "", "many", Decimal("NaN"), float("inf")])
@pytest.mark.parametrize(
    "write",
    [inventory.money, inventory.money_whole, inventory.quantity, inventory.signed],
)
def test_what_is_no_number_is_unknown_and_never_zero(write, value: object) -> None:
    assert ">–<" in write(value)
    assert "unknown" in write(value)


@pytest.mark.parametrize(
    ("value", "text"), [(1_000_000, "1,000,000"), (-2, "−2"), (0, "0")]
)
def test_quantity(value: int, text: str) -> None:
    assert inventory.quantity(value) == text


@pytest.mark.parametrize(("value", "text"), [(24, "+24"), (-2, "−2"), (0, "0")])
def test_signed(value: int, text: str) -> None:
    assert inventory.signed(value) == text


@pytest.mark.parametrize(
    ("available", "width", "is_low"),
    [(0, "0.0", True), (12, "33.3", True), (18, "50.0", False), (99, "100.0", False)],
)
def test_gauge_is_three_reorder_points_long(
    available: int, width: str, is_low: bool
) -> None:
    assert inventory.gauge(available, 12) == {"width": width, "is_low": is_low}


@pytest.mark.parametrize("reorder_point", [None, 0])
def test_gauge_needs_a_reorder_point(reorder_point: int | None) -> None:
    drawn = inventory.gauge(5, reorder_point)
    assert not render_to_string("components/gauge.html", drawn).strip()


def test_gauge_draws_an_empty_bar_when_nothing_is_left() -> None:
    assert 'width="0.0"' in render_to_string(
        "components/gauge.html", inventory.gauge(0, 12)
    )


@pytest.mark.parametrize(
    ("status", "stock_status", "shown"),
    [
        ("active", "low", "low"),
        ("draft", "out", "draft"),
        ("archived", "in_stock", "archived"),
    ],
)
def test_draft_and_archived_hide_the_stock_status(
    status: str, stock_status: str, shown: str
) -> None:
    product = Product(status=status, stock_status=stock_status)
    assert inventory.shown_status(product) == shown


@pytest.mark.parametrize("state", [*Product.StockStatus, "draft", "archived"])
def test_every_state_has_a_badge_with_words(state: str) -> None:
    badge = render_to_string("components/status.html", {"state": state})
    assert badge.count("bi bi-") == 1
    assert state.removesuffix("_stock") in badge.lower()


@pytest.mark.parametrize(
    ("person", "letters"),
    [
        ("Amélie Okafor", "AO"),
        ("María del Carmen Bermúdez", "MB"),
        ("Zoë", "Z"),
        ("rosa@example.com", "R"),
        ("", ""),
    ],
)
def test_initials(person: str, letters: str) -> None:
    assert inventory.initials(person) == letters


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 12), "Today, Thursday 12 March"),
        (date(2026, 3, 11), "Wednesday 11 March"),
        (date(2025, 3, 12), "Wednesday 12 March 2025"),
    ],
)
def test_day_name(day: date, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 3, 12))
    assert inventory.day_name(day) == words


def test_a_message_offers_to_undo_its_operation() -> None:
    message = Message(constants.SUCCESS, "Deleted.", extra_tags="undo-42")
    shown = render_to_string("components/flash.html", {"messages": [message]})
    assert inventory.undo_operation(message) == 42
    assert "Undo" in shown


def test_a_message_without_that_tag_offers_nothing() -> None:
    message = Message(constants.INFO, "undo-42", extra_tags="undo-x")
    assert inventory.undo_operation(message) is None


def test_an_error_is_announced_at_once_and_escaped() -> None:
    message = Message(constants.ERROR, "“<b>mug</b>” is gone.")
    shown = render_to_string("components/flash.html", {"messages": [message]})
    assert 'role="alert"' in shown
    assert "&lt;b&gt;mug" in shown


class PriceForm(forms.Form):
    price = forms.DecimalField(label="Price")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Jonas changed it too.")


def test_error_entries_link_to_the_fields_that_can_be_seen() -> None:
    entries = inventory.error_entries(PriceForm({"price": "cheap"}))
    assert [entry["target"] for entry in entries] == ["", "id_price", ""]
    assert [entry["label"] for entry in entries] == ["", "Price", "Seen"]


def test_error_summary_escapes_what_was_typed() -> None:
    form = forms.Form({})
    form.add_error(None, "“<script>” is no price.")
    shown = render_to_string("components/error_summary.html", {"form": form})
    assert "&lt;script&gt;" in shown
    assert "data-error-summary" in shown


def test_item_shows_the_icon_of_the_category_without_a_picture() -> None:
    product = SimpleNamespace(
        name="<i>Mug</i>", sku="MUG", thumb_url="", category=Category(icon="cup-hot")
    )
    shown = render_to_string("components/item.html", {"product": product})
    assert f'data-sign="{icon_sign("cup-hot")}"' in shown
    assert "&lt;i&gt;Mug" in shown
    assert "<img" not in shown
