"""Whether what a unit names is counted or measured, and whether two units are the same."""

import re
from typing import Final

from accounts.querysets import folded

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


def is_same_unit(one: str, other: str) -> bool:
    """Whether ONE and OTHER name one unit: "Informe" and "informes"; False where one says none.

    Accents, capitals, signs and plurals apart; "km" and "kilómetro" are two, for nobody said so.
    """
    return bool(one.strip()) and _said(one) == _said(other)


def _said(unit: str) -> list[str]:
    words = re.findall(r"[^\W_]+|%", folded(unit))
    return [re.sub(r"(?<=\w{3})e?s?$", "", word) for word in words]
