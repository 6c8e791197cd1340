"""Charts in the browser: drawn by the server, live once somebody points at them."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from products.models import Product
from products.tests.factories import adjust, by, make_category, make_product

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[[str], Page]

# What chart.js draws: its numbers, and the colour of the line.
NUMBERS = """
() => Chart.getChart(document.querySelector("canvas"))
  .data.datasets[0].data.map((point) => point.y)
"""
COLOUR = """
() => Chart.getChart(document.querySelector("canvas")).data.datasets[0].borderColor
"""
ACCENT = """
() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim()
"""
# The boxes of the days under the chart: drawn live, and by the server.
LIVE_DAYS = """
() => {
  const { x } = Chart.getChart(document.querySelector("canvas")).scales;
  const last = x.ticks.length - 1;
  x.ctx.font = `${x.options.ticks.font.size}px ${x.options.ticks.font.family}`;
  return x.ticks.map((tick, n) => {
    const width = x.ctx.measureText(tick.label).width;
    const middle = x.getPixelForTick(n);
    const left = n === 0 ? middle : n === last ? middle - width : middle - width / 2;
    return [left, left + width];
  });
}
"""
DAYS = """
() => [...document.querySelectorAll(".chart-x > *")]
  .map((day) => day.getBoundingClientRect()).filter((box) => box.width)
  .map((box) => [box.left, box.right])
"""
WIDE, NARROWEST, HEIGHT, LEAST_GAP = 1280, 320, 844, 6  # pixels
DRAWN = "() => document.querySelector('[data-chart-state=live] canvas')"


@pytest.fixture
def product() -> Product:
    """Ten units for three days, six since yesterday, five now."""
    cache.clear()
    now = timezone.now()
    made = make_product(
        name="Mug",
        stock=10,
        reorder_point=4,
        category=make_category("Kitchen"),
        circumstances=by(now=now - timedelta(days=3)),
    )
    adjust(made, -4, now=now - timedelta(days=1))
    adjust(made, -1)
    return made


def asked_for(page: Page) -> list[str]:
    """The files that were fetched since, by name."""
    found: list[str] = []

    def note(request: Request) -> None:
        found.append(request.url.rpartition("/")[2])

    page.on("request", note)
    return found


def test_a_product_s_chart_is_live_once_pointed_at(
    signed_in: Page, visit: Visit, product: Product
) -> None:
    files = asked_for(signed_in)
    page = visit(f"/products/{product.pk}")
    picture = page.locator("svg.chart-plot")
    expect(picture).to_be_visible()
    words = picture.get_attribute("aria-label") or ""
    assert not any("chart.umd" in name for name in files)
    picture.hover()
    page.wait_for_function(DRAWN)
    assert any("chart.umd" in name for name in files)
    expect(picture).to_be_hidden()
    expect(page.get_by_role("img", name=words)).to_be_visible()
    page.get_by_text("Show as a table").click()
    shown = page.locator("#chart-table td").all_inner_texts()
    drawn = page.evaluate(NUMBERS)
    assert drawn[: len(shown)] == [int(number) for number in shown[::-1]]


def test_its_colours_follow_the_theme(visit: Visit, product: Product) -> None:
    page = visit("/reports/days")
    page.wait_for_function(DRAWN)
    before = page.evaluate(COLOUR)
    assert before == page.evaluate(ACCENT)
    page.locator("[data-theme-switch]").first.click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.wait_for_function(f"() => ({COLOUR})() === ({ACCENT})()")
    assert page.evaluate(COLOUR) != before


def test_the_days_are_drawn_from_their_table(visit: Visit, product: Product) -> None:
    page = visit("/reports/days?show=units")
    page.wait_for_function(DRAWN)
    cells = page.locator("#days [data-of=units]").all_inner_texts()
    assert page.evaluate(NUMBERS) == [int(text) for text in cells[::-1]]
    assert cells[0] == "5"


def test_it_gets_as_narrow_as_the_page(visit: Visit, product: Product) -> None:
    page = visit("/reports/days")
    page.wait_for_function(DRAWN)
    page.set_viewport_size({"width": 320, "height": 800})
    expect(page.locator("canvas")).to_have_css(
        "width", re.compile(r"^2\d\d(\.\d+)?px$")
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_the_library_the_picture_stays(visit: Visit, product: Product) -> None:
    page = visit("/account/profile")
    page.route(re.compile("chart.umd"), lambda route: route.fulfill(body=""))
    page = visit("/reports/days")
    expect(page.locator("svg.chart-plot")).to_be_visible()


def test_categories_come_once_they_are_seen(visit: Visit, product: Product) -> None:
    page = visit("/dashboard")
    part = page.locator("#by-category")
    # Not the part itself, which may be replaced just then.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    row = part.get_by_role("row").filter(has_text="Kitchen")
    expect(row).to_be_visible()
    row.get_by_role("link", name="Kitchen").click()
    expect(page).to_have_url(re.compile(r"/dashboard\?category=\d+$"))
    expect(page.locator(".item-name", has_text="Mug")).to_be_visible()


def assert_apart(boxes: list[list[float]], number: int) -> None:
    assert len(boxes) == number
    gaps = [left - right for (_, right), (left, _) in pairwise(boxes)]
    assert min(gaps) >= LEAST_GAP


def test_its_days_stand_apart(visit: Visit, product: Product) -> None:
    page = visit(f"/products/{product.pk}")
    for width, number in ((WIDE, 5), (NARROWEST, 3)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert_apart(page.evaluate(DAYS), number)
    page = visit("/reports/days")
    page.wait_for_function(DRAWN)
    assert_apart(page.evaluate(LIVE_DAYS), 3)
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    page.wait_for_function(f"() => ({LIVE_DAYS})().length === 5")
    assert_apart(page.evaluate(LIVE_DAYS), 5)
