"""What was spent, in a sentence: pure functions of the figures of one fiscal year.

A budget of nothing is said as one, never as a sum of zero; what passed its budget is told as well.
"""

from decimal import Decimal
from typing import Final, NamedTuple, Protocol

from django.utils.formats import number_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Figures(Protocol):
    """PIA, PIM and devengado, in soles."""

    @property
    def pia(self) -> Decimal: ...
    @property
    def pim(self) -> Decimal: ...
    @property
    def accrued(self) -> Decimal: ...


class Words(NamedTuple):
    """How it is said: WITHIN a budget, BEYOND it, or WITHOUT one; and that it was TAKEN away."""

    within: str | Lazy
    beyond: str | Lazy
    without: str | Lazy
    taken: str | Lazy


CITIZEN: Final = Words(
    gettext_lazy("gastado S/\u00a0%(accrued)s de un presupuesto de S/\u00a0%(pim)s"),
    gettext_lazy("gastado S/\u00a0%(accrued)s, más que su presupuesto de S/\u00a0%(pim)s"),
    gettext_lazy("gastado S/\u00a0%(accrued)s sin presupuesto"),
    gettext_lazy("sin presupuesto: el inicial era de S/\u00a0%(pia)s"),
)
OFFICIAL: Final = Words(
    gettext_lazy("devengado S/\u00a0%(accrued)s de un PIM de S/\u00a0%(pim)s"),
    gettext_lazy("devengado S/\u00a0%(accrued)s, más que su PIM de S/\u00a0%(pim)s"),
    gettext_lazy("devengado S/\u00a0%(accrued)s sin presupuesto"),
    gettext_lazy("sin presupuesto: el PIA era de S/\u00a0%(pia)s"),
)


def spent_of_budget(spent: Figures, places: int | None = None) -> str:
    """What was SPENT as a citizen reads it: "gastado S/ 50 de un presupuesto de S/ 200".

    With as many PLACES, or céntimos where any figure has them.
    """
    return _said(spent, CITIZEN, places)


def accrued_of_pim(spent: Figures, places: int | None = None) -> str:
    """The same by its official words: "devengado S/ 50 de un PIM de S/ 200"."""
    return _said(spent, OFFICIAL, places)


def _said(spent: Figures, words: Words, places: int | None) -> str:
    soles = {"pia": spent.pia, "pim": spent.pim, "accrued": spent.accrued}
    if places is None:
        places = 2 if any(each % 1 for each in soles.values()) else 0
    figures = {name: number_format(each, places) for name, each in soles.items()}
    if not spent.pim and not spent.accrued:
        return str(words.taken) % figures if spent.pia else _("sin presupuesto")
    if not spent.pim:
        return str(words.without) % figures
    return str(words.beyond if spent.accrued > spent.pim else words.within) % figures
