"""What people read goes through gettext: nothing is written as it stands."""

import ast
import re

import pytest

from inventory_site.tests.sources import CODE, TEMPLATES, chain, name_of

# Names and codes that are the same in every language.
SAME = {"CSV", "GTIN", "SKU", "XLSX"}
HIDDEN = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}"
    r"|{%\s*blocktranslate.*?endblocktranslate\s*%}"
    r"|{%\s*block (?:body_class|document_kind|document_verbs).*?endblock[^%]*%}"
    r"|{%.*?%}|{{.*?}}|<(code|kbd|script|style)\b.*?</\1>",
    re.DOTALL,
)
ATTRIBUTES = re.compile(r'\s(?:alt|aria-label|placeholder|title)="([^"]*)"')
TAGS = re.compile(r"<[^>]*>")
# Quotes too: they are others in other languages.
WORD = re.compile(r"[A-Za-z]{2,}|[“”]")
ARGUMENTS = {
    "description",
    "empty_label",
    "help_text",
    "label",
    "verbose_name",
    "verbose_name_plural",
    "violation_error_message",
}
# What only somebody at the shell or in the log reads is English.
FOR_OPERATORS = {"management", "benchmarks", "demo"}


def written_out(markup: str) -> list[str]:
    """Return the words of a template that no tag brings."""
    plain = HIDDEN.sub(" ", markup)
    texts = [*ATTRIBUTES.findall(plain), *TAGS.sub("\n", plain).splitlines()]
    return [
        text.strip()
        for text in texts
        if set(WORD.findall(text)) - SAME and text.strip()
    ]


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if "emails" not in path.parts],
    ids=name_of,
)
def test_template_writes_no_word_itself(path: object) -> None:
    assert not written_out(path.read_text())


def is_sentence(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(WORD.search(node.value))
    )


def said_plainly(tree: ast.AST) -> list[str]:
    """Return texts that are handed to a form, a column or a person as they stand."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        names = chain(node.func)
        says = names[:1] == ["messages"] or names[-1:] == ["ValidationError"]
        said = node.args[:2] if says else []
        said += [word.value for word in node.keywords if word.arg in ARGUMENTS]
        found += [ast.unparse(text) for text in said if is_sentence(text)]
    return found


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if not FOR_OPERATORS & set(path.parts)],
    ids=name_of,
)
def test_code_says_nothing_as_it_stands(path: object) -> None:
    assert not said_plainly(ast.parse(path.read_text()))


def test_no_text_hides_in_an_f_string() -> None:
    """There xgettext does not look."""
    marks = {"_", "gettext", "ngettext", "pgettext"}
    hidden = {
        name_of(path)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and marks & set(chain(part.func)[-1:])
    }
    assert not hidden
