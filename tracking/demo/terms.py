"""How the simulated planning office says that each promise is measured."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from random import Random
from typing import Any, Final

from accounts.models import User
from accounts.querysets import folded
from plans.choices import PERCENT, Direction, Level, MeasureKind, Nature
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from plans.services.changes import STATED
from plans.term import Term
from tracking.choices import Step
from tracking.demo.chance import drawn
from tracking.demo.locations import locations_of
from tracking.measuring.entry import Entry, entry_of

REASON: Final = "Demostración: forma de medir simulada."
REASON_OF_CHANGE: Final = "Demostración: se reprogramó el cronograma a la mitad del periodo."
BASELINE_SOURCE: Final = "Dato simulado para demostración"
VERIFIED_BY: Final = "Informe de la unidad responsable (simulado)"
PARTS: Final = ("Primera etapa", "Segunda etapa", "Tercera etapa", "Cuarta etapa", "Quinta etapa")
BASELINES: Final = (20, 24, 32, 40, 48)
QUANTITIES: Final = (4, 6, 8, 12, 20, 24)

# What the words of a promise allow to measure; the first that is found decides.
UNVERIFIABLE: Final = re.compile(
    r"mas limpi|basura cero|mas eficiente|eliminar|libre de|moralmente|clima de|conscien|consiente"
    r"|identidad|no participacion|cultura de paz|bienestar|dignidad|capital folclorica"
)
PERMANENT: Final = re.compile(r"sesiones|pedidos de informacion|permanente|consultas|cada ano")
CHANGE: Final = re.compile(r"^(disminu|reduc|increment|aument|elev|dinamiz)")
FALLS: Final = re.compile(r"disminu|reduc|eliminar")
COUNTED: Final = (
    (re.compile(r"capacita|escuela|taller|formacion"), "talleres"),
    (re.compile(r"campana|sensibiliza|difusion"), "campañas"),
    (re.compile(r"feria|evento|festival|concurso"), "eventos"),
    (re.compile(r"convenio|alianza|coordina"), "acuerdos"),
)
UNSTATED: Final = 8  # of a hundred, for how many nobody says how they are measured
WITHOUT_SCHEDULE: Final = 15
WITHOUT_BASELINE: Final = 25
RESCHEDULED: Final = 8


def terms_of(
    random: Random,
    element: PlanElement,
    newest: MeasuringTerms | None,
    term: Term,
    *,
    at: dt.date,
    by: User,
) -> list[MeasuringTerms]:
    """The versions that BY adds to NEWEST, the one that the plan's text states; perhaps none."""
    if random.randrange(100) < UNSTATED and element.level != Level.GUIDELINE:
        return []
    stated = _kept_from_text(newest) if newest else {}
    stated |= _kind_and_figures(random, element, stated, term)
    if not stated.get("kind"):
        return []
    stated["nature"] = _nature(stated)
    terms = MeasuringTerms(
        element=element,
        version=newest.version + 1 if newest else 1,
        in_force_from=min(at, dt.date(term.first_year, 1, 15)),
        reason=REASON,
        by=by,
        verification_source=VERIFIED_BY,
        locations=locations_of(element),
        **stated,
    )
    if random.randrange(100) < WITHOUT_SCHEDULE:
        return [terms]
    entry = entry_of(element, terms, is_reportable=True)
    begin = random.choice((0, 0, 0, 1, 2))
    terms.schedule = schedule(entry, term, begin)
    halfway = dt.date((term.first_year + term.last_year + 1) // 2, 3, 1)
    if not terms.schedule or halfway > at or random.randrange(100) >= RESCHEDULED:
        return [terms]
    return [terms, _rescheduled(terms, halfway, schedule(entry, term, begin + 2))]


def schedule(entry: Entry, term: Term, begin: int) -> dict[str, str]:
    """From the semester of index BEGIN, even steps up to everything at the end of TERM."""
    semesters = Semester.all_of(term)[begin:]
    if entry in {Entry.NARRATIVE, Entry.COUNT} or not semesters:
        return {}
    if entry == Entry.STEP:
        step = [1 + (int(Step.WORKING) - 1) * n // len(semesters) for n in range(len(semesters))]
        step[-1] = int(Step.WORKING)
        return {str(when): str(each) for when, each in zip(semesters, step, strict=True)}
    return {str(when): str(100 * (n + 1) // len(semesters)) for n, when in enumerate(semesters)}


def in_force(versions: Iterable[MeasuringTerms], day: dt.date) -> MeasuringTerms | None:
    """Of VERSIONS, oldest first, the one by which a report is measured on DAY."""
    begun = [terms for terms in versions if terms.by_id is None or terms.in_force_from <= day]
    return begun[-1] if begun else None


def _kept_from_text(newest: MeasuringTerms) -> dict[str, Any]:
    names = ("kind", "goal", "unit_of_measure", "direction")
    return {name: getattr(newest, name) for name in names}


def _kind_and_figures(
    random: Random, element: PlanElement, text: Mapping[str, Any], term: Term
) -> dict[str, Any]:
    words = folded(element.statement)
    if UNVERIFIABLE.search(words):
        return {"kind": MeasureKind.UNVERIFIABLE}
    if not text.get("kind") and PERMANENT.search(words):
        return {"kind": MeasureKind.PERMANENT}
    if text.get("goal") is not None:
        return _of_figure(random, words, text, term)
    if element.level == Level.TARGET and CHANGE.search(words):
        return _change(random, words, Decimal(random.choice((10, 20, 30))))
    return _delivery(random, element, words)


def _of_figure(random: Random, words: str, text: Mapping[str, Any], term: Term) -> dict[str, Any]:
    """What the text's figure needs to be measured, and nothing that contradicts it."""
    if text["kind"] == MeasureKind.CHANGE:
        return _change(random, words, text["goal"])
    if not text["kind"]:
        return {}
    if text["direction"] != Direction.UP:
        return {"direction": text["direction"] or Direction.UP}
    years = range(term.first_year, term.last_year + 1)
    by_year = {year: text["goal"] * n / len(years) for n, year in enumerate(years, start=1)}
    return {
        "milestones": {
            str(Semester(year, 2)): f"{value.normalize():f}" for year, value in by_year.items()
        }
    }


def _nature(stated: Mapping[str, Any]) -> str:
    """What sort of figure these terms ask for, "" where they ask for none."""
    if stated.get("goal") is None:
        return ""
    if stated["unit_of_measure"] != PERCENT:
        return Nature.WHOLES
    return Nature.SHARE if stated["kind"] == MeasureKind.LEVEL else Nature.RATIO


def _change(random: Random, words: str, goal: Decimal) -> dict[str, Any]:
    has_baseline = random.randrange(100) >= WITHOUT_BASELINE
    return {
        "kind": MeasureKind.CHANGE,
        "goal": goal,
        "unit_of_measure": PERCENT,
        "direction": Direction.DOWN if FALLS.search(words) else Direction.UP,
        "baseline": Decimal(random.choice(BASELINES)) if has_baseline else None,
        "baseline_source": BASELINE_SOURCE if has_baseline else "",
    }


def _delivery(random: Random, element: PlanElement, words: str) -> dict[str, Any]:
    """A step of the rubric alone, with named parts, or with a quantity."""
    stated: dict[str, Any] = {"kind": MeasureKind.DELIVERY}
    unit = next((name for pattern, name in COUNTED if pattern.search(words)), "acciones")
    form = drawn(random, {Entry.STEP: 45, Entry.PARTS: 25, Entry.QUANTITY: 30})
    if form == Entry.PARTS:
        stated["parts"] = list(PARTS[: random.randint(3, len(PARTS))])
    if form == Entry.QUANTITY and element.level == Level.ACTIVITY:
        stated |= {"goal": Decimal(random.choice(QUANTITIES)), "unit_of_measure": unit}
    return stated


def _rescheduled(terms: MeasuringTerms, since: dt.date, schedule: dict[str, str]) -> MeasuringTerms:
    names = (*STATED, "element", "by")
    stated = {name: getattr(terms, name) for name in names if name != "schedule"}
    return MeasuringTerms(
        version=terms.version + 1,
        in_force_from=since,
        reason=REASON_OF_CHANGE,
        schedule=schedule,
        **stated,
    )
