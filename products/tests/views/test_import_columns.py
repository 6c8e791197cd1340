import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from products.models import ColumnMapping, ImportRun, Location, Product
from products.tests.factories import make_location, make_product
from products.tests.importing.files import plan_text

pytestmark = pytest.mark.django_db

TEXT = "Nr;Titel;Preis;Farbe;Farbe\nA-1;Becher;12,90;blau;\nB-2;Tasse;9,00;rot;\n"
CHOSEN = {"column0": "sku", "column1": "name", "column2": "price", "column3": ""}
State = ImportRun.State


def upload(text: str = TEXT, **kwargs) -> ImportRun:
    return plan_text(text, file_name="liste.csv", **kwargs)


def url(run: ImportRun) -> str:
    return f"/imports/{run.pk}/columns"


def send(client, run, **changed):
    response = client.post(url(run), CHOSEN | changed)
    run.refresh_from_db()
    return response


def chosen(response) -> list[str]:
    return [field.value() for _column, field, _why in response.context["form"].rows()]


def test_the_address():
    assert reverse("products:import_columns", args=[7]) == "/imports/7/columns"


def test_an_unknown_header_waits_for_its_names_and_keeps_the_file():
    run = upload()
    assert (run.state, run.problem, run.format) == (State.COLUMNS, "", "")
    assert run.upload
    assert (run.delimiter, run.record_count) == (";", 2)


def test_each_column_is_shown_with_values_and_a_guess(as_admin):
    response = as_admin.get(url(upload()))
    assert chosen(response) == ["sku", "name", "price", ""]
    html = response.content.decode()
    for said in (
        "Titel",
        "Becher",
        "12,90",
        "Guessed by its name",
        "Guessed by its content",
    ):
        assert said in html


def test_a_second_column_of_one_name_is_said_to_be_left_out(as_admin):
    assert "Never read: Farbe." in as_admin.get(url(upload())).content.decode()


def test_named_columns_lead_to_the_preview_and_are_remembered(as_admin):
    run = upload()
    response = send(as_admin, run)
    assert response.url == run.get_absolute_url()
    assert (run.state, run.format, run.created_count) == (State.PLANNED, "table", 2)
    assert ColumnMapping.objects.get().mapping == {
        "Nr": "sku",
        "Titel": "name",
        "Preis": "price",
        "Farbe": "",
    }
    assert not Product.objects.exists()


def test_the_next_file_with_this_header_is_planned_straight_away(as_admin):
    send(as_admin, upload())
    run = upload(TEXT.replace("A-1", "C-3"))
    assert (run.state, run.created_count) == (State.PLANNED, 2)
    html = as_admin.get(run.get_absolute_url()).content.decode()
    assert "read as in an earlier file with the same header" in html
    assert url(run) in html


def test_the_columns_of_a_preview_can_be_changed(as_admin):
    run = upload()
    send(as_admin, run)
    first = as_admin.get(url(run))
    assert chosen(first) == ["sku", "name", "price", ""]
    send(as_admin, run, column1="", column3="name")
    names = run.rows.order_by("record").values_list("name", flat=True)
    assert (run.state, list(names)) == (State.PLANNED, ["blau", "rot"])
    assert ColumnMapping.objects.get().mapping["Farbe"] == "name"


def test_two_columns_for_one_field_come_back_at_both(as_admin):
    run = upload()
    response = send(as_admin, run, column3="name")
    assert run.state == State.COLUMNS
    errors = response.context["form"].errors
    assert errors["column1"] == ["“Farbe” is chosen for the same. Keep one of the two."]
    assert errors["column3"] == ["“Titel” is chosen for the same. Keep one of the two."]


def test_the_chosen_location_and_its_own_column_are_the_same(as_admin):
    main = Location.objects.get_default()
    back = make_location(code="BACK")
    run = upload(location=back)
    choices = as_admin.get(url(run)).context["form"].fields["column0"].choices
    stock = dict(choices)["Stock"]
    assert stock[:2] == [
        ("on_hand", f"On hand at {back}"),
        (f"on_hand:{main.code}", f"On hand at {main}"),
    ]
    send(as_admin, run, column2="on_hand", column3=f"on_hand:{main.code}")
    assert run.state == State.PLANNED


def test_two_columns_with_the_weight_are_the_same(as_admin):
    run = upload()
    response = send(as_admin, run, column2="weight", column3="weight_kg")
    assert response.context["form"].errors.keys() == {"column2", "column3"}


def test_the_column_of_the_chosen_location_is_its_stock(as_admin):
    back = make_location(code="BACK")
    for place, choice in (
        (Location.objects.get_default(), "on_hand"),
        (back, "on_hand:BACK"),
    ):
        for text in (place.code, place.name):
            run = upload(f"Art-Nr;on_hand:{text}\nA;1\n", format_code="table")
            assert chosen(as_admin.get(url(run))) == ["sku", choice]


def test_without_a_sku_or_barcode_nothing_can_be_found(as_admin):
    run = upload()
    response = send(as_admin, run, column0="")
    assert run.state == State.COLUMNS
    said = response.context["form"].non_field_errors()[0]
    assert said.startswith("Choose the column that holds the SKU.")


def test_barcodes_are_enough_to_change_what_is_there(as_admin):
    make_product(sku="MUG", barcode="4006381333931", price=1)
    run = upload("EAN;Preis\n4006381333931;2,50\n")
    send(as_admin, run, column0="barcode", column1="price")
    assert (run.created_count, run.changed_count) == (0, 1)


def test_any_table_can_be_chosen_for_a_known_header(as_admin):
    run = upload("sku,name\nA,Mug\n", format_code="table")
    assert run.state == State.COLUMNS
    assert chosen(as_admin.get(url(run))) == ["sku", "name"]


def test_what_is_wrong_with_remembered_columns_is_said_and_mended(as_admin):
    back = make_location(code="BACK")
    run = upload(location=Location.objects.get_default())
    send(as_admin, run, column3="on_hand:BACK")
    back.is_active = False
    back.save()
    again = upload()
    assert again.state == State.COLUMNS
    response = as_admin.get(url(again))
    assert "not in use" in response.content.decode()
    assert chosen(response) == ["sku", "name", "price", ""]


def test_a_field_that_is_not_there_is_refused(as_admin):
    run = upload()
    response = send(as_admin, run, column1="password")
    assert "column1" in response.context["form"].errors
    assert run.state == State.COLUMNS


def test_a_known_format_leads_to_its_preview(as_admin):
    run = upload("sku,name\nA,Mug\n")
    assert as_admin.get(url(run)).url == run.get_absolute_url()
    assert send(as_admin, run).url == run.get_absolute_url()


def test_a_run_that_went_on_meanwhile_stays_as_it_is(as_admin, monkeypatch):
    run = upload()

    def went_on(*args, **kwargs):
        return False

    monkeypatch.setattr("products.importing.tasks.claim", went_on)
    response = send(as_admin, run)
    assert "went on meanwhile" in str(next(iter(get_messages(response.wsgi_request))))
    assert not ColumnMapping.objects.exists()


def test_a_file_of_many_columns_shows_the_first(as_admin):
    header = ",".join(["id", *(f"c{n}" for n in range(400))])
    run = upload(f"{header}\n{','.join(str(n) for n in range(401))}\n")
    form = as_admin.get(url(run)).context["form"]
    assert len(form.fields) == 300
    assert "c399" in form.unnamed
    as_admin.post(url(run), {"column0": "sku", "column1": "name"})
    assert ColumnMapping.objects.get().mapping["c399"] == ""


def test_a_header_is_text_on_the_page(as_admin):
    run = upload("<b>Nr</b>;x\n<i>A</i>;1\n")
    html = as_admin.get(url(run)).content.decode()
    assert "&lt;b&gt;Nr&lt;/b&gt;" in html
    assert "<i>A</i>" not in html


def test_a_run_that_is_not_there(as_admin):
    assert as_admin.get("/imports/999/columns").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_do_nothing(as_admin, method):
    assert getattr(as_admin, method)(url(upload())).status_code == 405


def test_clerks_may_not(as_clerk):
    run = upload()
    assert as_clerk.get(url(run)).status_code == 403
    assert send(as_clerk, run).status_code == 403
    assert run.state == State.COLUMNS
