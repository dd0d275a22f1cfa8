"""Write what a page is about into it, as JSON-LD: a data block, which no policy lets run."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django import template
from django.utils.safestring import SafeString

from tracking.public import linked_data

register = template.Library()

ESCAPED: Final = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
"""What could end the block, or a line of it, is written as JSON also writes it."""


def script(nodes: list[linked_data.Node]) -> SafeString:
    """NODES as one data block, nothing where there are none."""
    if not nodes:
        return SafeString("")
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def _written(data: Callable[..., list[linked_data.Node]]) -> Callable[..., SafeString]:
    @wraps(data)
    def block(*about: Any) -> SafeString:
        return script(data(*about))

    return block


for page in (
    linked_data.home_data,
    linked_data.municipality_data,
    linked_data.region_data,
    linked_data.plan_data,
    linked_data.document_data,
    linked_data.promise_data,
):
    register.simple_tag(_written(page))
