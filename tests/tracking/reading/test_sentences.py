"""What was reported, said in plain sentences."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit
from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.choices import Signal, Step
from tracking.models import ProgressReport, SemesterWindow, Support
from tracking.reading.sentences import (
    chapter_notes,
    measured,
    reported,
    silence,
    silent_chapter,
    status,
    supported,
    who_reports,
)
from tracking.reading.story import Chapter, Revision
from tracking.reading.strip_words import strip_words
from tracking.reading.strips import Cell, Closing, Told

FIRST, SECOND, LAST = Semester(2019, 1), Semester(2019, 2), Semester(2022, 2)


def revision(terms: dict[str, Any] | None = None, supports: int = 0, **columns: Any) -> Revision:
    defaults = {
        "semester": FIRST,
        "as_of": dt.date(2019, 6, 30),
        "unit": Unit(name="Gerencia de Obras"),
        "submitted_at": dt.datetime(2019, 7, 20, 12, tzinfo=dt.UTC),
        "second_review": True,
        "signal": Signal.NO_SCHEDULE,
        "element": PlanElement(level=Level.ACTIVITY),
        "terms": MeasuringTerms(**terms) if terms else None,
    }
    report = ProgressReport(**{**defaults, **columns})
    return Revision(report, [support() for _ in range(supports)])


def support(withheld_at: dt.datetime | None = None) -> Any:
    made: Any = Support()
    made.withheld_at = withheld_at
    return made


def window(semester: Semester, **days: Any) -> SemesterWindow:
    opens_on = semester.last_day + dt.timedelta(1)
    due_on = opens_on + dt.timedelta(30)
    return SemesterWindow(semester=semester, opens_on=opens_on, due_on=due_on, **days)


def chapter(
    semester: Semester = FIRST,
    told: Told = Told.REPORTED,
    revisions: tuple[Revision, ...] = (),
    closing: Closing | None = None,
    closed_at: dt.datetime | None = None,
) -> Chapter:
    cell = Cell(semester, told, is_final=semester == LAST)
    return Chapter(cell, window(semester, closed_at=closed_at), closing, list(revisions))


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


def test_an_advance_that_is_not_the_value_itself_is_said_too() -> None:
    told = revision(
        {**CRIME, "baseline": Decimal(40)}, value=Decimal("27.4"), progress=Decimal(63), supports=1
    )
    assert reported(chapter(revisions=(told,))) == (
        "La Gerencia de Obras informó al 30 de junio de 2019: "
        "valor de 27.4, una variación de -31.5 % desde una línea de base de 40, 63 % de avance, "
        "1 sustento."
    )


@pytest.mark.parametrize(
    ("sent", "is_late"),
    [
        (dt.datetime(2019, 7, 31, 23, 59), False),
        (dt.datetime(2019, 8, 1, 0, 1), True),
    ],
)
def test_late_is_from_midnight_in_peru(sent: dt.datetime, *, is_late: bool) -> None:
    told = revision(step=Step.RUNNING, submitted_at=timezone.make_aware(sent))
    assert chapter(revisions=(told,)).is_late is is_late


def test_a_correction_does_not_make_a_report_late() -> None:
    first = revision(step=Step.RUNNING)
    second = revision(
        step=Step.RUNNING, revision=2, submitted_at=dt.datetime(2020, 3, 1, 12, tzinfo=dt.UTC)
    )
    assert not chapter(revisions=(second, first)).is_late


MISSING = Told.MISSING


@pytest.mark.parametrize(
    ("semesters", "said"),
    [
        ([SECOND], "Sin informe del semestre 2019-II, vencido el 31 de enero de 2020."),
        (
            [FIRST, SECOND],
            "Sin informe de 2 semestres, de 2019-I a 2019-II; "
            "el último venció el 31 de enero de 2020.",
        ),
        ([LAST], "Sin informe final: el del semestre 2022-II venció el 31 de enero de 2023."),
        (
            [Semester(2022, 1), LAST],
            "Sin informe de 2 semestres, de 2022-I a 2022-II; tampoco el final, "
            "que venció el 31 de enero de 2023.",
        ),
    ],
)
def test_a_silence_names_its_semester_and_its_day(semesters: list[Semester], said: str) -> None:
    assert silence([chapter(each, MISSING) for each in semesters]) == said


def test_the_status_is_the_newest_report_and_the_silence_since() -> None:
    element = PlanElement(level=Level.ACTIVITY)
    element.is_reportable = True
    chapters = [
        chapter(FIRST, MISSING),
        chapter(SECOND, revisions=(revision(step=Step.RUNNING),)),
        chapter(Semester(2020, 1), MISSING),
        chapter(Semester(2020, 2), Told.DUE),
    ]
    assert status(element, chapters) == [
        "La Gerencia de Obras informó al 30 de junio de 2019: en ejecución, sin sustento.",
        "Sin informe del semestre 2020-I, vencido el 31 de julio de 2020.",
    ]


@pytest.mark.parametrize(
    ("told", "semester", "closed_at", "said"),
    [
        (MISSING, FIRST, None, "Sin informe. Venció el 31 de julio de 2019."),
        (
            MISSING,
            LAST,
            dt.datetime(2023, 2, 20, 12, tzinfo=dt.UTC),
            "Sin informe final. Venció el 31 de enero de 2023 y el semestre se cerró así el "
            "20 de febrero de 2023.",
        ),
        (Told.DUE, FIRST, None, "Todavía sin informe: vence el 31 de julio de 2019."),
        (
            Told.AHEAD,
            FIRST,
            None,
            "Aún no corresponde: se informa desde el 1 de julio de 2019 hasta el 31 de julio de "
            "2019.",
        ),
    ],
)
def test_a_semester_without_a_report_says_why(
    told: Told, semester: Semester, closed_at: dt.datetime | None, said: str
) -> None:
    assert silent_chapter(chapter(semester, told, closed_at=closed_at)) == said


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


def test_a_strip_reads_as_text() -> None:
    cells = [
        Cell(FIRST, MISSING),
        Cell(SECOND, MISSING),
        Cell(Semester(2020, 1), Told.REPORTED, progress=Decimal("37.46"), signal=Signal.LATE),
        Cell(
            Semester(2020, 2),
            Told.REPORTED,
            step=Step.WORKING,
            signal=Signal.NO_SCHEDULE,
            is_supported=True,
            is_corrected=True,
        ),
        Cell(Semester(2021, 1), Told.REPORTED, signal=Signal.NOT_MEASURABLE, is_supported=True),
        Cell(Semester(2021, 2), Told.DUE),
        Cell(Semester(2022, 1), Told.AHEAD),
        Cell(LAST, Told.AHEAD, is_final=True),
    ]
    assert strip_words(cells) == (
        "2019-I a 2019-II: sin informe; 2020-I: 37.5 %, con retraso, sin sustento; "
        "2020-II: entregado y funcionando, corregido; 2021-I: informado, aún no medible; "
        "2021-II: por informar; 2022-I a 2022-II: aún no corresponde"
    )


def test_a_regress_is_named_in_the_words_of_a_strip() -> None:
    cell = Cell(FIRST, Told.REPORTED, progress=Decimal(-30), is_supported=True)
    assert strip_words([cell]) == "2019-I: -30 %, retroceso"


def test_the_last_semester_is_a_final_report() -> None:
    assert strip_words([Cell(LAST, MISSING, is_final=True)]) == "2022-II: sin informe final"
