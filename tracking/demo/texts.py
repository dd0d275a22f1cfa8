"""The sentences of a simulated report: data, like the words of a plan, not part of the interface.

Each says that it is simulated, fits the theme of its promise, and states no fact about any place.
"""

import re
from collections.abc import Mapping
from random import Random
from typing import Any, Final, NamedTuple

from accounts.querysets import folded
from plans.figures import figure_text
from plans.models import MeasuringTerms, PlanElement
from tracking.choices import Step
from tracking.measuring.entry import Entry


class Theme(NamedTuple):
    """What a unit prepares, does, hands over in part, and leaves working; all in the plural."""

    words: "re.Pattern[str]"
    prepared: str
    done: str
    part: str
    whole: str


THEMES: Final = (
    Theme(
        re.compile(
            r"carreter|vial|construc|infraestructura|paviment|agua potable|desague|saneam"
            r"|electric|puente|camino|mejoramiento de|camaras|fibra optica"
        ),
        "las fichas técnicas y los términos de referencia de la intervención",
        "los trabajos de campo que estaban programados",
        "los primeros frentes de trabajo",
        "las obras previstas",
    ),
    Theme(
        re.compile(r"segurid|delinc|delictiv|serenazgo|rondas|violencia"),
        "los planes de trabajo con las juntas vecinales",
        "los patrullajes y las reuniones de coordinación que estaban programados",
        "los servicios de los primeros sectores",
        "los servicios de todos los sectores previstos",
    ),
    Theme(
        re.compile(r"salud|desnutri|anemia|materna|nutri|gestante"),
        "los padrones y los planes de trabajo con los establecimientos de salud",
        "las sesiones y las visitas que estaban programadas",
        "los servicios de los primeros grupos atendidos",
        "los servicios previstos para todos los grupos",
    ),
    Theme(
        re.compile(
            r"educa|escuela|docente|maestro|analfab|lector|capacita|liderazgo|deport|cultur"
        ),
        "los contenidos y el calendario de las actividades",
        "los talleres y las jornadas que estaban programados",
        "los servicios educativos de los primeros grupos",
        "los servicios educativos previstos para el periodo",
    ),
    Theme(
        re.compile(r"ambient|residuo|limpi|forest|verde|contamin|recicl|ecosistem|ecolog"),
        "los diagnósticos y los planes de trabajo de las zonas por atender",
        "las jornadas de campo y de sensibilización que estaban programadas",
        "los servicios de las primeras zonas",
        "los servicios de todas las zonas previstas",
    ),
    Theme(
        re.compile(r"produc|agro|agri|turis|artesan|empresa|emple|comerc|feria|ganad|econom"),
        "los planes de trabajo con las organizaciones de productores",
        "las asistencias técnicas y los eventos que estaban programados",
        "los servicios de las primeras organizaciones",
        "los servicios de todas las organizaciones previstas",
    ),
)
OTHER_THEME: Final = Theme(
    re.compile(""),
    "los planes de trabajo y los documentos de gestión necesarios",
    "las acciones que estaban programadas",
    "los primeros productos previstos",
    "los productos previstos",
)
BY_STEP: Final[dict[int, tuple[str, ...]]] = {
    Step.PREPARING: (
        "se prepararon {theme.prepared} y se coordinó con las áreas que intervienen.",
        "se elaboraron {theme.prepared}; su aprobación está en trámite.",
    ),
    Step.RUNNING: (
        "se ejecutaron {theme.done}. Continúan el semestre siguiente.",
        "están en marcha {theme.done}, según el plan de trabajo de la unidad.",
    ),
    Step.PARTLY: (
        "se entregaron {theme.part}; lo demás sigue en ejecución.",
        "quedaron entregados {theme.part} y continúa el resto.",
    ),
    Step.WORKING: (
        "se entregaron {theme.whole} y están en funcionamiento.",
        "funcionan {theme.whole}; la unidad hace su seguimiento.",
    ),
}
IDLE: Final = (
    "sin actividad en el semestre, porque su inicio está previsto para más adelante.",
    "sin actividad en el semestre, porque la unidad atendió antes otras actividades programadas.",
    "sin actividad en el semestre, a la espera de que se le asigne presupuesto.",
)
TOLD: Final = (
    "se realizaron acciones de coordinación y difusión relacionadas con lo que el plan ofrece.",
    "las unidades responsables sostuvieron reuniones de trabajo y acordaron tareas.",
    "se revisó lo avanzado con las unidades responsables y se ajustó el plan de trabajo.",
)
DIFFICULTIES: Final = (
    "demora en la conformidad de los documentos técnicos.",
    "el presupuesto del semestre no alcanzó para todo lo programado.",
    "rotación del personal a cargo de la actividad.",
    "las lluvias postergaron parte del trabajo de campo.",
    "falta la opinión de otra entidad para continuar.",
)
NEXT_STEPS: Final = (
    "completar lo programado y reunir los sustentos que faltan.",
    "gestionar el presupuesto que falta para el año siguiente.",
    "coordinar con las demás unidades el calendario del semestre siguiente.",
    "actualizar el plan de trabajo y comunicarlo a las organizaciones que participan.",
)
HALT_CAUSES: Final = (
    "Demostración: a la espera de la conformidad del expediente técnico.",
    "Demostración: a la espera de la asignación de presupuesto.",
    "Demostración: a la espera de la opinión de otra entidad.",
)
RETURNS_OF_FIGURES: Final = (
    "Demostración: indique de qué registro sale la cifra y a qué fecha corresponde.",
)
RETURNS: Final = (
    "Demostración: adjunte el sustento, o explique por qué no lo hay.",
    "Demostración: precise qué se entregó y qué falta.",
    "Demostración: lo que se cuenta no explica el avance que se informa.",
)
CORRECTIONS: Final = (
    "Demostración: la cifra publicada no coincidía con el registro de la unidad.",
    "Demostración: se informó por error el avance de otro semestre.",
    "Demostración: se sumaron dos veces los mismos datos.",
)


def narrative(
    random: Random,
    element: PlanElement,
    entry: Entry,
    terms: MeasuringTerms | None,
    values: Mapping[str, Any],
) -> str:
    """What was done, as VALUES, the figures of the same report, say it."""
    return f"Avance simulado: {_sentence(random, element, entry, terms, values)}"


def difficulty(random: Random) -> str:
    return f"Dificultad simulada: {random.choice(DIFFICULTIES)}"


def next_step(random: Random) -> str:
    return f"Próximo paso simulado: {random.choice(NEXT_STEPS)}"


def return_reason(random: Random, entry: Entry) -> str:
    return random.choice(RETURNS if entry == Entry.NARRATIVE else RETURNS + RETURNS_OF_FIGURES)


def _sentence(
    random: Random,
    element: PlanElement,
    entry: Entry,
    terms: MeasuringTerms | None,
    values: Mapping[str, Any],
) -> str:
    if entry.has_step:
        if values["step"] == Step.NONE:
            return random.choice(IDLE)
        return random.choice(BY_STEP[values["step"]]).format(theme=theme_of(element))
    if entry == Entry.VALUE and terms:
        value = figure_text(values["value"], terms.value_unit)
        return f"el indicador se situó en {value} al cierre del semestre."
    if entry == Entry.COUNT:
        return "de {required} previstos en el semestre se cumplieron {done}.".format(**values)
    return random.choice(TOLD)


def theme_of(element: PlanElement) -> Theme:
    words = folded(element.statement)
    return next((theme for theme in THEMES if theme.words.search(words)), OTHER_THEME)
