import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from products.services.undo import undo_operation
from products.tests.factories import by, make_product
from products.tests.importing.files import import_text, product

TEXT = (
    "sku,name,price,cost,barcode,colour\n"
    "NEW,Mug,1,2,4.0E+12,red\nOLD,Cup,2,3,,red\nBAD,Jug,x,y,,red\n"
)


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def run(db):
    make_product(sku="OLD", name="Cup", price=1, cost=1)
    return import_text(TEXT).run


def show(client, run, section=""):
    response = client.get(run.get_absolute_url(), {"show": section} if section else {})
    return response.content.decode()


def test_the_address(run):
    assert reverse("products:import_detail", args=[run.pk]) == f"/imports/{run.pk}"


def test_an_unknown_number_is_not_found(as_admin):
    assert as_admin.get("/imports/9").status_code == 404
    assert as_admin.get(f"/imports/{10**30}").status_code == 404


def test_the_head_says_what_file_it_was(as_admin, run):
    content = show(as_admin, run)
    assert "shop.csv" in content
    assert "Our own CSV" in content
    assert "UTF-8, comma" in content
    assert "3 records" in content


def test_refused_records_come_first(as_admin, run):
    content = show(as_admin, run)
    assert "Not a number." in content
    assert "Write plain digits, such as 1290 or 12.90." in content
    assert reverse("products:import_refused", args=[run.pk]) in content


def test_changes_show_old_and_new(as_admin, run):
    content = show(as_admin, run, "changed")
    assert "<del>1.00</del>" in content
    assert "<ins>2.00</ins>" in content
    assert "Price" in content


def test_new_products_have_a_link(as_admin, run):
    assert f'href="/products/{product("NEW").pk}"' in show(as_admin, run, "created")


def test_notes_say_what_was_not_taken(as_admin, run):
    content = show(as_admin, run, "notes")
    assert "A spreadsheet has rounded this barcode" in content
    assert "colour" in content


def test_a_check_has_no_links_to_products_that_are_not_there(as_admin):
    run = import_text("sku,name\nA,Mug\n", is_dry_run=True).run
    run.save()
    content = show(as_admin, run)
    assert "Checked only" in content
    assert "Mug" in content


def test_a_section_that_is_not_known_shows_the_first(as_admin, run):
    assert "Not a number." in show(as_admin, run, "nonsense")


def test_long_sections_have_pages(as_admin):
    text = "sku,name\n" + "".join(f"A{n},Mug\n" for n in range(60))
    url = import_text(text).run.get_absolute_url()
    assert len(as_admin.get(url).context["rows"]) == 50
    assert len(as_admin.get(url, {"page": 2}).context["rows"]) == 10


def test_what_is_not_kept_is_counted(as_admin, monkeypatch):
    kept = {"refused": 1, "notes": 1, "created": 1, "changed": 1}
    monkeypatch.setattr("products.importing.report.KEPT", kept)
    run = import_text("sku,name\nA,Mug\nB,Cup\n").run
    assert "and 1 more that are not kept here" in show(as_admin, run)


def test_undo_is_offered_once(as_admin, run):
    undo = reverse("products:operation_undo", args=[run.operation_id])
    assert undo in show(as_admin, run)
    undo_operation(operation_id=run.operation_id, circumstances=by())
    content = show(as_admin, run)
    assert undo not in content
    assert "Undone" in content


def test_costs_are_for_those_who_may_see_them(client, clerk, run):
    clerk.user_permissions.add(Permission.objects.get(codename="import_products"))
    client.force_login(clerk)
    content = show(client, run, "changed")
    assert "<ins>2.00</ins>" in content
    assert "3.00" not in content
    assert "not shown to you" in content


def test_text_of_the_file_is_never_markup(as_admin):
    run = import_text("sku,name\n<b>A,<script>alert(1)</script>\n").run
    content = show(as_admin, run)
    assert "<script>alert" not in content
    assert "&lt;script&gt;" in content


def test_clerks_may_not(client, clerk, run):
    client.force_login(clerk)
    assert client.get(run.get_absolute_url()).status_code == 403
