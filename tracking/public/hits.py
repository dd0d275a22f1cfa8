"""What a search found in a text, marked."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from plans.searching import Run


def marked(pieces: Iterable[Run]) -> SafeString:
    """PIECES of a text, the hits among them marked."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in pieces)
    )
