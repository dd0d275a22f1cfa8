"""Classifications beside a plan's tree (axes, SDG, codes of an operating plan), in writing."""

from collections.abc import Collection
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_SCHEME: Final = 60
MOST_CODE: Final = 30
MOST_LABEL: Final = 200
MOST_LINES: Final = 5_000


class Classed(NamedTuple):
    """An element, a code that it has, and what the code means; "" for what was not written."""

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


def parse_classes(written: str) -> list[Classed]:
    """Read lines «S.1.2⇥3⇥Salud»: ref, code, and what it means, as a sheet is copied.

    A line without a code takes the element out of the classification. ValidationError with the
    first five lines that are none of these.
    """
    found: list[Classed] = []
    faults: list[str] = []
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        ref, code, label, *rest = [*cells, "", ""][: max(len(cells), 3)]
        if any(rest) or not ref or " " in ref or len(code) > MOST_CODE or len(label) > MOST_LABEL:
            fault = _("Línea %s: escriba el código de Vigía, un tabulador y el código.")
            faults.append(fault % number)
        found.append(Classed(ref.upper(), code, label))
    if len(found) > MOST_LINES:
        faults.append(_("Hay más de %s líneas.") % MOST_LINES)
    if faults:
        raise ValidationError(faults[:5])
    return found
