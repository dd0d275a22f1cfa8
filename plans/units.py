"""Whether what a unit names is counted, as schools are, or measured, as kilometres are."""

import re
from typing import Final

# By the first word, or by being a rate.
MEASURED: Final = re.compile(
    r"(?:[kcm]?m[23²³]?|kil[oó]metros?|metros?|ml|has?|hect[aá]reas?|tn?|tm|toneladas?|k?g|kilos?"
    r"|kilogramos?|quintal(?:es)?|arrobas?|lt?s?|litros?|gal[oó]n(?:es)?|soles|s/\.?|d[oó]lares"
    r"|millones|miles|horas?|d[ií]as?|minutos?|meses|años|puntos?|tasa|[ií]ndice|raz[oó]n|promedio"
    r"|grados?|[km]w|veces|db|%)(?:\W.*)?"
    r"|.*/.*|.*\bpor\b.*",
    re.IGNORECASE,
)


def is_counted_whole(unit: str) -> bool:
    """Whether UNIT names things of which there is no half; False where there is none."""
    return bool(unit) and not MEASURED.fullmatch(unit)
