"""What the security log is told of files that leave the shop."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from inventory_site.tests.security_lines import SecurityLines
from products.exporting.telling import told
from products.models import Product
from products.tabular.writing import write_csv
from products.tests.factories import make_product, receive
from products.tests.importing.files import plan_text
from products.tests.stocktaking import review, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> None:
    """Three products; two of them in stock, one to be ordered."""
    receive(make_product(sku="A", name="Blue mug", cost="2"), 5)
    receive(make_product(sku="B", name="Red mug"), 2)
    make_product(sku="C", name="Bowl", reorder_point=4, reorder_quantity=10)


def read(client: Client, address: str, **query: str) -> int:
    """Take a file to its end; return how many lines it has."""
    response = client.get(address, query)
    return len(b"".join(response.streaming_content).splitlines())


def facts_of(lines: SecurityLines) -> dict[str, object]:
    begun, ended = lines.of("exported")
    assert (begun["outcome"], ended["outcome"]) == ("started", "done")
    assert begun["request"] == ended["request"]
    assert "rows" not in begun["facts"]
    return ended["facts"]


@pytest.mark.parametrize("kind", ["native", "xlsx"])
def test_products(
    as_admin: Client, shop: None, security_lines: SecurityLines, kind: str
) -> None:
    query = {"format": kind, "scope": "shown", "q": "mug"}
    read(as_admin, reverse("products:product_export_file"), **query)
    assert facts_of(security_lines) == {
        "what": "product_export_file",
        "with_cost": True,
        "filters": query,
        "rows": 2,
    }


def test_who_sees_no_costs_gets_none(
    as_clerk: Client, shop: None, security_lines: SecurityLines
) -> None:
    read(as_clerk, reverse("products:movement_export"))
    assert facts_of(security_lines)["with_cost"] is False
    assert security_lines.of("exported")[0]["name"] == "Carl Clerk"


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("movement_export", {}),
        ("reorder_export", {}),
        ("report_stock_export", {"format": "csv"}),
        ("report_movements_export", {}),
    ],
)
def test_every_row_is_counted(
    as_admin: Client,
    shop: None,
    security_lines: SecurityLines,
    name: str,
    query: dict[str, str],
) -> None:
    lines = read(as_admin, reverse(f"products:{name}"), **query)
    told_of = facts_of(security_lines)
    assert (told_of["what"], told_of["rows"]) == (name, lines - 1)
    assert told_of["rows"] > 0


@pytest.mark.parametrize(
    ("sent", "filters", "rows"),
    [
        ({"product": "all"}, {"ticked": 3}, 3),
        ({"whole": "1", "list": "/dashboard?q=mug"}, {"list": "q=mug"}, 2),
    ],
)
def test_chosen_products(
    as_admin: Client,
    shop: None,
    security_lines: SecurityLines,
    sent: dict[str, str],
    filters: dict[str, object],
    rows: int,
) -> None:
    form: dict[str, object] = {**sent, "format": "native"}
    if "product" in sent:
        form["product"] = list(Product.objects.values_list("pk", flat=True))
    response = as_admin.post(reverse("products:bulk_export"), form)
    b"".join(response.streaming_content)
    told_of = facts_of(security_lines)
    assert (told_of["filters"], told_of["rows"]) == (filters, rows)


def test_variances_of_a_count(
    as_admin: Client, shop: None, security_lines: SecurityLines
) -> None:
    stocktake = review(started())
    address = reverse("products:stocktake_report", args=[stocktake.pk])
    lines = read(as_admin, address, format="csv")
    assert facts_of(security_lines)["rows"] == lines - 1 > 0


def test_refused_records(as_admin: Client, security_lines: SecurityLines) -> None:
    run = plan_text("sku,name,price\nA,Mug,x\nB,Cup,y\n")
    read(as_admin, reverse("products:import_refused", args=[run.pk]))
    assert facts_of(security_lines)["rows"] == 2


def test_file_that_breaks_off_says_how_far_it_came(
    security_lines: SecurityLines,
) -> None:
    rows = ([number] for number in range(10**9))
    pieces = told(write_csv(["number"], rows), what="all", with_cost=False)
    next(pieces)
    next(pieces)
    pieces.close()
    ended = security_lines.of("exported")[-1]
    assert ended["outcome"] == "failed"
    assert 1_000 < ended["facts"]["rows"] < 100_000


def test_two_files_at_once_are_counted_apart(security_lines: SecurityLines) -> None:
    def file(count: int) -> list[str]:
        rows = ([number] for number in range(count))
        return told(write_csv(["n"], rows), what=str(count), with_cost=False)

    first, second = file(20_000), file(9)
    next(first)
    assert len(list(second)) == 2
    list(first)
    ended = [one for one in security_lines.of("exported") if one["outcome"] == "done"]
    rows = {one["facts"]["what"]: one["facts"]["rows"] for one in ended}
    assert rows == {"9": 9, "20000": 20_000}


def test_commands(shop: None, tmp_path: Path, security_lines: SecurityLines) -> None:
    file = tmp_path / "products.csv"
    call_command("export_products", search="mug", cost=True, output=file)
    told_of = facts_of(security_lines)
    assert told_of == {
        "what": "native",
        "with_cost": True,
        "filters": {"search": "mug"},
        "rows": 2,
    }
    security_lines.texts.clear()
    call_command("report_stock", output=tmp_path / "stock.xlsx")
    assert facts_of(security_lines)["rows"] == 2
    assert {line["via"] for line in security_lines.all()} == {"command"}
