"""A password as it is guessed: without capitals or accents, and with letters for lookalikes."""

import re
import unicodedata
from string import punctuation
from typing import Final

LOOKALIKES: Final = str.maketrans("0134579@$!", "oieastgasi")
LONGEST: Final = 128
"""Of a longer one the rest makes it no easier to guess: no time is spent on it."""


def folded(text: str) -> str:
    """TEXT in lower case, without accents, spaces or punctuation."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST].lower())
    return "".join(sign for sign in plain if sign.isalnum())


def readings(password: str) -> set[str]:
    """PASSWORD without its figures, and with each figure as the letter that it looks like."""
    whole = folded(password)
    alike = folded(password[:LONGEST].strip(punctuation).translate(LOOKALIKES))
    inner = re.sub(r"^[0-9]+|[0-9]+$", "", whole)
    letters = re.sub(r"[0-9]", "", whole)
    return {letters, alike, folded(inner.translate(LOOKALIKES))} - {""}
