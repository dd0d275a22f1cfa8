"""A field of the electoral authority's files as plain text: what it says, not how it looks."""

import html
import re
from html.parser import HTMLParser
from typing import Any, Final

from plans.importers.transcript import cleaned

LIMIT: Final = 1_500
"""Characters after which the authority's form cuts a text, also in mid-word."""

_MARKED: Final = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_BREAKS: Final = frozenset({"p", "br", "li", "div", "tr", "ul", "ol"})
_UNSEEN: Final = frozenset({"script", "style"})


def text_of(value: Any) -> str:
    """What VALUE says: "" for null, lists and objects; figures as they are written."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    # A half of a sign that is written in two is no sign.
    text = str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if _MARKED.search(text):
        text = _Plain.of(text)
    return cleaned(text).strip()


def is_cut(value: Any) -> bool:
    """Whether VALUE ends where the form cuts, in the middle of a sentence."""
    text = str(value or "").rstrip()
    return LIMIT - 3 <= len(str(value or "")) <= LIMIT + 3 and text[-1:].isalnum()


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._said: list[str] = []
        self._hidden = 0

    @classmethod
    def of(cls, text: str) -> str:
        parser = cls()
        try:
            parser.feed(text)
            parser.close()
        except AssertionError:  # of its own, for declarations that never end
            return html.unescape(text)
        return "".join(parser._said)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in _UNSEEN
        if tag in _BREAKS:
            self._said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSEEN and self._hidden > 0
        if tag in _BREAKS:
            self._said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._said.append(data)
