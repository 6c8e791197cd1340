"""EAN-13 codes as pictures, drawn bar by bar: GS1 General Specifications, 5.2.1."""

import io

from PIL import Image, ImageDraw

# The bars of a digit in the left half with odd parity, seven modules, 1 is dark. Even
# parity is its mirrored negative, the right half its negative.
ODD = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
# Which of the six digits in the left half are even: that spells the first digit.
EVEN_ONES = (
    "000000",
    "001011",
    "001101",
    "001110",
    "010011",
    "011001",
    "011100",
    "010101",
    "010110",
    "011010",
)
QUIET = 11  # modules of white on each side


def modules(code: str) -> str:
    """Return the 95 modules of a code of 13 digits."""
    first, *others = map(int, code)
    left = [
        _negative(ODD[digit])[::-1] if even == "1" else ODD[digit]
        for digit, even in zip(others[:6], EVEN_ONES[first], strict=True)
    ]
    right = [_negative(ODD[digit]) for digit in others[6:]]
    return "".join(["101", *left, "01010", *right, "101"])


def ean13_picture(code: str, *, module: int = 3, height: int = 180) -> bytes:
    """Return a PNG of the code; `module` and `height` in pixels."""
    bars = modules(code)
    size = ((len(bars) + 2 * QUIET) * module, height)
    picture = Image.new("L", size, "white")
    draw = ImageDraw.Draw(picture)
    for place, bar in enumerate(bars, QUIET):
        if bar == "1":
            box = (place * module, 10, (place + 1) * module - 1, height - 10)
            draw.rectangle(box, fill="black")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _negative(bars: str) -> str:
    return bars.translate(str.maketrans("01", "10"))
