"""Cut what our pages need out of the whole fonts: `make fonts`.

The whole icon font is half of what a first visit would load, and one letter like “ő”
in a name costs another third. `fonts.css` gives the parts faces of their own, which go
before the whole ones; those are fetched only for a page that shows something else, such
as an icon that somebody chose for a category (products/icons.py). It has a rule for
each icon that a page names and none for the others. Inter is cut to our weights too.
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from products.icons import ICONS, code_points

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "static" / "vendor"
INTER = VENDOR / "inter-5.3.0"
WEIGHTS = "400:600"  # from --w-normal to --w-strong
FONTS = ROOT / "static" / "fonts"
STYLES = ROOT / "static" / "css" / "fonts.css"
FONTTOOLS = "fonttools[woff]==4.68.0"

LATIN = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304,"
    " U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212, U+2215, U+FEFF,"
    " U+FFFD"
)
# The letters of the languages of Europe that are written in Latin ones, and currencies.
EUROPE = (
    "U+0100-0130, U+0132-0151, U+0154-017F, U+0218-021B, U+1E9E, U+20A0-20AB,"
    " U+20AD-20C0"
)

# Where icons are named, and how: in pages and scripts any word can be one, in Python
# and the demo shop one between quotes.
PLACES = (
    ("templates", "*.html", r"[a-z0-9-]+"),
    ("static/js", "*.js", r"[a-z0-9-]+"),
    ("products/demo/catalogue", "*.toml", r'"([a-z0-9-]+)"'),
    ("products/forms", "*.py", r"\bbi-([a-z0-9-]+)"),
    ("products/views", "*.py", r'"([a-z0-9-]+)"'),
    ("products/templatetags", "*.py", r'"([a-z0-9-]+)"'),
    ("accounts/views", "*.py", r'"([a-z0-9-]+)"'),
)
TEXT = """\
/* fonts.css: parts of the vendored fonts with faces of their own, by `make fonts`.
   After tokens, whose faces of Inter have the same name: what is declared later goes
   first. */
@font-face {{ font-family: bootstrap-icons; font-display: block;
  src: url("../vendor/{folder}/fonts/bootstrap-icons.woff2") format("woff2"); }}
@font-face {{ font-family: bootstrap-icons; font-display: block;
  src: url("../fonts/icons.woff2") format("woff2");
  unicode-range: {icons}; }}
@font-face {{ font-family: "Inter"; font-weight: 400 600; font-display: optional;
  src: url("../fonts/inter-latin.woff2") format("woff2");
  unicode-range: {latin}; }}
@font-face {{ font-family: "Inter"; font-weight: 400 600; font-display: optional;
  src: url("../fonts/inter-europe.woff2") format("woff2");
  unicode-range: {europe}; }}

.bi::before {{ display: inline-block; font-family: bootstrap-icons !important;
  font-style: normal; font-weight: 400 !important; font-variant: normal;
  text-transform: none; line-height: 1; vertical-align: -.125em;
  -webkit-font-smoothing: antialiased; -moz-osx-font-smoothing: grayscale; }}
{rules}
.bi[data-sign]:not([data-sign=""])::before {{ content: attr(data-sign); }}
"""


def named_icons() -> set[str]:
    """Return the icons that our pages name, and a few whose names are plain words."""
    words: set[str] = set()
    for folder, names, pattern in PLACES:
        for path in (ROOT / folder).rglob(names):
            found = re.findall(pattern, path.read_text())
            words |= {word.removeprefix("bi-") for word in found}
    return words & code_points().keys()


def run_fonttools(*words: str) -> None:
    command = (sys.executable, "-m", "uv", "tool", "run", "--from", FONTTOOLS, *words)
    subprocess.run(command, check=True)  # noqa: S603  (our own words)


def cut(source: Path, name: str, ranges: str) -> None:
    """Write what `ranges` name of the font `source` as the font `name`."""
    run_fonttools(
        *("pyftsubset", str(source), f"--unicodes={ranges.replace(' ', '')}"),
        *("--flavor=woff2", "--layout-features=*"),
        f"--output-file={FONTS / name}",
    )


def cut_inter(source: str, name: str, ranges: str) -> None:
    """The same of a part of Inter, with no weight but ours: a quarter less."""
    with TemporaryDirectory() as folder:
        lighter = Path(folder) / "lighter.woff2"
        run_fonttools(
            *("fonttools", "varLib.instancer", str(INTER / source)),
            *(f"wght={WEIGHTS}", f"--output={lighter}"),
        )
        cut(lighter, name, ranges)


def main() -> None:
    points = code_points()
    chosen = {name: points[name] for name in sorted(named_icons())}
    icons = ", ".join(f"U+{point.upper()}" for point in sorted(set(chosen.values())))
    rules = "\n".join(
        f'.bi-{name}::before {{ content: "\\{point}"; }}'
        for name, point in chosen.items()
    )
    FONTS.mkdir(exist_ok=True)
    cut(ICONS / "fonts" / "bootstrap-icons.woff2", "icons.woff2", icons)
    cut_inter("inter-latin-wght-normal.woff2", "inter-latin.woff2", LATIN)
    cut_inter("inter-latin-ext-wght-normal.woff2", "inter-europe.woff2", EUROPE)
    STYLES.write_text(
        TEXT.format(
            folder=ICONS.name, icons=icons, latin=LATIN, europe=EUROPE, rules=rules
        )
    )


if __name__ == "__main__":
    main()
