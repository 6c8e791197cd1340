"""forms.fields: what people type, and what they are told."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from products.forms.fields import AmountField, BrandField, QuantityField
from products.models import Brand

PRICE = AmountField(places=2, limit=10**10, required=False)
COST = AmountField(places=6, limit=10**9, required=False)


def refusal(field: Any, text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    return str(caught.value.messages[0])


class TestAmount:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("14.90", "14.90"),
            (" 14.9 ", "14.9"),
            ("14,90", "14.90"),
            ("14,9", "14.9"),
            ("1290", "1290"),
            (".5", "0.5"),
            ("14.900", "14.9"),
            ("9999999999.99", "9999999999.99"),
            ("-0", "0"),
        ],
    )
    def test_understood(self, text: str, number: str) -> None:
        assert PRICE.clean(text) == Decimal(number)

    @pytest.mark.parametrize("text", ["", "   "])
    def test_empty_is_unknown(self, text: str) -> None:
        assert PRICE.clean(text) is None

    @pytest.mark.parametrize(
        "text",
        [
            "abc",
            "NaN",
            "Infinity",
            "-inf",
            "1e5",
            "１４",  # full-width digits
            "٣",
            "1,290",  # one thousand or one and a bit?
            "1.290,50",
            "1,290.50",
            "1 290",
            "€5",
            "5\0",
            "9" * 41,
            "=1+1",
        ],
    )
    def test_says_how_to_write_it(self, text: str) -> None:
        sentence = "Write a plain number with a point, like 1290.50."
        assert refusal(PRICE, text) == sentence

    @pytest.mark.parametrize(
        ("field", "text", "sentence"),
        [
            (PRICE, "-1", "This can't be below zero."),
            (PRICE, "−1", "This can't be below zero."),  # the real minus
            (PRICE, "10000000000", "This must be below 10,000,000,000."),
            (PRICE, "14.905", "2 digits after the point are the most."),
            (COST, "0.0000001", "6 digits after the point are the most."),
        ],
    )
    def test_says_what_is_wrong(
        self, field: AmountField, text: str, sentence: str
    ) -> None:
        assert refusal(field, text) == sentence

    @pytest.mark.parametrize(
        ("stored", "shown"),
        [("5.900000", "5.90"), ("0.012500", "0.0125"), ("12", "12.00")],
    )
    def test_shown_as_people_write_it(self, stored: str, shown: str) -> None:
        assert COST.prepare_value(Decimal(stored)) == shown

    def test_what_was_typed_is_shown_as_it_was(self) -> None:
        assert COST.prepare_value("12,x") == "12,x"


class TestGermanAmount:
    @pytest.fixture(autouse=True)
    def _german(self) -> Iterator[None]:
        with override("de"):
            yield

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("14,90", "14.90"),
            ("14.90", "14.90"),
            ("1290", "1290"),
            ("1290,5", "1290.5"),
            (",5", "0.5"),
            ("1,290", "1.29"),
            ("1,2905", "1.2905"),
        ],
    )
    def test_understood(self, text: str, number: str) -> None:
        assert COST.clean(text) == Decimal(number)

    @pytest.mark.parametrize("text", ["1.290", "14.900", "1.290,50", "1,290.50", "1."])
    def test_point_between_thousands_is_asked_about(self, text: str) -> None:
        sentence = "Schreiben Sie eine Zahl ohne Tausenderpunkt, etwa 1290,50."
        assert refusal(COST, text) == sentence

    @pytest.mark.parametrize(
        "stored", ["0.01", "5.90", "1290.50", "0.001234", "1.2905"]
    )
    def test_what_is_shown_is_read_as_the_same(self, stored: str) -> None:
        shown = COST.prepare_value(Decimal(stored))
        assert "," in shown
        assert COST.clean(shown) == Decimal(stored)

    def test_count_with_a_point_is_asked_about(self) -> None:
        sentence = "Schreiben Sie eine ganze Zahl ohne Trennzeichen, etwa 1200."
        assert refusal(QuantityField(), "1.200") == sentence


class TestQuantity:
    @pytest.mark.parametrize(
        ("text", "number"),
        [("0", 0), (" 12 ", 12), ("+5", 5), ("-2", -2), ("−2", -2), ("007", 7)],
    )
    def test_understood(self, text: str, number: int) -> None:
        assert QuantityField(least=-10).clean(text) == number

    @pytest.mark.parametrize(
        "text", ["1.5", "1,000", "1 000", "1e3", "abc", "NaN", "１２", "--1", "½"]
    )
    def test_says_how_to_write_it(self, text: str) -> None:
        sentence = "Write a whole number without separators, like 1200."
        assert refusal(QuantityField(), text) == sentence

    @pytest.mark.parametrize("text", ["-1", "-" + "9" * 5000])
    def test_below_zero(self, text: str) -> None:
        assert refusal(QuantityField(), text) == "This can't be below zero."

    @pytest.mark.parametrize("text", ["1000000000", "9" * 5000])
    def test_too_large(self, text: str) -> None:
        assert refusal(QuantityField(), text) == "This must be from 0 to 999,999,999."


@pytest.mark.django_db
class TestBrand:
    def test_found_whatever_the_case(self) -> None:
        brand = Brand.objects.create(name="Værksted Nord")
        assert BrandField().clean("  VÆRKSTED   nord ") == brand

    def test_a_new_one_is_not_stored_yet(self) -> None:
        brand = BrandField().clean("Linden")
        assert (brand.name, brand.pk) == ("Linden", None)
        assert not Brand.objects.exists()

    def test_none(self) -> None:
        assert BrandField(required=False).clean(" ") is None

    def test_name_that_grows_when_folded(self) -> None:
        field = BrandField()
        assert refusal(field, "ΐ" * 120) == "This name is too long."
