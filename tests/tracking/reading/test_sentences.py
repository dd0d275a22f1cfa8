"""What was reported, said in plain sentences."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit
from plans.choices import MeasureKind
from plans.semester import Semester
from tests.tracking.reading.chapters import FIRST, LAST, chapter, revision, support
from tracking.choices import Signal, Step
from tracking.reading.sentences import (
    chapter_notes,
    measured,
    reported,
    shortened,
    silent_chapter,
    supported,
    who_reports,
)
from tracking.reading.strips import Arrival, Closing

PARTS = {"kind": MeasureKind.DELIVERY, "parts": [f"Posta {n}" for n in range(8)]}
HOUSES = {"kind": MeasureKind.DELIVERY, "goal": Decimal(2000), "unit_of_measure": "viviendas"}
COVERAGE = {"kind": MeasureKind.LEVEL, "goal": Decimal(100), "unit_of_measure": "%"}
CRIME = {"kind": MeasureKind.CHANGE, "goal": Decimal(50), "unit_of_measure": "%"}
SESSIONS = {"kind": MeasureKind.PERMANENT}


@pytest.mark.parametrize(
    ("terms", "columns", "said"),
    [
        (None, {"step": Step.RUNNING}, "en ejecución"),
        (None, {"step": Step.NONE}, "sin actividad"),
        (None, {"narrative": "Se coordinó."}, "en palabras"),
        (
            PARTS,
            {"step": Step.RUNNING, "parts_done": ["Posta 1", "Posta 2", "Posta 5"]},
            "en ejecución, 3 de 8 partes",
        ),
        (PARTS, {"step": Step.RUNNING, "parts_done": ["Otra"]}, "en ejecución, 0 de 8 partes"),
        (
            HOUSES,
            {"step": Step.PARTLY, "value": Decimal("1500.0000")},
            "entregado en parte, 1,500 de 2,000 viviendas",
        ),
        (HOUSES, {"step": Step.PREPARING}, "en preparación"),
        (COVERAGE, {"value": Decimal("62.5")}, "valor de 62.5 %, con una meta de 100 %"),
        (CRIME, {"value": Decimal(0)}, "valor de 0, sin línea de base"),
        (
            {**CRIME, "baseline": Decimal(40)},
            {"value": Decimal("32.8")},
            "valor de 32.8, una variación de -18 % desde una línea de base de 40",
        ),
        (
            {**CRIME, "unit_of_measure": "casos", "baseline": Decimal(40)},
            {"value": Decimal(30)},
            "valor de 30 casos",
        ),
        (
            {**COVERAGE, "baseline": Decimal(60)},
            {"value": Decimal(48), "progress": Decimal(-30)},
            "valor de 48 %, con una meta de 100 %; retrocedió respecto de la línea de base, 60 %",
        ),
        (
            {**CRIME, "baseline": Decimal(60)},
            {"value": Decimal(72), "progress": Decimal(-40)},
            "valor de 72, una variación de +20 %; retrocedió respecto de la línea de base, 60",
        ),
        (
            COVERAGE,
            {"value": Decimal(-2), "progress": Decimal(-2)},
            "valor de -2 %, con una meta de 100 %",
        ),
        (SESSIONS, {"done": 5, "required": 6}, "5 de 6 cumplidos"),
        (SESSIONS, {"narrative": "No hubo sesiones."}, "sin cifra"),
        (COVERAGE, {"narrative": "Falta la encuesta."}, "sin cifra"),
    ],
)
def test_a_measure_is_said_as_it_was_entered(
    terms: dict[str, Any] | None, columns: dict[str, Any], said: str
) -> None:
    assert measured(revision(terms, **columns)) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Gerencia de Obras", "La Gerencia de Obras"),
        ("Oficina General", "La Oficina General"),
        ("Área de Sistemas", "El Área de Sistemas"),
        ("DEMUNA", "DEMUNA"),
    ],
)
def test_an_office_takes_its_article_where_it_is_known(name: str, said: str) -> None:
    assert who_reports(revision(unit=Unit(name=name))) == said


def test_without_an_office_the_municipality_reports() -> None:
    assert who_reports(revision(unit=None)) == "La municipalidad"


def test_the_coverage_of_support_counts_what_was_withdrawn_apart() -> None:
    some = revision()
    assert supported(some) == "sin sustento"
    assert supported(revision(supports=1)) == "1 sustento"
    some.supports.extend([support(), support(timezone.now())])
    assert supported(some) == "2 sustentos, 1 retirado"


def test_a_report_says_all_that_weakens_or_dates_it() -> None:
    told = revision(
        COVERAGE,
        value=Decimal("62.5"),
        progress=Decimal("62.5"),
        signal=Signal.LATE,
        revision=2,
        second_review=False,
        halted_since=dt.date(2019, 5, 2),
        submitted_at=dt.datetime(2019, 8, 5, 12, tzinfo=dt.UTC),
    )
    assert reported(chapter(revisions=(told,))) == (
        "La Gerencia de Obras informó al 30 de junio de 2019: "
        "valor de 62.5 %, con una meta de 100 %, sin sustento, "
        "con retraso frente a su cronograma, paralizado desde el 2 de mayo de 2019, "
        "informado con atraso, sin segunda revisión, corregido."
    )


def test_an_advance_that_is_not_the_value_itself_is_said_before_it() -> None:
    told = revision(
        {**CRIME, "baseline": Decimal(40)}, value=Decimal("27.4"), progress=Decimal(63), supports=1
    )
    assert reported(chapter(revisions=(told,))) == (
        "La Gerencia de Obras informó al 30 de junio de 2019: "
        "63 % de lo prometido (valor de 27.4, una variación de -31.5 % desde una línea de base de "
        "40), 1 sustento."
    )


MISSING = Arrival.MISSING


@pytest.mark.parametrize(
    ("arrival", "semester", "closed_at", "said"),
    [
        (MISSING, FIRST, None, "Sin informe. Venció el 31 de julio de 2019."),
        (
            MISSING,
            LAST,
            dt.datetime(2023, 2, 20, 12, tzinfo=dt.UTC),
            "Sin informe final. Venció el 31 de enero de 2023 y el semestre se cerró así el "
            "20 de febrero de 2023.",
        ),
        (Arrival.DUE, FIRST, None, "Todavía sin informe: vence el 31 de julio de 2019."),
        (
            Arrival.AHEAD,
            FIRST,
            None,
            "Aún no corresponde: se informa desde el 1 de julio de 2019 hasta el 31 de julio de "
            "2019.",
        ),
    ],
)
def test_a_semester_without_a_report_says_why(
    arrival: Arrival, semester: Semester, closed_at: dt.datetime | None, said: str
) -> None:
    assert silent_chapter(chapter(semester, arrival, closed_at=closed_at)) == said


def test_a_report_after_the_closing_says_so() -> None:
    closed = dt.datetime(2019, 8, 20, 12, tzinfo=dt.UTC)
    late = chapter(
        revisions=(revision(step=Step.RUNNING),),
        closing=Closing(None, Signal.SILENT),
        closed_at=closed,
    )
    assert chapter_notes(late) == [
        "Se publicó después del cierre: el 20 de agosto de 2019 el semestre se cerró sin informe."
    ]


def test_what_is_shortened_is_cut_between_words() -> None:
    assert shortened("Construcción  de\ninfraestructura", 40) == "Construcción de infraestructura"
    assert shortened("Construcción de infraestructura", 20) == "Construcción de…"
    assert shortened("Otorrinolaringología", 8) == "Otorrin…"
