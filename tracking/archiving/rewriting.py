"""A page of the portal, so that it stands by itself: its links lead to files beside it."""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

LINKS: Final = frozenset({"href", "src", "action"})
"""The attributes of our pages that hold an address."""
HOLDERS: Final = {"a": "span", "form": "div"}
"""What becomes of an element that leads nowhere, for what is in it."""
LEADING: Final = LINKS | {"rel", "type", "download", "method"}
"""What only an element that leads somewhere has."""

TYPED: Final = "nofollow"
"""What pages say of a link that somebody typed, to sustain a report: it leads where it did."""

Leads = Callable[[str], str | None]
"""What an address becomes; None where it leads nowhere."""
Attributes = list[tuple[str, str | None]]


def rewritten(page: str, leads: Leads) -> str:
    """PAGE with every address as LEADS says, and without scripts: nothing runs in an archive.

    What leads nowhere is no link, and no picture. What leads out of it is marked
    ``rel="external"``, but for what somebody typed, which says so itself.
    """
    copy = _Copy(leads)
    copy.feed(page)
    copy.close()
    return "".join(copy.pieces)


class _Copy(HTMLParser):
    """Copies what it is fed as it is written, but for scripts and for what holds an address."""

    def __init__(self, leads: Leads) -> None:
        super().__init__(convert_charrefs=False)
        self.leads = leads
        self.pieces: list[str] = []
        self.in_script = False
        self.open: dict[str, str] = {}  # what stands for each holder: none is within its like

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        written = self.get_starttag_text() or ""
        self.open[tag] = tag
        if tag == "script":
            self.in_script = True
        elif LINKS.isdisjoint(said := dict(attrs)) or TYPED in (said.get("rel") or ""):
            self.pieces.append(written)
        else:
            self.pieces.append(self._led(tag, attrs, ends="/>" if written[-2:] == "/>" else ">"))

    handle_startendtag = handle_starttag

    def _led(self, tag: str, attrs: Attributes, ends: str) -> str:
        led = [(name, self._leads(value) if name in LINKS else value) for name, value in attrs]
        if any(name in LINKS and value is None for name, value in led):
            if tag not in HOLDERS:
                return ""
            self.open[tag] = HOLDERS[tag]
            left = [each for each in led if each[0] not in LEADING]
            return _written(self.open[tag], left, ends)
        if tag == "a" and urlsplit(dict(led).get("href") or "").scheme in {"http", "https"}:
            rel = f"{dict(led).get('rel') or ''} external".strip()
            led = [*(each for each in led if each[0] != "rel"), ("rel", rel)]
        return _written(tag, led, ends)

    def _leads(self, address: str | None) -> str | None:
        return self.leads(address or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.in_script = False
        else:
            self.pieces.append(f"</{self.open.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        if not self.in_script:
            self.pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")


def _written(tag: str, attrs: Attributes, ends: str) -> str:
    said = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs
    )
    return f"<{tag}{said}{ends}"
