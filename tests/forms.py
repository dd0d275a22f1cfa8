"""What a form gives along with what a person types into it."""

import re
from typing import Any

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|lector)" value="([^"]+)"')


def drawn_with(page: Any) -> dict[str, str]:
    """The token of the last form of PAGE and, where it is an officer's, whose it is."""
    return dict(HIDDEN.findall(page.content.decode()))
