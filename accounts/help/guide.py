"""The guide for offices, by its chapters: docs/gestion.md and what it leads to, as pages."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.extensions.toc import slugify

GUIDE: Final = "gestion.md"
APPENDICES: Final = ("importing.md", "archivo-de-plan.md")
"""What the guide leads to: each is a chapter of its own."""

HEADING: Final = re.compile(r"^##\s+", re.MULTILINE)
LINK: Final = re.compile(r"\]\(([\w-]+)\.md\)")
WIDE: Final = re.compile(r"<(table|pre)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Chapter:
    """One page of the guide. ``slug`` is its address: "cada-semestre"."""

    slug: str
    title: str
    body: SafeString


@lru_cache(1)
def chapters() -> dict[str, Chapter]:
    """The chapters by their slugs, in the order of the guide. Read once in a process."""
    folder = Path(settings.BASE_DIR) / "docs"
    __, *sections = HEADING.split((folder / GUIDE).read_text("utf-8"))
    read = [_chapter(*section.split("\n", 1)) for section in sections]
    for name in APPENDICES:
        title, text = (folder / name).read_text("utf-8").split("\n", 1)
        read.append(_chapter(title.removeprefix("# "), text, name.removesuffix(".md")))
    return {chapter.slug: chapter for chapter in read}


def _chapter(title: str, text: str, slug: str = "") -> Chapter:
    """The text is the project's own, and so are the tags in what is made of it."""
    writer = Markdown(extensions=["tables", "fenced_code", "toc", "sane_lists"])
    body = writer.convert(LINK.sub(r"](../\1/)", text))
    scrolls = WIDE.sub(r'<div class="wide" tabindex="0"><\1>\2</\1></div>', body)
    return Chapter(slug or slugify(title, "-"), title.strip(), mark_safe(scrolls))  # noqa: S308
