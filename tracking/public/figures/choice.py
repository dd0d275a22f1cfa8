"""What a reader chose to see of a plan, as the address of the page says it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from plans.models import Plan, PlanElement
from plans.searching import TYPED
from plans.semester import Semester
from tracking.choices import Verdict
from tracking.public.figures.balance import LEVELS
from tracking.reading.found import MOST_CHARACTERS
from tracking.reading.states import SIGNALS, STATES
from tracking.reading.strips import Cell

UNSAID: Final = "sin-decir"
"""Instead of a district: of which nobody said where."""


@dataclass(frozen=True)
class Choice:
    """One semester, and which promises of it; "" and None where all of them are wanted.

    STATE is a key of `STATES`, SIGNAL one of `SIGNALS`, UNIT the id of a unit, VERDICT how the
    promise goes, WORDS what its text says, CLASSED a code of a classification, "ODS:3", DISTRICT
    the ubigeo of one, or UNSAID.
    """

    semester: Semester | None = None
    state: str = ""
    signal: str = ""
    dimension: str = ""
    unit: int | None = None
    level: str = ""
    verdict: str = ""
    words: str = ""
    classed: str = ""
    district: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, Any], plan: Plan, units: Collection[int]) -> Self:
        """What PARAMETERS of an address choose of PLAN, whose promises UNITS answer for.

        ValueError for a value that nothing on the page offers.
        """
        semester = parameters.get("semestre", "")
        choice = cls(
            semester=Semester.parse(semester) if semester else None,
            state=_one_of(STATES, parameters.get("estado", "")),
            signal=_one_of(SIGNALS, parameters.get("senal", "")),
            dimension=_one_of(
                {each.value for each in plan.dimensions}, parameters.get("dimension", "")
            ),
            level=_one_of(LEVELS, parameters.get("nivel", "")),
            verdict=_one_of(Verdict.values, parameters.get("va", "")),
            classed=_one_of(classes_of(plan), parameters.get("clasificacion", "")),
            words=" ".join(parameters.get("q", "").translate(TYPED).split())[:MOST_CHARACTERS],
        )
        if choice.semester and choice.semester not in Semester.all_of(plan.term):
            raise ValueError(_("El semestre %s no es del periodo de este plan.") % semester)
        if district := parameters.get("distrito", ""):
            codes = {each.code for each in plan.municipality.districts}
            choice = replace(choice, district=_one_of({*codes, UNSAID}, district))
        if unit := _one_of({str(each) for each in units}, parameters.get("oficina", "")):
            return replace(choice, unit=int(unit))
        return choice

    @property
    def without_filters(self) -> "Choice":
        """The same semester, and every promise of it."""
        return Choice(semester=self.semester)

    @property
    def is_filter(self) -> bool:
        """Whether it leaves any promise out."""
        return self != self.without_filters

    def address(self, **other: Any) -> str:
        """The address of this choice with OTHER fields; a page that is already there is kept."""
        chosen = replace(self, **other)
        named = {
            "semestre": chosen.semester,
            "nivel": chosen.level,
            "dimension": chosen.dimension,
            "oficina": chosen.unit,
            "estado": chosen.state,
            "senal": chosen.signal,
            "va": chosen.verdict,
            "clasificacion": chosen.classed,
            "distrito": chosen.district,
            "q": chosen.words,
        }
        return f"?{urlencode({name: value for name, value in named.items() if value})}"

    def matches(self, element: PlanElement, cell: Cell | None, units: Collection[int]) -> bool:
        """Whether it chooses ELEMENT, for which UNITS answer; CELL is how it stands."""
        if self.level and element.level != self.level:
            return False
        if self.dimension and element.dimension != self.dimension:
            return False
        if self.unit and self.unit not in units:
            return False
        if self.classed and not _is_classed(element, self.classed):
            return False
        if self.state and (cell is None or cell.state != self.state):
            return False
        return not self.signal or (cell is not None and cell.signal == SIGNALS[self.signal])


def classes_of(plan: Plan) -> dict[str, str]:
    """Each code of the classifications of PLAN ("ODS:3") in words: "ODS: 3 Salud"."""
    return {
        f"{scheme}:{code}": f"{scheme}: {plan.class_name(scheme, code)}"
        for scheme, codes in sorted(plan.schemes.items())
        for code in sorted(codes)
    }


def _is_classed(element: PlanElement, classed: str) -> bool:
    scheme, _colon, code = classed.partition(":")
    return code in element.classes.get(scheme, ())


def _one_of(known: Collection[str], value: str) -> str:
    if value and value not in known:
        raise ValueError(_("«%s» no es un filtro de esta página.") % value)
    return value
