import csv
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from products.importing.naming import remember
from products.importing.tasks import start_applying
from products.models import Product
from products.tests.importing.files import TESS, import_text, plan_text

OURS = ["Refused row", "Refused because", "How to mend it"]
TEXT = "sku,name,price,cost,extra\n=A,=Mug,=1+1,,x\nB,Cup,1,dear,y\nC,Jug,1,1,\n"


@pytest.fixture
def run(db):
    return plan_text(TEXT)


def download(client, run):
    response = client.get(reverse("products:import_refused", args=[run.pk]))
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")


def rows(text):
    return list(csv.reader(StringIO(text, newline="")))


def test_each_refused_record_comes_with_its_cells_and_the_reason(as_admin, run):
    header, first, second = rows(download(as_admin, run))
    assert header == [*OURS, "sku", "name", "price", "cost", "extra"]
    assert first[0] == "2"
    assert first[1] == "price: Not a number."
    assert first[2]
    assert second[3:] == ["B", "Cup", "1", "dear", "y"]


def test_no_cell_is_a_formula(as_admin, run):
    _header, first, _second = rows(download(as_admin, run))
    assert first[3:6] == ["'=A", "'=Mug", "'=1+1"]


def test_it_is_a_file_of_its_own(as_admin, run):
    response = as_admin.get(reverse("products:import_refused", args=[run.pk]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="shop-refused.csv"' in response["Content-Disposition"]


def test_mended_it_can_be_sent_again(as_admin, run):
    text = download(as_admin, run).replace("'=1+1", "2").replace("dear", "3")
    again = plan_text(text)
    assert (again.created_count, again.refused_count) == (2, 0)
    assert again.report["unknown"] == ["extra"]
    import_text(text)
    assert Product.objects.get(sku="=A").name == "=Mug"


def test_sent_again_unmended_it_says_the_same(as_admin, run):
    text = download(as_admin, run)
    again = download(as_admin, plan_text(text))
    assert [row[1:] for row in rows(again)] == [row[1:] for row in rows(text)]


def test_a_record_that_is_too_long_stays_too_long(as_admin):
    run = plan_text("sku,name\nA,Mug,x\nB,Cup\nC,Jug\n")
    text = download(as_admin, run)
    assert rows(text)[1][3:] == ["A", "Mug", "x"]
    assert plan_text(text).refused_count == 1
    assert plan_text(text.replace(",Mug,x", ',"Mug,x"')).refused_count == 0


def test_a_variant_alone_says_what_it_is_a_variant_of(as_admin):
    header = "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price"
    variants = "tee,T-shirt,Acme,Size,S,T-S,5\ntee,,,,M,T-M,cheap\n"
    run = plan_text(f"{header}\n{variants}")
    start_applying(run, TESS)
    import_text(download(as_admin, run).replace("cheap", "6"))
    small, medium = Product.objects.order_by("-sku")
    assert (small.group, small.brand) == (medium.group, medium.brand)
    assert (medium.name, medium.option1, medium.price) == ("T-shirt", "M", 6)


def test_columns_that_somebody_named_are_known_again(as_admin):
    header = ["Nr", "Titel", "Preis"]
    remember(header, {"Nr": "sku", "Titel": "name", "Preis": "price"})
    run = plan_text("Nr;Titel;Preis\nA;Mug;cheap\n")
    again = plan_text(download(as_admin, run).replace("cheap", "2"))
    assert (again.state, again.created_count) == ("planned", 1)
    assert again.format == run.format


def test_several_faults_of_a_record_are_one_row(as_admin):
    text = download(as_admin, plan_text("sku,name,price,weight_g\nA,Mug,x,y\n"))
    assert len(rows(text)) == 2
    assert rows(text)[1][1].count("Not a number.") == 2


def test_records_are_in_the_order_of_the_file(as_admin, monkeypatch):
    monkeypatch.setattr("products.views.import_refused.BATCH", 2)
    bad = "".join(f"A{n},Mug,x\n" for n in range(5))
    text = download(as_admin, plan_text(f"sku,name,price\n{bad}"))
    assert [row[0] for row in rows(text)[1:]] == ["2", "3", "4", "5", "6"]


def test_an_unknown_number_is_not_found(as_admin):
    assert as_admin.get("/imports/9/refused.csv").status_code == 404


def test_cells_may_be_costs(client, clerk, run):
    clerk.user_permissions.add(Permission.objects.get(codename="import_products"))
    client.force_login(clerk)
    assert client.get(f"/imports/{run.pk}/refused.csv").status_code == 403


def test_clerks_may_not(as_clerk, run):
    assert as_clerk.get(f"/imports/{run.pk}/refused.csv").status_code == 403
