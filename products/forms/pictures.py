"""The picture of a form: chosen, kept over an error, or removed."""

import base64
import binascii
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from products.services.pictures import Picture, PictureRefused, read_picture

KEPT = "-kept"
CLEAR = "-clear"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brings for its picture."""

    file: UploadedFile | None
    kept: str
    is_cleared: bool


class PictureInput(forms.FileInput):
    """Reads the file, the picture kept from the last attempt, the tick to remove."""

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, UploadedFile],
        name: str,
    ) -> Sent:
        return Sent(
            file=files.get(name),
            kept=data.get(name + KEPT, ""),
            is_cleared=bool(data.get(name + CLEAR)),
        )


class PictureField(forms.Field):
    """Cleans to a `Picture`, to False for “remove it”, or to None for “as it is”.

    A file that was chosen counts more than the tick to remove.
    """

    widget = PictureInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Picture"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("JPEG, PNG or WebP, up to 10 MB."))
        super().__init__(**kwargs)

    def clean(self, value: Sent) -> Picture | bool | None:
        if value.file:
            return self._read(value.file)
        if value.is_cleared:
            return False
        return self._read_kept(value.kept) if value.kept else None

    def _read(self, file: Any) -> Picture:
        try:
            return read_picture(file)
        except PictureRefused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def _read_kept(self, text: str) -> Picture:
        """Read it as carefully as a file: it has been in a stranger's hands."""
        try:
            content = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(
                _("Choose the picture again."), code="not_kept"
            ) from error
        return self._read(io.BytesIO(content))


def as_text(picture: Picture) -> str:
    """Return the picture as a page can carry it to the next attempt."""
    return base64.b64encode(picture.large).decode()
