"""A page of the portal, so that it stands by itself: its links lead to files beside it."""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Final

LINKS: Final = frozenset({"href", "src", "action"})
"""The attributes of our pages that hold an address."""
OF_A_LINK: Final = frozenset({"href", "rel", "type", "download"})
"""What makes an <a> a link: without it, it is a <span>."""

TYPED: Final = "nofollow"
"""What pages say of a link that somebody typed, to sustain a report: it leads where it did."""

Leads = Callable[[str], str | None]
"""What an address becomes; None where it leads nowhere."""
Attributes = list[tuple[str, str | None]]


def rewritten(page: str, leads: Leads, *, outside: str) -> str:
    """PAGE with every address as LEADS says, and without scripts: nothing runs in an archive.

    What leads nowhere is no link, and no picture. What leads to OUTSIDE, the portal, is marked
    ``rel="external"``.
    """
    copy = _Copy(leads, outside)
    copy.feed(page)
    copy.close()
    return "".join(copy.pieces)


class _Copy(HTMLParser):
    """Copies what it is fed as it is written, but for scripts and for what holds an address."""

    def __init__(self, leads: Leads, outside: str) -> None:
        super().__init__(convert_charrefs=False)
        self.leads, self.outside = leads, outside
        self.pieces: list[str] = []
        self.in_script = False
        self.end_of_link = "</a>"  # links hold no links

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        written = self.get_starttag_text() or ""
        if tag == "script":
            self.in_script = True
        elif LINKS.isdisjoint(said := dict(attrs)) or TYPED in (said.get("rel") or ""):
            self.pieces.append(written)
        else:
            self.pieces.append(self._led(tag, attrs, ends="/>" if written[-2:] == "/>" else ">"))

    handle_startendtag = handle_starttag

    def _led(self, tag: str, attrs: Attributes, ends: str) -> str:
        led = [(name, self._leads(value) if name in LINKS else value) for name, value in attrs]
        leads_nowhere = any(name in LINKS and value is None for name, value in led)
        if tag != "a":
            return "" if leads_nowhere else _written(tag, led, ends)
        self.end_of_link = "</span>" if leads_nowhere else "</a>"
        if leads_nowhere:
            return _written("span", [each for each in led if each[0] not in OF_A_LINK], ends)
        if f"{dict(led).get('href')}/".startswith(f"{self.outside}/"):
            led = [*(each for each in led if each[0] != "rel"), ("rel", "external")]
        return _written(tag, led, ends)

    def _leads(self, address: str | None) -> str | None:
        return self.leads(address or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.in_script = False
        else:
            self.pieces.append(self.end_of_link if tag == "a" else f"</{tag}>")

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
