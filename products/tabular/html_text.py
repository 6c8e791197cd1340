"""HTML of another shop to plain text and back: lines of their own stay so.

Python's own parser takes minutes for a few thousand tags that are left open, and stops
at others with an error, so tags are found here: each by at most LONGEST_TAG characters.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

MOST_HTML = 200_000  # characters; no description that we keep needs so many
LONGEST_TAG = 2_000
BREAKING = frozenset(
    {
        *("address", "article", "blockquote", "dd", "div", "dl", "dt"),
        *("figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    }
)
BREAKS = frozenset({"br", "hr"})
NOT_TEXT = frozenset({"script", "style", "template", "noscript", "iframe", "svg"})
OPENING = re.compile(r"<(?=[!?/a-zA-Z])")
TAG = re.compile(
    r"""<(/?) ([a-zA-Z][^\s/>]*+ | [!?])
    (?: [^>=]++ | =\s*+ (?: "[^"]*+" | '[^']*+' )?+ )*+ >""",
    re.VERBOSE,
)
KEEPING = re.compile(
    r"<pre\b|<.*white-space:\s*(?:pre|break-spaces)", re.IGNORECASE | re.DOTALL
)
KEPT = '<div style="white-space: pre-wrap">%s</div>'
OTHER_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def text_of_html(html: str) -> str:
    """Return the text of `html`, without tags, scripts and styles.

    Text that is no HTML comes back as it is, entities resolved; so does anything
    longer than MOST_HTML. The result is text: a `<` in it was written as `&lt;`, and
    templates escape it again.
    """
    if len(html) > MOST_HTML or ("<" not in html and "&" not in html):
        return html
    text = _Text()
    for data, tag in _pieces(html):
        text.add(data)
        if tag is not None:
            text.pass_tag(tag)
    return text.finished()


def html_of_text(text: str) -> str:
    """Return HTML that shows `text`; `text_of_html` gives it back, trimmed.

    Paragraphs where they do, else one block whose blanks count: browsers and
    `text_of_html` draw several blanks into one. A line break is a line feed.
    """
    bare = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not bare:
        return ""
    lines = escape(bare).replace("\n\n", "</p><p>").replace("\n", "<br>")
    html = f"<p>{lines}</p>"
    return html if text_of_html(html) == bare else KEPT % escape(bare)


def _pieces(html: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield each run of text with the tag behind it; None for a comment or the end."""
    begin = at = 0
    while opening := OPENING.search(html, at):
        at = opening.start()
        tag = None
        if html.startswith("<!--", at):
            end = html.find("-->", at)
            end = end + len("-->") if end > 0 else len(html)
        elif tag := TAG.match(html, at, at + LONGEST_TAG):
            end = _end_of_hidden(html, tag) if tag[2].lower() in NOT_TEXT else tag.end()
        else:
            at += 1  # no tag after all
            continue
        yield html[begin:at], tag
        begin = at = end
    yield html[begin:], None


def _end_of_hidden(html: str, tag: re.Match[str]) -> int:
    """Return where ends what `tag` hides; the whole rest when nothing closes it."""
    if tag[1] or tag[0].endswith("/>"):
        return tag.end()
    closing = re.compile(rf"</{tag[2]}", re.IGNORECASE).search(html, tag.end())
    return closing.start() if closing else len(html)


class _Text:
    """Collects text between tags."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._parts: list[str] = []
        self._keeping: tuple[str, int] | None = None  # tag whose blanks count, depth

    def add(self, data: str) -> None:
        self._parts.append(_unescaped(data))

    def pass_tag(self, tag: re.Match[str]) -> None:
        name, is_end = tag[2].lower(), bool(tag[1])
        if is_end:
            self._keep_less(name)
        if name in BREAKING or name in BREAKS:
            self._parts.append("\n")
        if not is_end:
            self._keep_more(name, tag[0])

    def finished(self) -> str:
        self._finish_part()
        return "".join(self._done).strip()

    def _keep_more(self, name: str, tag: str) -> None:
        if self._keeping is None and KEEPING.match(tag):
            self._finish_part()
            self._keeping = (name, 1)
        elif self._keeping is not None and name == self._keeping[0]:
            self._keeping = (name, self._keeping[1] + 1)

    def _keep_less(self, name: str) -> None:
        if self._keeping is not None and name == self._keeping[0]:
            depth = self._keeping[1] - 1
            if not depth:
                self._finish_part()
            self._keeping = (name, depth) if depth else None

    def _finish_part(self) -> None:
        """Take what was collected, its blanks as they are or drawn into one."""
        part = "".join(self._parts)
        self._parts = []
        self._done.append(part if self._keeping else _drawn_together(part))


def _unescaped(data: str) -> str:
    try:
        return unescape(data)
    except ValueError:  # a number of thousands of digits is no character
        return data


def _drawn_together(text: str) -> str:
    """Return `text` with single blanks and at most one empty line in a row."""
    lines = re.sub(r"[^\S\n]+", " ", OTHER_BREAKS.sub("\n", text))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", lines))
