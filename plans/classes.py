"""Classifications beside a plan's tree (axes, SDG, codes of an operating plan), in writing."""

import re
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_SCHEME: Final = 60
MOST_CODE: Final = 30
MOST_LABEL: Final = 200
MOST_LINES: Final = 5_000
OPERATING: Final = "POI"
YEAR: Final = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


class Classed(NamedTuple):
    """An element, a code that it has, and what the code means; "" for what was not written.

    A code of no element is one that the classification has, and nothing of the plan serves.
    """

    ref: str
    code: str
    label: str


def fault_of_codes(scheme: str, codes: Collection[str]) -> str:
    """Why SCHEME cannot have CODES, as a sentence; "" where it can."""
    if not scheme.strip() or len(scheme) > MOST_SCHEME or ":" in scheme:
        return _("El nombre de una clasificación tiene de 1 a %s letras, sin «:».") % MOST_SCHEME
    if any(not code or len(code) > MOST_CODE for code in codes):
        return _("Un código tiene de 1 a %s letras o cifras.") % MOST_CODE
    return ""


def is_operating(scheme: str) -> bool:
    """Whether SCHEME is of an operating plan, by its name: "POI", "POI 2027"."""
    return OPERATING in scheme.upper()


def operating_codes(classes: Mapping[str, Collection[str]], year: int) -> list[str]:
    """The codes of the operating plan of YEAR in CLASSES, an element's; each once, in order.

    A scheme that names years is of those alone, whichever its codes are in others.
    """
    return sorted(
        {
            code
            for scheme, codes in classes.items()
            if is_operating(scheme) and (not (years := YEAR.findall(scheme)) or str(year) in years)
            for code in codes
        }
    )


def parse_classes(written: str) -> list[Classed]:
    """Read lines «S.1.2⇥3⇥Salud»: ref, code, and what it means, as a sheet is copied.

    A line without a code takes the element out of the classification; one without a ref names a
    code that serves none. ValidationError with the
    first five lines that are none of these.
    """
    found: list[Classed] = []
    faults: list[str] = []
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        ref, code, label, *rest = [*cells, "", ""][: max(len(cells), 3)]
        if (
            any(rest)
            or not (ref or code)
            or " " in ref
            or len(code) > MOST_CODE
            or len(label) > MOST_LABEL
        ):
            fault = _("Línea %s: escriba el código de Vigía, un tabulador y el código.")
            faults.append(fault % number)
        found.append(Classed(ref.upper(), code, label))
    if len(found) > MOST_LINES:
        faults.append(_("Hay más de %s líneas.") % MOST_LINES)
    if faults:
        raise ValidationError(faults[:5])
    return found
