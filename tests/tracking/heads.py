"""The head of a page as a machine reads it."""

import json
from html.parser import HTMLParser
from typing import Any


class Head(HTMLParser):
    """``meta`` by name or property, ``links`` as (rel, address), ``data`` the JSON-LD blocks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.blocks: list[str] = []
        self.is_data = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in said:
            name = said.get("property") or said["name"]
            assert name not in self.meta, f"{name} is said twice"
            self.meta[name] = said["content"]
        if tag == "link":
            self.links.append((said["rel"], said["href"]))
        if tag == "script":
            self.is_data = said.get("type") == "application/ld+json"
            if self.is_data:
                self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.is_data:
            self.blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.is_data = False

    def linked(self, rel: str) -> list[str]:
        return [address for each, address in self.links if each == rel]

    @property
    def nodes(self) -> list[dict[str, Any]]:
        """Those of the one block of data; none where there is no block."""
        assert len(self.blocks) <= 1
        found: list[dict[str, Any]] = []
        for block in self.blocks:
            data = json.loads(block)
            assert data["@context"] == "https://schema.org"
            found += data["@graph"]
        return found


def head_of(response: Any) -> Head:
    return Head(response.content.decode())
