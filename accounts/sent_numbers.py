"""The numbers that come back in an address or in a form of ours: an id, a version, a place in line.

Whoever made a page may be trusted with them; whoever sends them to us may send anything.
"""

from typing import Final

MOST_DIGITS: Final = 18
"""That a bigint surely holds. Python itself refuses to read a number of thousands of digits."""


def number_in(text: str | None) -> int | None:
    """The number that TEXT says in digits; None where it says none, or a larger one than an id."""
    if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
        return int(text)
    return None
