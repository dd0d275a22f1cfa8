"""What a page says of itself to search engines and to whoever shares it."""

from typing import Final
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from tracking.reading.addresses import absolute

register = template.Library()
register.filter(absolute)

CHOOSING: Final = {
    "municipalities": ("q", "region", "provincia", "plan", "todas", "pagina"),
    "search": ("q", "municipio", "dimension", "nivel", "pagina"),
}
"""By page, the parameters that make another page of it. Any other shows the same one in another
way, or tells where its reader came from."""


@register.simple_block_tag
def captured(content: SafeString) -> SafeString:
    """What stands inside, on one line, kept ``as`` a variable: a block can be written only once."""
    return SafeString(" ".join(content.split()))


@register.simple_tag
def canonical_address(request: HttpRequest) -> str:
    """The one address of the page that REQUEST asks for, however it was come by."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    chosen = {name: request.GET.get(name) for name in CHOOSING.get(page or "", ())}
    if chosen.get("pagina") == "1":
        del chosen["pagina"]
    query = urlencode({name: value for name, value in chosen.items() if value})
    return absolute(f"{request.path}?{query}" if query else request.path)
