"""services.pictures: what is taken, what is refused, what is left of a file."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from PIL.ImageCms import ImageCmsProfile, createProfile
from PIL.PngImagePlugin import PngInfo

from products.models.pictures import thumb_name
from products.services.pictures import (
    MAX_BYTES,
    Picture,
    PictureRefused,
    read_picture,
    storing,
)
from products.tests.pictures import RED, image_bytes


def read(content: bytes) -> Picture:
    return read_picture(io.BytesIO(content))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG that says it has this size, and has next to nothing inside."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels


class TestTaken:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_becomes_webp_in_two_sizes(self, kind: str) -> None:
        picture = read(image_bytes(kind, (900, 450)))
        large, small = opened(picture.large), opened(picture.small)
        assert (large.format, large.size) == ("WEBP", (600, 300))
        assert (small.format, small.size) == ("WEBP", (160, 160))

    def test_is_not_enlarged(self) -> None:
        picture = read(image_bytes(size=(40, 20)))
        assert opened(picture.large).size == (40, 20)
        assert opened(picture.small).size == (20, 20)

    def test_turned_as_its_exif_says_and_without_exif(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # turn to the right
        exif[0x010F] = "Camera of Rosa"
        picture = read(image_bytes("JPEG", (40, 20), exif=exif))
        assert opened(picture.large).size == (20, 40)
        assert b"Rosa" not in picture.large + picture.small

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_says_nothing_of_who_made_it_and_where(self, kind: str) -> None:
        exif = Image.Exif()
        exif[0x013B] = "Rosa"
        exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)  # where it was taken
        exif.get_ifd(0x8825)[29] = "Rosa"
        said: dict[str, Any] = {"exif": exif, "xmp": b"<x>Rosa</x>"}
        said["icc_profile"] = ImageCmsProfile(createProfile("sRGB")).tobytes()
        if kind == "JPEG":
            said["comment"] = b"Rosa"
        if kind == "PNG":
            said["pnginfo"] = PngInfo()
            for add in (said["pnginfo"].add_text, said["pnginfo"].add_itxt):
                add("Author", "Rosa")
            said["pnginfo"].add_text("Title", "Rosa" * 99, zip=True)
        content = image_bytes(kind, **said)
        assert b"Rosa" in content
        picture = read(content)
        for stored in (picture.large, picture.small):
            assert b"Rosa" not in stored
            assert not {"exif", "xmp", "icc_profile"} & set(opened(stored).info)
            assert not opened(stored).getexif()

    def test_keeps_transparency(self) -> None:
        assert opened(read(image_bytes(mode="RGBA")).large).mode == "RGBA"
        assert opened(read(image_bytes()).large).mode == "RGB"

    def test_16_bit_grey_is_not_washed_out(self) -> None:
        buffer = io.BytesIO()
        Image.new("I;16", (8, 8), 32_768).save(buffer, "PNG")
        red, _green, _blue = opened(read(buffer.getvalue()).large).getpixel((4, 4))
        assert abs(red - 128) < 4

    def test_several_pictures_in_one_jpeg_as_phones_make_them(self) -> None:
        second = Image.new("RGB", (40, 20))
        content = image_bytes("MPO", save_all=True, append_images=[second])
        red, *_others = opened(read(content).large).getpixel((5, 5))
        assert abs(red - RED[0]) < 8

    def test_markup_inside_a_picture_is_gone(self) -> None:
        info = PngInfo()
        info.add_text("Comment", "<script>alert(1)</script>")
        content = image_bytes(pnginfo=info) + b"<html><script>alert(2)</script></html>"
        picture = read(content)
        assert b"script" not in picture.large + picture.small


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (image_bytes("GIF"), "GIF files can't be used"),
            (image_bytes("BMP"), "BMP files can't be used"),
            (image_bytes("TIFF"), "TIFF files can't be used"),
            (b"%PDF-1.7", "PDF files can't be used"),
            (b"\0\0\0\x18ftypheic", "HEIC files can't be used"),
            (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "SVG files can't be used"),
            (b"<!DOCTYPE html><script>alert(1)</script>", "HTML files can't be used"),
            (b"SKU,Name\n", "no picture we can read"),
            (b"", "empty"),
            (b"\xff" * (MAX_BYTES + 1), "larger than 10 MB"),
            (image_bytes("PNG", (400, 400))[:200], "damaged or cut off"),
            (image_bytes("JPEG", (400, 400))[:300], "damaged or cut off"),
            (png_that_claims(8_000, 5_001), "8000 × 5001 pixels"),
            (png_that_claims(60_000, 60_000), "more than 40 megapixels"),
            (png_that_claims(1, 30_000), "20,000 on one side"),
        ],
        ids=lambda value: value[:12] if isinstance(value, str) else "",
    )
    def test_says_why(self, content: bytes, reason: str) -> None:
        with pytest.raises(PictureRefused, match=reason):
            read(content)

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_moving(self, kind: str) -> None:
        second = Image.new("RGB", (40, 20))
        content = image_bytes(kind, save_all=True, append_images=[second])
        with pytest.raises(PictureRefused, match="moves"):
            read(content)


class TestStoring:
    def test_both_files_are_there(self) -> None:
        with storing(read(image_bytes())) as name:
            assert default_storage.exists(name)
            assert default_storage.exists(thumb_name(name))

    def test_a_name_is_never_used_twice(self) -> None:
        picture = read(image_bytes())
        with storing(picture) as first, storing(picture) as second:
            assert first != second

    def test_files_go_again_when_the_row_is_not_saved(self, media_root: Path) -> None:
        with pytest.raises(RuntimeError), storing(read(image_bytes())):
            raise RuntimeError
        assert not [path for path in media_root.rglob("*") if path.is_file()]

    def test_nothing_to_store(self, media_root: Path) -> None:
        with storing(None) as name:
            assert name == ""
        assert not media_root.exists()
