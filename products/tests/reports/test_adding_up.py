"""reports.adding_up: what is kept for the next one is in the next one's language."""

import pytest
from django.core.cache import cache
from django.utils.translation import gettext, override

from products.models import Product
from products.reports import adding_up
from products.tests.factories import make_product

pytestmark = pytest.mark.django_db


def asked(language: str, *, is_asked: bool) -> adding_up.AddedUp[str] | None:
    with override(language):
        return adding_up.add_up(
            lambda: gettext("No category"),
            key="test",
            rows=Product.objects.all(),
            is_asked=is_asked,
        )


def test_a_kept_sum_has_the_words_of_who_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache.clear()
    make_product()
    monkeypatch.setattr(adding_up, "QUICK", 0)
    said = [asked(language, is_asked=True) for language in ("en", "de", "en", "de")]
    assert [sums.sums for sums in said if sums] == [
        "No category",
        "Keine Kategorie",
    ] * 2


def test_it_is_kept_for_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    make_product()
    monkeypatch.setattr(adding_up, "QUICK", 0)
    first = asked("de", is_asked=True)
    assert asked("de", is_asked=False) == first
    assert asked("en", is_asked=False) is None
