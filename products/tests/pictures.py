"""Small pictures for tests, as files people upload."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED = (200, 30, 40)


def image_bytes(
    kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **how: Any
) -> bytes:
    buffer = io.BytesIO()
    colour = RED if mode == "RGB" else 0
    Image.new(mode, size, colour).save(buffer, kind, **how)
    return buffer.getvalue()


def upload(content: bytes | None = None, name: str = "mug.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, image_bytes() if content is None else content)
