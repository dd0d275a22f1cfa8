"""The engine of the templates: whatever page it makes, a semester stays on one line.

A browser may break a line after a hyphen, so that "2019-I" ends one with "2019-". Only markup
keeps it whole and lets it be copied and searched as it is written: another hyphen, or a joiner
that nobody sees, would be another text. It is done to what a template gave, because semesters come
from titles, sentences and reports alike.
"""

import re
from typing import Any, Final

from django.template.backends.django import DjangoTemplates, Template
from django.utils.safestring import SafeString, mark_safe

SEMESTER: Final = re.compile(
    # It begins with what is searched fastest; then: after a year, and not yet in such an element.
    r'-I(?<=\b[12][0-9]{3}-I)(?<!class="semester">[0-9]{4}-I)I?\b'
    # In a text, not in an attribute; and in none that may hold no element.
    r"(?=[^<>]*+(?!</(?:title|option|textarea|script|style|text|tspan|desc)\b)(?:<|\Z))"
)


class Templates(DjangoTemplates):
    """Django's, whose pages and forms keep semesters whole; letters and feeds stay as they are."""

    def get_template(self, template_name: str) -> Any:
        found = super().get_template(template_name)
        return Page(found.template, self) if template_name.endswith(".html") else found


class Page(Template):
    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return mark_safe(unbroken(super().render(*args, **kwargs)))  # noqa: S308 - it was rendered


def unbroken(html: str) -> str:
    """HTML with each semester in an element of class ``semester``, which no style sheet breaks."""
    pieces, end = [], 0
    for found in SEMESTER.finditer(html):
        start = found.start() - len("2019")
        pieces.append(f'{html[end:start]}<span class="semester">{html[start : found.end()]}</span>')
        end = found.end()
    return "".join([*pieces, html[end:]])
