"""Pictures for people who are signed in, and nothing else from the disk."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import User

PICTURE = b"RIFF....WEBP"


@pytest.fixture
def visitor(client: Client, regular: User) -> Client:
    default_storage.save("products/a1-thumb.webp", ContentFile(PICTURE))
    client.force_login(regular)
    return client


def test_picture(visitor: Client) -> None:
    response = visitor.get("/media/products/a1-thumb.webp")
    assert b"".join(response) == PICTURE
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    assert "immutable" in response["Cache-Control"]


def test_only_for_people_who_are_signed_in(visitor: Client) -> None:
    visitor.logout()
    response = visitor.get("/media/products/a1-thumb.webp")
    assert response.status_code == 302
    assert response["Location"].startswith("/login?next=")


def test_only_reading(visitor: Client) -> None:
    assert visitor.post("/media/products/a1-thumb.webp").status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "products/gone.webp",
        "products/page.html",
        "products/deep/er.webp",
        "secret.webp",
        "products/../secret.webp",
        "../secret.webp",
        "products/.webp",
        "products/",
        "products//secret.webp",
        "/etc/passwd",
        "products/a1\x00.webp",
        "products/a1.webp\n",
    ],
)
def test_nothing_else(visitor: Client, media_root: Path, name: str) -> None:
    for stored in ("secret.webp", "products/page.html", "products/deep/er.webp"):
        (media_root / stored).parent.mkdir(parents=True, exist_ok=True)
        (media_root / stored).write_bytes(PICTURE)
    assert visitor.get("/", PATH_INFO=f"/media/{name}").status_code == 404
