import errno
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from products.models import ImportRun, Location, Product
from products.tests.factories import make_location, make_product

URL = "/imports/new"
TWO = b"sku,name,price,on_hand\nA,Mug,1,5\nB,Cup,2,0\n"
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def send(client, content=TWO, name="shop.csv", **data):
    return client.post(URL, {"file": SimpleUploadedFile(name, content), **data})


def errors(response, field="file"):
    return response.context["form"].errors[field]


def sent_run(client, *args, **data):
    response = send(client, *args, **data)
    run = ImportRun.objects.get()
    assert response.url == run.get_absolute_url()
    return run


def test_the_address():
    assert reverse("products:import_add") == URL


def test_a_file_is_read_and_its_preview_shown(as_admin, admin):
    run = sent_run(as_admin)
    assert (run.state, run.created_count) == ("planned", 2)
    assert (run.file_name, run.actor) == ("shop.csv", admin)
    assert not Product.objects.exists()


def test_what_is_asked_for_is_kept(as_admin):
    back = make_location(code="BACK")
    run = sent_run(as_admin, location=back.pk, sets_stock="on", is_strict="on")
    assert (run.location, run.sets_stock, run.is_strict) == (back, True, True)


def test_without_a_file_one_is_asked_for(as_admin):
    content = as_admin.post(URL, {}).content.decode()
    assert "File: Choose a file." in content


def test_a_shop_with_one_location_is_not_asked_where(as_admin):
    assert "location" not in as_admin.get(URL).context["form"].fields
    assert sent_run(as_admin).location == Location.objects.get_default()


def test_the_default_location_is_chosen_to_begin_with(as_admin):
    make_location(code="BACK")
    form = as_admin.get(URL).context["form"]
    assert form["location"].initial == Location.objects.get_default()


def test_a_strict_import_makes_nothing_new(as_admin):
    run = sent_run(as_admin, b"sku,name,brand\nA,Mug,New brand\n", is_strict="on")
    assert (run.created_count, run.refused_count) == (0, 1)


def test_stock_of_existing_products_moves_when_that_is_ticked(as_admin):
    make_product(sku="A", name="Mug", price=1, stock=9)
    run = sent_run(as_admin, sets_stock="on")
    assert run.rows.get(sku="A").plan["stock"][0][1:] == [9, -4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"sku,name\n", "no rows"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"sku,name\nA,\0\n", "not text"),
        (b'sku,name\nA,"Mug\n', "cut off"),
    ],
)
def test_what_is_no_table_is_kept_as_failed_with_the_reason(as_admin, content, said):
    run = sent_run(as_admin, content)
    assert run.state == "failed"
    assert said in run.problem
    assert said in as_admin.get(run.get_absolute_url()).content.decode()


def test_a_file_that_is_too_large_is_refused(as_admin, monkeypatch):
    monkeypatch.setattr("products.forms.imports.MOST_BYTES", 10)
    assert "larger than" in errors(send(as_admin))[0]
    assert not ImportRun.objects.exists()


def test_the_page_knows_the_limit_too(as_admin):
    content = as_admin.get(URL).content.decode()
    assert 'data-most-bytes="200000000"' in content
    assert "at most 200 MB" in content


def test_a_large_upload_is_read_from_disk(as_admin, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    assert sent_run(as_admin).created_count == 2


def test_a_long_file_is_read_in_the_background(as_admin, settings, monkeypatch):
    monkeypatch.setattr("products.importing.tasks.INLINE_BYTES", 10)
    settings.TASKS = NOBODY_WORKS
    assert sent_run(as_admin).state == "uploaded"


def test_without_a_file_the_form_asks_for_one(as_admin):
    response = as_admin.post(URL, {})
    assert response.status_code == 200
    assert errors(response)


def test_a_format_can_be_forced(as_admin):
    run = sent_run(as_admin, format="shopify_products")
    assert run.state == "failed"
    assert "needs the columns Handle, Title" in run.problem


def test_a_format_that_is_not_known_is_refused(as_admin):
    assert errors(send(as_admin, format="excel"), "format")


def test_clerks_may_not(as_clerk):
    assert send(as_clerk).status_code == 403


def test_a_full_disk_keeps_nothing_and_says_so(as_admin, monkeypatch):
    storage = ImportRun._meta.get_field("upload").storage

    def write_half(name, content):
        with Path(storage.path(name)).open("wb") as half:
            half.write(content.read(3))
        raise OSError(errno.ENOSPC, "No space left on device")

    Path(storage.location).mkdir()
    monkeypatch.setattr(storage, "_save", write_half)
    (said,) = errors(send(as_admin))
    assert "its disk is full" in said
    assert "Nothing was changed" in said
    assert not ImportRun.objects.exists()
    assert not list(Path(storage.location).iterdir())
