"""The picture of the forms at /add_product and /edit_product/<id>."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Product
from products.services.pictures import MAX_BYTES
from products.tests.factories import make_product, reload
from products.tests.pictures import image_bytes, upload
from products.tests.views.filled import open_form, values_of

pytestmark = pytest.mark.django_db

ADD = reverse("products:product_add")


def url_of(product: Product) -> str:
    return reverse("products:product_edit", args=[product.pk])


def stored_files(media_root: Path) -> list[Path]:
    return [path for path in media_root.rglob("*") if path.is_file()]


def download(client: Client, url: str) -> bytes:
    return b"".join(client.get(url).streaming_content)


@pytest.fixture
def pictured(as_admin: Client) -> Product:
    as_admin.post(ADD, open_form(as_admin, ADD, name="Mug", sku="M", image=upload()))
    return Product.objects.get()


class TestAdding:
    def test_is_shown_in_both_sizes(self, as_admin: Client, pictured: Product) -> None:
        for url in (pictured.picture_url, pictured.thumb_url):
            assert download(as_admin, url)[8:12] == b"WEBP"
        page = as_admin.get(url_of(pictured)).content.decode()
        assert f'src="{pictured.picture_url}"' in page

    def test_name_of_the_file_counts_for_nothing(
        self, as_admin: Client, media_root: Path
    ) -> None:
        name = "../../<script>.php"
        data = open_form(as_admin, ADD, name="Mug", sku="M", image=upload(name=name))
        as_admin.post(ADD, data)
        assert {path.suffix for path in stored_files(media_root)} == {".webp"}

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"<html><script>alert(1)</script>", "HTML files"),
            (image_bytes("GIF"), "GIF files"),
            (b"\x89PNG\r\n\x1a\n" + b"0" * MAX_BYTES, "10 MB"),
        ],
        ids=["html", "gif", "huge"],
    )
    def test_refused_with_the_reason(
        self, as_admin: Client, media_root: Path, content: bytes, reason: str
    ) -> None:
        data = open_form(as_admin, ADD, name="Mug", sku="M", image=upload(content))
        form = as_admin.post(ADD, data).context["form"]
        assert list(form.errors) == ["image"]
        assert reason in form.errors["image"][0]
        assert not form.kept_picture
        assert not stored_files(media_root)

    def test_a_refused_product_leaves_no_file(
        self, as_admin: Client, media_root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_kwargs: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr("products.views.product_add.add_product", refuse)
        data = open_form(as_admin, ADD, name="Mug", sku="M", image=upload())
        with pytest.raises(RuntimeError):
            as_admin.post(ADD, data)
        assert not stored_files(media_root)


class TestKept:
    def test_over_an_error_of_another_field(self, as_admin: Client) -> None:
        data = open_form(as_admin, ADD, name="Mug", sku="", image=upload())
        form = as_admin.post(ADD, data).context["form"]
        assert form.picture_url.startswith("data:image/webp;base64,")
        kept = {"image-kept": form.kept_picture, "sku": "M"}
        as_admin.post(ADD, values_of(form) | kept)
        assert Product.objects.get().picture_url

    def test_may_be_dropped_again(self, as_admin: Client) -> None:
        data = open_form(as_admin, ADD, name="Mug", sku="", image=upload())
        form = as_admin.post(ADD, data).context["form"]
        kept = {"image-kept": form.kept_picture, "image-clear": "on", "sku": "M"}
        as_admin.post(ADD, values_of(form) | kept)
        assert not Product.objects.get().image

    @pytest.mark.parametrize("text", ["!", "PGh0bWw+", "ä", "A"])
    def test_is_read_as_carefully_as_a_file(self, as_admin: Client, text: str) -> None:
        data = open_form(as_admin, ADD, name="Mug", sku="M") | {"image-kept": text}
        form = as_admin.post(ADD, data).context["form"]
        assert list(form.errors) == ["image"]


class TestEditing:
    def test_stays_untouched(self, as_admin: Client, pictured: Product) -> None:
        data = open_form(as_admin, url_of(pictured), name="Red mug")
        as_admin.post(url_of(pictured), data)
        assert reload(pictured).image == pictured.image

    def test_replaced_and_the_old_file_stays_for_undo(
        self, as_admin: Client, pictured: Product
    ) -> None:
        data = open_form(as_admin, url_of(pictured), image=upload())
        as_admin.post(url_of(pictured), data)
        assert reload(pictured).image != pictured.image
        assert download(as_admin, pictured.picture_url)

    def test_removed(self, as_admin: Client, pictured: Product) -> None:
        data = open_form(as_admin, url_of(pictured)) | {"image-clear": "on"}
        as_admin.post(url_of(pictured), data)
        assert not reload(pictured).image

    def test_a_file_counts_more_than_the_tick(self, as_admin: Client) -> None:
        product = make_product()
        data = open_form(as_admin, url_of(product), image=upload())
        as_admin.post(url_of(product), data | {"image-clear": "on"})
        assert reload(product).image

    def test_nothing_saved_leaves_no_file(
        self, as_admin: Client, media_root: Path
    ) -> None:
        product = make_product()
        data = open_form(as_admin, url_of(product), image=upload(), price="x")
        as_admin.post(url_of(product), data)
        assert not stored_files(media_root)
