"""/products/scan"""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

pytestmark = pytest.mark.django_db

URL = reverse("products:scan")
READER = "/static/vendor/barcode-detector-3.2.2/zxing_reader.wasm"


class TestPolicies:
    def test_runs_the_reader_and_sees_the_camera(self, as_regular: Client) -> None:
        headers = as_regular.get(URL).headers
        policy = headers["Content-Security-Policy"].split("; ")
        assert "script-src 'self' 'wasm-unsafe-eval'" in policy
        assert "camera=(self)" in headers["Permissions-Policy"]


class TestReader:
    def test_is_served_as_what_browsers_compile(self, client: Client) -> None:
        response = client.get(READER)
        assert response["Content-Type"] == "application/wasm"
        assert b"".join(response)[:4] == b"\0asm"

    def test_is_the_one_on_the_page(self, as_regular: Client) -> None:
        page = as_regular.get(URL).content.decode()
        assert f'data-wasm="{READER}"' in page

    def test_script_names_no_file_that_is_not_there(self) -> None:
        """`collectstatic` stops at the address of a source map that is missing."""
        script = finders.find("vendor/barcode-detector-3.2.2/ponyfill.js")
        assert script
        assert "sourceMappingURL" not in Path(str(script)).read_text()


class TestCode:
    def test_leads_to_the_product(self, as_regular: Client) -> None:
        response = as_regular.get(URL, {"code": " A/1 "})
        assert response["Location"] == f"{reverse('products:code_find')}?code=A%2F1"

    def test_leads_back_to_the_page_that_asked(self, as_regular: Client) -> None:
        asked = {"code": "A&1", "next": "/stock/receive"}
        assert as_regular.get(URL, asked)["Location"] == "/stock/receive?scan=A%261"

    def test_keeps_what_the_page_had_in_its_address(self, as_regular: Client) -> None:
        path = "/stock/receive?draft=7&scan=old#lines"
        location = as_regular.get(URL, {"code": "1", "next": path})["Location"]
        assert location == "/stock/receive?draft=7&scan=1#lines"

    def test_the_page_carries_the_way_back(self, as_regular: Client) -> None:
        page = as_regular.get(URL, {"next": "/stock/receive?a=1&b=2"}).content.decode()
        assert 'name="next" value="/stock/receive?a=1&amp;b=2"' in page

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://example.com/",
            "//example.com/",
            "///example.com",
            "/\\example.com",
            "\\\\example.com",
            "javascript:alert(1)",
            "stock/receive",
            "?a=1",
            "http:///example.com",
            "//[",
            "/\n/example.com",
            "",
        ],
    )
    def test_leads_nowhere_else(self, as_regular: Client, elsewhere: str) -> None:
        asked = {"code": "1", "next": elsewhere}
        location = as_regular.get(URL, asked)["Location"]
        assert location == f"{reverse('products:code_find')}?code=1"
        page = as_regular.get(URL, {"next": elsewhere}).content.decode()
        assert f'name="next" value="{escape(elsewhere)}"' not in page

    @pytest.mark.parametrize("code", ["\0", "a\nb", "x" * 3_000, "🫖", "%"])
    def test_any_text_is_led_on(self, as_regular: Client, code: str) -> None:
        response = as_regular.get(
            URL, {"code": code, "next": "/dashboard"}, follow=True
        )
        assert response.status_code == 200
        response = as_regular.get(URL, {"code": code}, follow=True)
        assert response.status_code == 200
