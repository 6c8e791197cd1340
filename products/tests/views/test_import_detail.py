import pytest
from django.urls import reverse

from products.importing.tasks import start_applying
from products.models import ImportRun, Location
from products.services.undo import undo_operation
from products.tests.factories import by, make_location, make_product
from products.tests.importing.files import TESS, plan_text, upload_text

TEXT = (
    "sku,name,price,cost,category,barcode,colour\n"
    "NEW,Mug,1,2,Kitchen > Mugs,4.0E+12,red\n"
    "OLD,Cup,2,3,,,red\nSAME,Pot,1,1,,,\nBAD,Jug,x,y,,,red\n"
)


@pytest.fixture
def run(db):
    make_product(sku="OLD", name="Cup", price=1, cost=1)
    make_product(sku="SAME", name="Pot", price=1, cost=1)
    return plan_text(TEXT)


def show(client, run, section="", **query):
    query |= {"show": section} if section else {}
    return client.get(run.get_absolute_url(), query).content.decode()


def applied(run):
    start_applying(run, TESS)
    run.refresh_from_db()
    return run


def test_the_address(run):
    assert reverse("products:import_detail", args=[run.pk]) == f"/imports/{run.pk}"


@pytest.mark.parametrize("number", [9, 10**30])
def test_an_unknown_number_is_not_found(as_admin, number):
    assert as_admin.get(f"/imports/{number}").status_code == 404


class TestPreview:
    def test_the_head_says_what_file_it_is(self, as_admin, run):
        content = show(as_admin, run)
        assert "Preview of shop.csv" in content
        assert "UTF-8, comma" in content
        assert "4 rows" in content

    def test_figures_of_every_outcome(self, as_admin, run):
        counts = as_admin.get(run.get_absolute_url()).context["counts"]
        assert counts == {
            "new": 1,
            "changed": 1,
            "unchanged": 1,
            "refused": 1,
            "notes": 2,
        }

    def test_refused_records_come_first(self, as_admin, run):
        content = show(as_admin, run)
        assert "Not a number." in content
        assert "Write plain digits, such as 1290 or 12.90." in content
        assert reverse("products:import_refused", args=[run.pk]) in content

    def test_changes_show_old_and_new(self, as_admin, run):
        content = show(as_admin, run, "changed")
        assert "<del>€1.00</del>" in content
        assert "<ins>€2.00</ins>" in content
        assert "Price" in content

    def test_stock_is_shown_as_a_difference(self, as_admin):
        make_product(sku="A", name="Mug", stock=9)
        run = plan_text("sku,on_hand\nA,5\n", sets_stock=True)
        content = show(as_admin, run, "changed")
        assert "<ins>5 (−4)</ins>" in content
        assert "<dt>Stock</dt>" in content
        make_location()
        place = Location.objects.get_default().name
        assert f"<dt>Stock, {place}</dt>" in show(as_admin, run, "changed")

    def test_new_products_show_what_they_begin_with(self, as_admin):
        run = plan_text("sku,name,price,category,on_hand\nA,Mug,2,Kitchen > Mugs,7\n")
        content = show(as_admin, run, "new")
        assert "Kitchen &gt; Mugs" in content
        assert "€2.00" in content
        assert "+7" in content

    def test_unchanged_products_have_a_link(self, as_admin, run):
        content = show(as_admin, run, "unchanged")
        assert "Pot" in content
        assert 'href="/products/' in content

    def test_notes_say_what_is_not_taken(self, as_admin, run):
        content = show(as_admin, run, "notes")
        assert "A spreadsheet has rounded this barcode" in content
        assert "colour" in content

    def test_what_will_be_made_is_listed(self, as_admin, run):
        content = show(as_admin, run)
        assert "New categories" in content
        assert "Kitchen &gt; Mugs" in content

    def test_stock_that_is_not_taken_is_said(self, as_admin):
        text = "sku,name,on_hand\nA,Mug,5\n"
        assert "was not allowed to change it" in show(as_admin, plan_text(text))
        ticked = plan_text(text, sets_stock=True)
        assert "was not allowed to change it" not in show(as_admin, ticked)

    def test_the_difference_of_long_texts_is_in_sight(self, as_admin):
        old = "word " * 60
        make_product(sku="A", name="Mug", description=f"{old}end")
        run = plan_text(f"sku,description\nA,{old}finish\n")
        content = show(as_admin, run, "changed")
        assert "end</del>" in content
        assert "finish</ins>" in content

    def test_applying_is_offered_with_its_figures(self, as_admin, run):
        content = show(as_admin, run)
        assert "1 new and 1 changed, in one step." in content
        assert "Apply 2 products" in content
        assert reverse("products:import_discard", args=[run.pk]) in content

    def test_nothing_to_apply(self, as_admin, run):
        content = show(as_admin, plan_text("sku,price\nSAME,1\n"))
        assert "There is nothing to apply." in content
        assert ">Apply " not in content
        assert "Nothing to change" in content

    def test_a_file_of_refused_rows_says_so(self, as_admin):
        content = show(as_admin, plan_text("sku,name,price\nA,Mug,x\n"))
        assert "Nothing of this file can be applied." in content
        assert "Nothing to apply" in content
        assert "There is nothing to apply." not in content

    def test_the_browser_keeps_no_old_ticks(self, as_admin, run):
        response = as_admin.get(run.get_absolute_url())
        assert "no-store" in response["Cache-Control"]

    @pytest.mark.parametrize("section", ["nonsense", "different"])
    def test_a_section_that_is_not_there_shows_the_first(self, as_admin, run, section):
        assert "Not a number." in show(as_admin, run, section)

    def test_how_long_it_takes_is_said_when_it_is_long(self, as_admin, run):
        assert "others who save" not in show(as_admin, run)
        run.report["seconds"] = 10
        run.save()
        assert "about 50 s" in show(as_admin, run)

    def test_text_of_the_file_is_never_markup(self, as_admin):
        run = plan_text("sku,name\n<b>A,<script>alert(1)</script>\n")
        content = show(as_admin, run)
        assert "<script>alert" not in content
        assert "&lt;script&gt;" in content


class TestChangedSince:
    def test_rows_that_came_out_differently_come_first(self, as_admin, run, admin):
        product = make_product(sku="CUP", name="Cup", price=1)
        run = plan_text("sku,name,price\nCUP,Cup,5\nNEW,Mug,1\n")
        product.price = 3
        product.version += 1
        product.save()
        as_admin.post(reverse("products:import_apply", args=[run.pk]))
        content = show(as_admin, run)
        assert "1 row is not as it was in the preview" in content
        assert "changed since the preview" in content
        assert "<del>€3.00</del>" in content
        assert "<ins>€5.00</ins>" in content
        assert "Apply 1 product" in content


class TestOtherStates:
    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ("uploaded", "Waiting to be read"),
            ("planning", "Reading the file"),
            ("queued", "Waiting to be applied"),
            ("applying", "Applying"),
        ],
    )
    def test_work_shows_how_far_it_is(self, as_admin, run, state, said):
        ImportRun.objects.filter(pk=run.pk).update(state=state)
        content = show(as_admin, run)
        assert said in content
        assert reverse("products:import_progress", args=[run.pk]) in content
        may_stop = reverse("products:import_discard", args=[run.pk]) in content
        assert may_stop == (state != "applying")

    def test_work_that_nobody_does_says_so(self, as_admin):
        run = upload_text("sku,name\nA,Mug\n")
        ImportRun.objects.filter(pk=run.pk).update(alive_at="2020-01-01T00:00:00Z")
        content = show(as_admin, run)
        assert "Nobody is working on this file" in content
        assert "It stands still." in content
        assert "<progress" not in content
        assert "manage.py db_worker" in content
        assert reverse("products:import_restart", args=[run.pk]) in content

    def test_a_file_that_failed_leads_on(self, as_admin):
        content = show(as_admin, plan_text(b""))
        assert "The file is empty." in content
        assert reverse("products:import_add") in content

    def test_a_discarded_one_says_so(self, as_admin, run):
        as_admin.post(reverse("products:import_discard", args=[run.pk]))
        assert "Nothing was imported" in show(as_admin, run)

    def test_columns_to_name_are_another_page(self, as_admin, run):
        ImportRun.objects.filter(pk=run.pk).update(state="columns")
        response = as_admin.get(run.get_absolute_url())
        assert response.url == f"/imports/{run.pk}/columns"

    def test_a_problem_of_applying_is_said(self, as_admin, run):
        ImportRun.objects.filter(pk=run.pk).update(problem="The disk is full.")
        assert "The disk is full." in show(as_admin, run)


class TestApplied:
    def test_rows_stay_with_links_to_what_was_made(self, as_admin, run):
        content = show(as_admin, applied(run), "new")
        product = run.operation.changes.get(sku="NEW").product_id
        assert f'href="/products/{product}"' in content
        assert 'name="take"' not in content

    def test_what_was_left_out_says_so(self, as_admin, run):
        run.rows.filter(sku="OLD").update(is_accepted=False)
        assert "was left out" in show(as_admin, applied(run), "changed")

    def test_undo_is_offered_once(self, as_admin, run):
        applied(run)
        undo = reverse("products:operation_undo", args=[run.operation_id])
        assert undo in show(as_admin, run)
        undo_operation(operation_id=run.operation_id, circumstances=by())
        content = show(as_admin, run)
        assert undo not in content
        assert "Undone" in content

    def test_rows_that_are_no_longer_kept(self, as_admin, run):
        applied(run).rows.all().delete()
        content = show(as_admin, run, "new")
        assert "The rows are no longer kept" in content
        operation = reverse("products:operation_detail", args=[run.operation_id])
        assert operation in content


def test_clerks_may_not(as_clerk, run):
    assert as_clerk.get(run.get_absolute_url()).status_code == 403
