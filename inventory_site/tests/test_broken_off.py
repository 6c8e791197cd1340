"""A file that breaks off in the middle fails, and the log names the row."""

import logging
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.test import Client
from django.urls import path, reverse

from accounts.models import User
from inventory_site.urls import urlpatterns as site_patterns
from products.models import Product
from products.tests.factories import make_product
from products.tests.spoiling import Spoil, spoil

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
PIECE = b"a line that was sent\n"


def file(request: HttpRequest) -> StreamingHttpResponse:
    """Read a product after the first piece was sent."""

    def pieces() -> Iterator[bytes]:
        yield PIECE
        yield str(Product.objects.get().price).encode()

    return StreamingHttpResponse(pieces())


urlpatterns = [path("test/file", file), *site_patterns]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others refuse the value")
def test_the_log_names_the_row(
    client: Client, admin: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(admin)
    product = make_product()
    spoil(Spoil("products_product", ("price",), "dear"))
    response = client.get("/test/file")
    got = iter(response.streaming_content)
    assert next(got) == PIECE
    with pytest.raises(TypeError):
        next(got)
    (line,) = [it for it in caplog.records if it.name == "inventory_site.broken_off"]
    assert line.getMessage() == (
        f"The file of /test/file broke off: product {product.pk}: price"
    )
    assert line.levelno == logging.ERROR
    assert line.request_id == response["X-Request-ID"]


def test_another_error_is_told_as_it_is(
    client: Client, admin: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(admin)
    pieces = iter(client.get("/test/file").streaming_content)  # no product
    assert next(pieces) == PIECE
    with pytest.raises(Product.DoesNotExist):
        next(pieces)
    assert "broke off: Product matching query does not exist" in caplog.text


def test_one_that_comes_to_its_end_is_not_told_of(
    client: Client, admin: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(admin)
    make_product()
    response = client.get(reverse("products:movement_export"))
    assert b"".join(response.streaming_content)
    assert "broke off" not in caplog.text
