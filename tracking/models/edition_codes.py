"""The short code of an edition, which people type from paper.

It is the beginning of the SHA-256 of the edition's frozen content: 60 bits in the 32 signs of
Crockford's base 32, which has no I, L, O or U, in three groups of four: "7F3A-9C2B-4DQX".
"""

import re
from typing import Final

from django.utils.translation import gettext as _

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
MISREAD: Final = str.maketrans("OIL", "011")
"""What people read for another sign."""


def code_of(digest: str) -> str:
    """The code, without hyphens, of what has the DIGEST, 64 hexadecimal figures."""
    number = int(digest[:15], 16)
    return "".join(SIGNS[number >> (5 * place) & 31] for place in reversed(range(LENGTH)))


def grouped(code: str) -> str:
    """CODE as it is printed: "7F3A-9C2B-4DQX"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed_code(text: str) -> str:
    """The code that a person typed, whatever its case and hyphens. ValueError for what is none."""
    code = re.sub(r"[\s\u2010-\u2015\u2212-]", "", text).upper().translate(MISREAD)
    if len(code) != LENGTH or set(code) - set(SIGNS):
        raise ValueError(
            _("Un código de edición tiene doce letras y cifras, como «7F3A-9C2B-4DQX».")
        )
    return code
