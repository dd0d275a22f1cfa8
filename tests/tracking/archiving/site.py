"""The pages of a folder, as whoever opens them finds them."""

from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

ADDRESSES = {"href", "src", "srcset", "action", "formaction", "data", "poster", "xlink:href"}
ACTIVE = {"script", "style", "form", "iframe", "object", "embed", "base"}


class Page(HTMLParser):
    """``links`` are all its addresses, ``ids`` its anchors, ``active`` what a policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.external: set[str] = set()
        self.ids: set[str] = set()
        self.active: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.links += [value for name, value in said.items() if name in ADDRESSES]
        if said.get("rel") == "external":
            self.external.add(said["href"])
        if "id" in said:
            self.ids.add(said["id"])
        self.active += [tag] if tag in ACTIVE else []
        self.active += [name for name in said if name == "style" or name.startswith("on")]


def pages_of(folder: Path) -> dict[str, Page]:
    """All of FOLDER, by where they lie in it."""
    return {
        path.relative_to(folder).as_posix(): Page(path.read_text())
        for path in folder.rglob("*.html")
    }


def broken_links(folder: Path) -> list[tuple[str, str]]:
    """Each page of FOLDER with each of its links that leads to no file of it, or no anchor."""
    pages = pages_of(folder)
    return [
        (name, link)
        for name, page in pages.items()
        for link in page.links
        if not _leads(folder, pages, name, link)
    ]


def _leads(folder: Path, pages: dict[str, Page], name: str, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    if parts.path.startswith("/") or parts.query:
        return False
    there = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
    if not (folder / there).is_file():
        return False
    return not parts.fragment or unquote(parts.fragment) in pages[there].ids
