import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from products.models import ImportRun, Location, Operation, Product
from products.tests.factories import make_location, make_product

URL = "/imports/new"
TWO = b"sku,name,price,on_hand\nA,Mug,1,5\nB,Cup,2,0\n"


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


def send(client, content=TWO, name="shop.csv", **data):
    data.setdefault("once_key", "one")
    return client.post(URL, {"file": SimpleUploadedFile(name, content), **data})


def errors(response, field="file"):
    return response.context["form"].errors[field]


def test_the_address():
    assert reverse("products:import_add") == URL


def test_a_file_is_imported_and_its_page_shown(as_admin, admin):
    response = send(as_admin)
    run = ImportRun.objects.get()
    assert response.url == run.get_absolute_url()
    assert Product.objects.get(sku="A").on_hand == 5
    assert (run.file_name, run.actor) == ("shop.csv", admin)
    operation = Operation.objects.get(kind=Operation.Kind.IMPORTED)
    assert (operation.actor, operation.source) == (admin, "site")


def test_the_flash_says_what_came_of_it_and_offers_undo(as_admin):
    response = send(as_admin)
    followed = as_admin.get(response.url).content.decode()
    assert "“shop.csv” imported: 2 new, 0 changed." in followed
    operation = Operation.objects.get(kind=Operation.Kind.IMPORTED)
    assert reverse("products:operation_undo", args=[operation.pk]) in followed


def test_check_only_changes_nothing(as_admin):
    response = send(as_admin, check="1")
    run = ImportRun.objects.get()
    assert response.url == run.get_absolute_url()
    assert (run.state == "discarded", run.created_count, run.operation) == (
        True,
        2,
        None,
    )
    assert not Product.objects.exists()


def test_sent_twice_it_is_imported_once(as_admin):
    first, second = send(as_admin), send(as_admin)
    assert first.url == second.url
    assert ImportRun.objects.count() == 1


def test_the_same_key_with_another_file_asks_again(as_admin):
    send(as_admin)
    response = send(as_admin, b"sku,name\nC,Jug\n")
    assert "other content" in response.context["form"].non_field_errors()[0]
    assert not Product.objects.filter(sku="C").exists()


def test_a_file_that_brings_nothing_new_says_so(as_admin):
    send(as_admin)
    response = send(as_admin, once_key="two")
    assert "brings nothing new" in as_admin.get(response.url).content.decode()


def test_a_shop_with_one_location_is_not_asked_where(as_admin):
    assert "location" not in as_admin.get(URL).context["form"].fields


def test_the_location_takes_the_stock(as_admin):
    back = make_location(code="BACK")
    send(as_admin, location=back.pk)
    assert Product.objects.get(sku="A").levels.get().location == back


def test_the_default_location_is_chosen_to_begin_with(as_admin):
    make_location(code="BACK")
    form = as_admin.get(URL).context["form"]
    assert form["location"].initial == Location.objects.get_default()


def test_stock_of_existing_products_moves_when_that_is_ticked(as_admin):
    make_product(sku="A", name="Mug", price=1, stock=9)
    send(as_admin)
    assert Product.objects.get(sku="A").on_hand == 9
    send(as_admin, once_key="two", sets_stock="on")
    assert Product.objects.get(sku="A").on_hand == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"sku,name\n", "no records"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"PK\x03\x04", "Excel workbook"),
        (b"a,b\n1,2\n", "columns of this file are not known"),
        (b"sku,name\nA,\0\n", "not text"),
        (b'sku,name\nA,"Mug\n', "cut off"),
    ],
)
def test_what_is_no_table_comes_back_with_the_reason(as_admin, content, said):
    response = send(as_admin, content)
    assert response.status_code == 200
    assert said in errors(response)[0]
    assert not ImportRun.objects.exists()


def test_a_file_that_is_too_large_is_refused(as_admin, monkeypatch):
    monkeypatch.setattr("products.forms.imports.UPLOAD_LIMIT", 10)
    assert "larger than" in errors(send(as_admin))[0]


def test_a_large_upload_is_read_from_disk(as_admin, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    send(as_admin)
    assert Product.objects.count() == 2


def test_without_a_file_the_form_asks_for_one(as_admin):
    response = as_admin.post(URL, {})
    assert response.status_code == 200
    assert errors(response)


def test_a_format_can_be_forced(as_admin):
    response = send(as_admin, format="shopify_products")
    assert "needs the columns Handle, Title" in errors(response)[0]


def test_a_format_that_is_not_known_is_refused(as_admin):
    assert errors(send(as_admin, format="excel"), "format")


def test_clerks_may_not(client, clerk):
    client.force_login(clerk)
    assert send(client).status_code == 403
