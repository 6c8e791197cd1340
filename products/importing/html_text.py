"""HTML of another shop to plain text: what stood on lines of its own still does."""

import re
from html.parser import HTMLParser

BREAKING = frozenset(
    {
        *("address", "article", "blockquote", "dd", "div", "dl", "dt"),
        *("figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    }
)
BREAKS = frozenset({"br", "hr"})
NOT_TEXT = frozenset({"script", "style", "template", "noscript", "iframe", "svg"})


def text_of_html(html: str) -> str:
    """Return the text of `html`, without tags, scripts and styles.

    Text that is no HTML comes back as it is, entities resolved. The result is text:
    a `<` in it was written as `&lt;`, and templates escape it again.
    """
    if "<" not in html and "&" not in html:
        return html
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in NOT_TEXT:
            self.hidden.append(tag)
        elif tag in BREAKING | BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            self.hidden.remove(tag)
        elif tag in BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)
