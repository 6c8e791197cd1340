"""German: “Mittwoch, 11. März 2026, 14:05”; what Django lacks or writes otherwise."""

from typing import Final

# English, as pages name it -> German.
DAYS: Final = {
    "F Y": "F Y",
    "j M": "j.n.",
    "j M Y": "d.m.Y",
    "j M, H:i": "j.n., H:i",
    "j M Y, H:i": "d.m.Y, H:i",
    "j F": "j. F",
    "j F Y": "j. F Y",
    "j F, H:i": "j. F, H:i",
    "j F Y, H:i": "j. F Y, H:i",
    "j F Y, H:i:s": "j. F Y, H:i:s",
    "l j F": "l, j. F",
    "l j F Y": "l, j. F Y",
    "l j F Y, H:i": "l, j. F Y, H:i",
}
globals().update(DAYS)
DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
