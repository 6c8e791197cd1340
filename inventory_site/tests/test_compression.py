"""Pages are compressed, and only pages."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse

from inventory_site.compression import SHORTEST, PageCompressionMiddleware

PAGE = b"<p>The same again. </p>" * SHORTEST


def answer(response: HttpResponseBase, accepted: str = "gzip, br") -> HttpResponseBase:
    """Return what leaves the middleware when a view has answered `response`."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return response

    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    return PageCompressionMiddleware(view)(request)


@pytest.mark.django_db
def test_a_page_comes_compressed_to_who_takes_it(client: Client) -> None:
    plain = client.get(reverse("account_login"))
    packed = client.get(
        reverse("account_login"), headers={"Accept-Encoding": "br, gzip"}
    )
    assert not plain.has_header("Content-Encoding")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.content)
    assert b"</html>" in gzip.decompress(packed.content)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_its_length_says_nothing_certain_of_what_is_in_it() -> None:
    lengths = {len(answer(HttpResponse(PAGE)).content) for _turn in range(50)}
    assert len(lengths) > 1


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0, br"])
def test_who_does_not_take_it_gets_the_page_as_it_is(accepted: str) -> None:
    assert answer(HttpResponse(PAGE), accepted).content == PAGE


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"<p>short</p>"),
        HttpResponse(PAGE, content_type="image/webp"),
        HttpResponse(PAGE, headers={"Content-Encoding": "br"}),
        StreamingHttpResponse([PAGE]),
    ],
    ids=["short", "a picture", "compressed already", "a download"],
)
def test_the_rest_is_left_alone(response: HttpResponseBase) -> None:
    left = answer(response)
    assert left.headers.get("Content-Encoding") in {None, "br"}
    assert getattr(left, "content", None) in {None, PAGE, b"<p>short</p>"}
