"""What people type into a field that must not be empty, and that states nothing."""

import re
from typing import Final

from plans.importers.printed.labels import plain_words

_NOTHING: Final = re.compile(
    r"(?:no (?:se )?(?:especific\w*|aplica|precisa|indica|registra|tiene|hay|declara|consigna)\w*"
    r"|sin (?:especificar|informacion|datos?|indicador|metas?|contenido)"
    r"|ningun[oa]s?|nada|n\.? ?/? ?a\.?|s ?/ ?[ndi]|null|none|nulo|vacio|x+|por definir|pendiente)"
    r"[ .:;-]*"
)
LONGEST: Final = 80


def states_nothing(text: str) -> bool:
    """Whether TEXT has no word, or only says that there is none: "No especificado.", "-"."""
    if len(text) > LONGEST:
        return False
    is_empty = not any(letter.isalnum() for letter in text)
    return is_empty or _NOTHING.fullmatch(plain_words(text)) is not None
