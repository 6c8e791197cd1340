"""An icon that somebody chose is drawn by its character: there are two thousand."""

import pytest

from products.icons import code_points, icon_sign
from products.models import Category


def test_sign_is_the_character_of_the_font() -> None:
    assert icon_sign("alarm-fill") == "\uf101"
    assert Category(icon="alarm-fill").icon_sign == "\uf101"


@pytest.mark.parametrize("name", ["", None, "no-such-icon", "<b>", "Alarm-Fill"])
def test_no_sign_where_there_is_no_icon_of_that_name(name: str | None) -> None:
    assert icon_sign(name) == ""


def test_every_icon_of_the_font_is_known() -> None:
    assert len(code_points()) > 2_000
