"""Cut what our pages use out of Bootstrap's styles: `make styles`.

A first visit would wait for 232 kB of rules and use a tenth. A rule stays when each
class that its selector names is a word of a page, a script, a form or crispy-forms:
a word too many keeps a rule too many, and none is lost. "alert-" before a value keeps
all that begins so. What names no class (elements, attributes, `:root`) always stays.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import crispy_bootstrap5
import crispy_forms

ROOT = Path(__file__).resolve().parents[1]
WHOLE = ROOT / "static" / "vendor" / "bootstrap-5.3.9" / "bootstrap.min.css"
CUT = ROOT / "static" / "cut" / "bootstrap.css"

# Where classes are named.
PLACES = (
    *((ROOT / "templates", "*.html"), (ROOT / "static/js", "*.js")),
    *((ROOT / folder, "*.py") for folder in ("accounts/forms", "accounts/views")),
    *(
        (ROOT / "products" / part, "*.py")
        for part in ("forms", "templatetags", "views")
    ),
    *((Path(crispy_forms.__file__).parent, names) for names in ("*.html", "*.py")),
    *((Path(crispy_bootstrap5.__file__).parent, names) for names in ("*.html", "*.py")),
)
# What Bootstrap's own script gives to a dialog and to a message that is closed.
SCRIPTED = {"modal-open", "modal-backdrop", "modal-static", "fade", "show"}

WORD = re.compile(r"[A-Za-z][\w-]*")
# "alert-" in class="alert alert-{{ … }}"; one letter is an id's.
BEGINNING = re.compile(r"\b[a-z]{2,}-(?=\{[{%])")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
# What matches although the class in it is nobody's.
COMMA = re.compile(r",(?![^(]*\))")  # between selectors, not inside one
UNLESS = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)


class Words:
    """Every word that may be a class, and how those begin that are put together."""

    def __init__(self) -> None:
        self.whole = set(SCRIPTED)
        beginnings: set[str] = set()
        for path in (path for folder, names in PLACES for path in folder.rglob(names)):
            text = path.read_text()
            self.whole.update(WORD.findall(text))
            if path.is_relative_to(ROOT / "templates"):
                beginnings.update(BEGINNING.findall(text))
        self.beginnings = tuple(sorted(beginnings))

    def mean(self, selector: str) -> bool:
        """Tell whether something of a page can match it."""
        return all(
            name in self.whole or name.startswith(self.beginnings)
            for name in CLASS.findall(UNLESS.sub("", selector))
        )


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the head and the inside of each block of `text`, outermost ones."""
    depth, start, head = 0, 0, ""
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            if not depth:
                head, start = text[start : brace.start()], brace.end()
            depth += 1
        else:
            depth -= 1
            if not depth:
                yield head, text[start : brace.start()]
                start = brace.end()


def cut(text: str, words: Words) -> str:
    """Return the rules of `text` that something can match, without their comments."""
    kept = []
    for head, inside in blocks(text):
        selectors = [one for one in COMMA.split(head) if words.mean(one)]
        body = cut(inside, words) if head.startswith("@media") else inside
        if selectors and body:
            kept.append(f"{','.join(selectors)}{{{body}}}")
    return "\n".join(kept)


def bootstrap(words: Words) -> str:
    """Return the text of `CUT`."""
    licence, rules = WHOLE.read_text().split("*/", 1)
    return f"{licence}*/\n{cut(REMARK.sub('', rules), words)}\n"


if __name__ == "__main__":
    CUT.parent.mkdir(exist_ok=True)
    CUT.write_text(bootstrap(Words()))
