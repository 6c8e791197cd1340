"""A body that is too large is refused in words, before anything of it is kept."""

import http.client
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from inventory_site import uploads
from inventory_site.tests.serving import free_port, serving
from products.models import ImportRun
from products.views.import_add import ImportAddView

HEAD = b"--x\r\nContent-Disposition: form-data; name=file; filename=a.csv\r\n\r\n"
BLOCK = b"x" * 1_000_000
FORM = {"Content-Type": "multipart/form-data; boundary=x"}


class TestByARealServer:
    @pytest.fixture
    def spool(self, tmp_path: Path) -> Path:
        """Where the server would keep what is sent to it."""
        folder = tmp_path / "spool"
        folder.mkdir()
        return folder

    @pytest.fixture
    def connection(
        self, tmp_path: Path, spool: Path
    ) -> Iterator[http.client.HTTPConnection]:
        port = free_port()
        env = {"TMPDIR": str(spool), "SECURE_SSL_REDIRECT": "false"}
        with (
            serving(tmp_path, port, **env),
            closing(http.client.HTTPConnection("localhost", port, timeout=60)) as there,
        ):
            yield there

    @staticmethod
    def blocks(number: int, spool: Path) -> Iterator[bytes]:
        yield HEAD
        for _block in range(number):
            assert not list(spool.glob("*.upload*"))
            yield BLOCK

    def test_what_is_too_large_gets_its_page_and_is_kept_nowhere(
        self, connection: http.client.HTTPConnection, spool: Path
    ) -> None:
        size = {"Content-Length": str(len(HEAD) + 300 * len(BLOCK))}
        body = self.blocks(300, spool)
        connection.request("POST", "/login", body=body, headers=FORM | size)
        response = connection.getresponse()
        assert response.status == 413
        assert b"This is too large to be sent" in response.read()

    def test_a_body_of_unknown_length_is_kept_nowhere(
        self, connection: http.client.HTTPConnection, spool: Path
    ) -> None:
        body = self.blocks(60, spool)
        connection.request(
            "POST", "/login", body=body, headers=FORM, encode_chunked=True
        )
        response = connection.getresponse()
        assert response.status == 411
        assert b"This was sent without its length" in response.read()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can go beyond: 20 kB for the import, 10 kB elsewhere."""
    monkeypatch.setattr(uploads, "MOST_BYTES", 10_000)
    monkeypatch.setattr(ImportAddView, "most_bytes", 20_000)


def send(client: Client, address: str, size: int) -> int:
    file = SimpleUploadedFile("a.csv", b"x" * size)
    return client.post(address, {"file": file}).status_code


@pytest.mark.usefixtures("small")
class TestLimits:
    def test_the_import_takes_more_than_other_forms(
        self, client: Client, admin: User
    ) -> None:
        client.force_login(admin)
        assert send(client, "/imports/new", 15_000) == 302
        assert send(client, "/add_product", 15_000) == 413

    def test_beyond_its_limit_nothing_is_kept(
        self, client: Client, admin: User
    ) -> None:
        client.force_login(admin)
        assert send(client, "/imports/new", 25_000) == 413
        assert not ImportRun.objects.exists()

    def test_those_who_may_not_import_get_no_more(
        self, client: Client, clerk: User
    ) -> None:
        client.force_login(clerk)
        assert send(client, "/imports/new", 15_000) == 413
        assert send(client, "/imports/new", 5_000) == 403

    @pytest.mark.django_db
    def test_strangers_get_no_more(self, client: Client) -> None:
        assert send(client, "/imports/new", 15_000) == 413
        assert send(client, "/login", 15_000) == 413

    def test_it_is_said_in_words(self, client: Client, admin: User) -> None:
        client.force_login(admin)
        file = SimpleUploadedFile("a.csv", b"x" * 30_000)
        response = client.post("/imports/new", {"file": file})
        assert "This is too large to be sent" in response.text
        assert 'href="/imports/new"' in response.text

    def test_no_form_is_read_for_its_token(self, admin: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(admin)
        assert send(strict, "/imports/new", 30_000) == 413

    @pytest.mark.parametrize("length", ["", "-1", "many", "²"])
    def test_a_length_that_is_none_is_no_body(
        self, client: Client, admin: User, length: str
    ) -> None:
        client.force_login(admin)
        response = client.generic("POST", "/imports/new", b"", CONTENT_LENGTH=length)
        assert response.status_code == 200
