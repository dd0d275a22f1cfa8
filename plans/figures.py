"""Figures as an officer in Peru types them: read without guessing, and said back.

In Peru the point stands before the decimals and the comma between the thousands. People also write
as in Spain ("1.500,00"), with spaces ("1 500"), and with an apostrophe for the millions
("1'500,000"), and words for what is large ("1.25 millones", "300 mil"): what could be read in two
ways, or is not in Peru's form, has to be confirmed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

MOST_DIGITS: Final = 14
MOST_DECIMALS: Final = 4

# "300 mil", "1.25 millones", "2 mil millones": how many zeros a word stands for.
SCALED: Final = re.compile(r"(.*?[0-9]) ?(mil millones|mil|mill[oó]n|millones)", re.IGNORECASE)
ZEROS: Final = {"mil": 3, "millón": 6, "millon": 6, "millones": 6, "mil millones": 9}

# "S/ 1,500.00", "12.5 %", "-5": what may stand around the digits; not soles and percent at once.
AROUND: Final = re.compile(
    r"(?!s.*%)(?:s/\.? *)?([-\u2212]?)([0-9.,' ]*[0-9])(?: *%)?", re.ASCII | re.IGNORECASE
)
SOLES: Final = re.compile(r"\bs/|\bsol(?:es)?\b", re.IGNORECASE)
SPACES: Final = re.compile(r"[\u00a0\u2009\u202f]")
APOSTROPHES: Final = re.compile(r"[\u2019\u00b4]")

# Ways to write a figure, each with its decimal separator. A group of thousands starts with no 0.
HEAD: Final = r"[1-9][0-9]{0,2}"
AS_IN_PERU: Final = (
    (r"[0-9]+|[0-9]*\.[0-9]+", "."),
    (HEAD + r"(?:,[0-9]{3})+(?:\.[0-9]+)?", "."),
)
OTHERWISE: Final = (
    (HEAD + r"'[0-9]{3}(?:,[0-9]{3})+(?:\.[0-9]+)?", "."),
    (HEAD + r"'[0-9]{3}(?:\.[0-9]{3})+(?:,[0-9]+)?", ","),
    (HEAD + r"([ '])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?", "."),
    (HEAD + r"([ '])[0-9]{3}(?:\1[0-9]{3})*(?:,[0-9]+)?", ","),
    (HEAD + r"(?:\.[0-9]{3})+(?:,[0-9]+)?", ","),
    (r"[0-9]*,[0-9]+", ","),
)


@dataclass(frozen=True)
class Reading:
    """What a typed figure means: VALUE where there is no doubt, else CHOICES to confirm one of.

    One of the two is there, never both. The likelier choice comes first.
    """

    value: Decimal | None = None
    choices: tuple[Decimal, ...] = ()


class Limits(NamedTuple):
    """What a figure may be: from MINIMUM to MAXIMUM, included, None for no limit; its PLACES.

    UNIT is said with the limits; PLACES is how many decimals fit.
    """

    minimum: Decimal | int | None = 0
    maximum: Decimal | int | None = None
    unit: str | None = None
    places: int = MOST_DECIMALS

    def fault(self, value: Decimal) -> str:
        """Why VALUE does not fit; "" where it does."""
        if self.minimum is not None and value < self.minimum:
            if self.minimum == 0:
                return gettext("No puede ser negativo.")
            return gettext("No puede ser menor que %s.") % self._shown(self.minimum)
        if self.maximum is not None and value > self.maximum:
            return gettext("No puede pasar de %s.") % self._shown(self.maximum)
        if decimals_of(value) > self.places:
            fault = ngettext("Lleva hasta %s decimal.", "Lleva hasta %s decimales.", self.places)
            whole = gettext("Es un número entero, sin decimales.")
            return fault % self.places if self.places else whole
        return ""

    def _shown(self, limit: Decimal | int) -> str:
        return figure_text(Decimal(limit), self.unit or "")


def decimals_of(value: Decimal) -> int:
    """How many decimals VALUE needs, idle zeros apart."""
    return len(f"{value:f}".partition(".")[2].rstrip("0"))


def read_figure(typed: str) -> Reading:
    """Read what an officer typed; "S/", "%" and the spaces around it are put aside.

    Whether they fit the unit is told by `sign_fault`.

    ValidationError, with a sentence, for what is no figure (nothing at all is none: whether a
    figure may be missing, or negative, is the caller's to say) and for one that is too long.
    """
    text = APOSTROPHES.sub("'", SPACES.sub(" ", typed)).strip()
    if not text:
        raise ValidationError(_("Escriba una cifra."))
    scaled = SCALED.fullmatch(text)
    zeros = ZEROS[scaled[2].lower()] if scaled else 0
    around = AROUND.fullmatch(scaled[1] if scaled else text)
    sign, body = around.groups() if around else ("", "")
    ours = [point for writing, point in AS_IN_PERU if re.fullmatch(writing, body)]
    others = [point for writing, point in OTHERWISE if re.fullmatch(writing, body)]
    if not ours and not others:
        said_how = _(
            "«%(typed)s» no se entiende como cifra. Escríbala con punto decimal y sin separador "
            "de miles: 1500.5"
        )
        raise ValidationError(said_how, params=_shown(typed))
    values = [_value(sign, body, point, zeros) for point in ours + others]
    fitting = tuple(dict.fromkeys(value for value in values if value is not None))
    if not fitting:
        limit = _("«%(typed)s» no cabe: una cifra lleva hasta 14 dígitos enteros y 4 decimales.")
        raise ValidationError(limit, params=_shown(typed))
    return Reading(choices=fitting) if others else Reading(fitting[0])


def sign_fault(typed: str, unit: str) -> str:
    """Why the "%" or "S/" that was TYPED with a figure does not fit its UNIT; "" where it does."""
    shown = _shown(typed)
    kind = unit.lower()
    if "%" in typed and not any(word in kind for word in ("%", "porcent", "por ciento")):
        fault = gettext("Escribió «%(typed)s», y aquí no va un porcentaje") % shown
    elif SOLES.search(typed) and not SOLES.search(unit):
        fault = gettext("Escribió «%(typed)s», y aquí no van soles") % shown
    else:
        return ""
    return f"{fault}{gettext(': se mide en %s') % unit if unit else ''}."


def _shown(typed: str) -> dict[str, str]:
    return {"typed": Truncator(typed.strip()).chars(30)}


def figure_text(value: Decimal, unit: str = "") -> str:
    """The figure as it is read in Peru, without idle zeros, and its UNIT: "1,500", "12.5 km"."""
    return f"{number_format(value.normalize())} {unit}".strip()


def typed_plainly(value: Decimal) -> str:
    """The figure as one types it and it is read without doubt: "1500", "12.5", "1.2340"."""
    text = f"{value.normalize():f}"
    return f"{text}0" if read_figure(text).choices else text


def figure_in(written: str) -> Decimal:
    """The one figure that WRITTEN can mean, in a file or a line, where nobody is asked what it is.

    ValidationError, with a sentence that says how it could be read, where there are two.
    """
    reading = read_figure(written)
    if reading.value is not None:
        return reading.value
    if len(reading.choices) == 1:
        return reading.choices[0]
    said_how = _(
        "«%(typed)s» puede ser %(one)s o %(other)s: escriba la cifra con punto decimal y sin "
        "separador de miles."
    )
    one, other = (typed_plainly(choice) for choice in reading.choices[:2])
    raise ValidationError(said_how, params={"typed": written.strip(), "one": one, "other": other})


def _value(sign: str, body: str, point: str, zeros: int) -> Decimal | None:
    """The figure that BODY writes with POINT before its decimals, ZEROS added; None if too long."""
    whole, _point, decimals = body.partition(point)
    whole = re.sub(r"[^0-9]", "", whole) + decimals[:zeros].ljust(zeros, "0")
    whole, decimals = whole.lstrip("0"), decimals[zeros:].rstrip("0")
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        return None
    value = Decimal(f"{whole or 0}.{decimals}")
    return value.copy_negate() if sign and value else value
