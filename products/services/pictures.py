"""Pictures from strangers: checked, decoded and written anew, in two sizes.

Nothing of an uploaded file is stored or served, only what Pillow drew from its
pixels; so no metadata (a phone writes down where it was), no script and no trick of
another format gets through. docs/decisions/pictures.md says why it is built so.
"""

import io
import re
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from products.errors import InventoryError
from products.models.pictures import thumb_name

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000  # four bytes each while it is decoded
MAX_SIDE = 20_000  # a line of 40 million pixels takes five times as long to shrink
LARGE, SMALL = 600, 160  # the longer side of the picture, both sides of its thumbnail
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82
FOLDER = "products"

# What else people send, by how the file begins. It is called by its name, because
# “not a picture” would puzzle somebody who sees one.
OTHER_FORMATS = {
    "GIF": re.compile(rb"GIF8"),
    "BMP": re.compile(rb"BM"),
    "TIFF": re.compile(rb"II\*\0|MM\0\*"),
    "PDF": re.compile(rb"%PDF"),
    "HEIC": re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL),
    "AVIF": re.compile(rb"....ftypavi", re.DOTALL),
    "SVG": re.compile(rb"\s*<(?:svg|\?xml.*<svg)", re.IGNORECASE | re.DOTALL),
    "HTML": re.compile(rb"\s*<(?:!doctype html|html|head|script)", re.IGNORECASE),
}
BEGINNING = 1_000  # bytes that are looked at
DECODING_FAILURES = (
    OSError,
    SyntaxError,  # what Pillow raises for a broken PNG
    ValueError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class PictureRefused(InventoryError):
    """The file is no picture that can be kept; the sentence says why."""

    code = "picture_refused"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it will be stored: two WebP files, not stored yet."""

    large: bytes
    small: bytes


def read_picture(file: IO[bytes]) -> Picture:
    """Return the picture in `file` (at its start or not), made anew in two sizes.

    Takes JPEG, PNG and WebP up to 10 MB and 40 megapixels, whatever the file is
    called; size and pixels are checked before anything is decoded. Turns it the way
    its EXIF says. Raises PictureRefused.
    """
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    _check_bytes(content)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_header(image)
            # Lets the JPEG decoder skip the detail that is thrown away below.
            image.draft("RGB", (2 * LARGE, 2 * LARGE))
            upright = ImageOps.exif_transpose(image)
            return _draw(_plain(upright))
    except DECODING_FAILURES as error:
        raise _unreadable(content, error) from error


@contextmanager
def storing(picture: Picture | None) -> Iterator[str]:
    """Store both files and yield the name for `Product.image`; "" without a picture.

    When the block raises, the files go again: the row they belong to was not saved.
    """
    if picture is None:
        yield ""
        return
    name = store_picture(picture)
    try:
        yield name
    except BaseException:
        for stored in (name, thumb_name(name)):
            default_storage.delete(stored)
        raise


def store_picture(picture: Picture) -> str:
    """Store both files under a new random name and return the name of the large one.

    A name is never used twice, so browsers may keep what they have. The files stay
    when the product changes or goes, because an undo wants them back.
    """
    name = f"{FOLDER}/{secrets.token_hex(12)}.webp"
    stored = default_storage.save(name, ContentFile(picture.large))
    default_storage.save(thumb_name(stored), ContentFile(picture.small))
    return stored


def _check_bytes(content: bytes) -> None:
    if not content:
        raise PictureRefused(_("The file is empty."))
    if len(content) > MAX_BYTES:
        raise PictureRefused(
            _("The picture is larger than 10 MB. Save it smaller, then try again.")
        )


def _check_header(image: Image.Image) -> None:
    """Refuse by what the file says of itself, before its pixels are decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PictureRefused(_too_many_pixels(width, height))
    # A JPEG of several pictures (MPO, as many phones make them) shows its first one.
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise PictureRefused(_("The picture moves. Choose one that stands still."))


def _too_many_pixels(width: int, height: int) -> str:
    return _(
        "The picture has %(width)d × %(height)d pixels; the most is 40 megapixels,"
        " and 20,000 on one side."
    ) % {"width": width, "height": height}


def _unreadable(content: bytes, error: Exception) -> PictureRefused:
    """Return the refusal that fits a file Pillow could not decode."""
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return PictureRefused(_("The picture has more than 40 megapixels."))
    for name, start in OTHER_FORMATS.items():
        if start.match(content[:BEGINNING]):
            return PictureRefused(
                _("%(format)s files can't be used. Choose a JPEG, PNG or WebP picture.")
                % {"format": name}
            )
    if isinstance(error, UnidentifiedImageError):
        return PictureRefused(
            _("This is no picture we can read. Choose a JPEG, PNG or WebP picture.")
        )
    return PictureRefused(
        _("The picture is damaged or cut off. Save it anew, then try again.")
    )


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, with transparency only where it has some."""
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would only clip
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    is_transparent = image.has_transparency_data
    image = _in_srgb(image)
    return image.convert("RGBA" if is_transparent else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Apply the colour profile, which is not stored; phones have wider ones."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    output = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=output)
    except (ImageCms.PyCMSError, OSError):  # a broken profile spoils no picture
        return image
    return converted or image


def _draw(image: Image.Image) -> Picture:
    large = image.copy()
    large.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    side = min(SMALL, *large.size)
    small = ImageOps.fit(large, (side, side), Image.Resampling.LANCZOS)
    return Picture(_webp(large), _webp(small))


def _webp(image: Image.Image) -> bytes:
    # What Pillow carries along in `info` (profile, EXIF, XMP) would be written too.
    image.info = {}
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()
