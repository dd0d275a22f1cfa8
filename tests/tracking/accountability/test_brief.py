"""What is said to who has a minute: three sentences, and the lists that matter."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from plans.choices import Level
from tests.conftest import MakeOnce
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.brief import SHORT, Brief
from tracking.accountability.content import Content, Promise
from tracking.accountability.edition import Edition
from tracking.choices import Signal, Stage, Verdict
from tracking.reading.strips import Arrival

pytestmark = pytest.mark.django_db
Told = Callable[..., Promise]


@pytest.fixture(scope="module")
def content(make_once: MakeOnce, accounted_once: Accounted) -> Content:
    return make_once(lambda: content_of(accounted_once.issue()))


@pytest.fixture
def told(content: Content) -> Told:
    """The promise that was reported, under another ref, its report and its cell CHANGED."""
    (promise,) = (each for each in content.promises if each.report)

    def make(ref: str, cell: dict[str, Any] | None = None, **changed: Any) -> Promise:
        assert promise.report
        changed = {"signal": Signal.ON_TIME, **changed}
        strip = [replace(promise.strip[-1], signal=changed["signal"], **(cell or {}))]
        return replace(promise, ref=ref, strip=strip, report=replace(promise.report, **changed))

    return make


def brief_of(content: Content, *promises: Promise) -> Brief:
    return Brief(Edition(replace(content, promises=list(promises))))


def refs(lines: list[Any]) -> list[str]:
    return [each.promise.ref for each in lines]


def test_where_nothing_was_reported_it_does_not_say_that_nothing_is_wrong(
    content: Content,
) -> None:
    (silent,) = (each for each in content.promises if each.is_silent)
    brief = brief_of(content, *(replace(silent, ref=f"S.{n}") for n in range(3)))
    assert brief.how == "No se informó ninguna de las 3 promesas que se pidieron."
    assert brief.how_bad == "No puede decirse: sin informes no se sabe qué va mal."
    assert brief.unknown.startswith("3 promesas sin informe (3 nunca se informaron)")
    assert brief.worst == []


def test_where_all_is_well_it_says_of_what_that_is_known(content: Content, told: Told) -> None:
    brief = brief_of(content, told("S.1"), told("S.2", signal=Signal.LATE))
    assert brief.how.endswith("Tienen informe de este semestre 2 de 2.")
    assert brief.how_bad == (
        "De lo informado, nada figura paralizado ni muy retrasado. 1 va con retraso."
    )


def test_the_worst_are_the_longest_halts_then_what_is_furthest_behind(
    content: Content, told: Told
) -> None:
    def behind(ref: str, progress: int) -> Promise:
        figures = {"progress": Decimal(progress), "planned": Decimal(60)}
        return told(ref, signal=Signal.VERY_LATE, **figures)

    halts = [told(f"S.{n}", halted_since=dt.date(2019, n, 1)) for n in (5, 2)]
    brief = brief_of(content, behind("S.7", 30), behind("S.8", 10), *halts)
    assert refs(brief.worst) == ["S.2", "S.5", "S.8"]
    assert brief.how_bad == "2 paralizadas y 2 muy retrasadas. Lo más grave:"
    assert refs(brief.very_late) == ["S.8", "S.7"]


def test_what_has_done_nothing_comes_before_what_has_done_a_part(
    content: Content, told: Told
) -> None:
    """By its figures, or by its stage where its schedule is one of steps."""
    half = {"progress": Decimal(42), "planned": Decimal(87)}
    steps = {"progress": None, "planned": None, "schedule": "entregado en parte"}
    brief = brief_of(
        content,
        told("S.1", signal=Signal.VERY_LATE, stage=Stage.PREPARING, **steps),
        told("S.2", signal=Signal.VERY_LATE, stage=Stage.PARTLY, **half),
        told("S.3", signal=Signal.VERY_LATE, stage=Stage.IDLE, **steps),
        told("S.4", signal=Signal.VERY_LATE, **{**half, "progress": Decimal(0)}),
    )
    assert refs(brief.very_late) == ["S.4", "S.3", "S.2", "S.1"]


def test_it_says_how_many_guidelines_nobody_reports_on(content: Content, told: Told) -> None:
    guideline = replace(told("L.1"), level=Level.GUIDELINE, is_asked=False, report=None)
    brief = brief_of(content, told("S.1"), guideline, replace(guideline, ref="L.2"))
    assert brief.edition.unfollowed == 2
    assert "2 lineamientos de los que la municipalidad no eligió informar" in brief.unknown


def test_what_stepped_back_is_counted_where_there_was_a_semester_before(
    content: Content, told: Told
) -> None:
    changes = {"back": ["S.1"]}
    later = replace(content, semester="2019-II", changed_since="2019-I", changes=changes)
    assert brief_of(later, told("S.1"), told("S.2")).back == 1
    assert brief_of(content, told("S.1")).back == 0


def test_what_was_delivered_with_a_support_comes_first(content: Content, told: Told) -> None:
    done = {"stage": Stage.WORKING}
    bare = told("S.1", cell={**done, "is_supported": False}, supports=[])
    brief = brief_of(content, bare, told("S.2", cell={**done, "is_supported": True}))
    assert refs(brief.achieved) == ["S.2", "S.1"]
    assert "1 informe sin sustento" in brief.unknown.lower()


def test_what_is_told_of_a_dimension_is_none_of_the_reports_without_a_support(
    content: Content, told: Told
) -> None:
    dimension = replace(told("S", supports=[]), level=Level.DIMENSION, is_asked=False)
    brief = brief_of(content, dimension, told("S.1", supports=[]), told("S.2"))
    assert (brief.sustained.bare, brief.sustained.reported) == (1, 2)


def test_a_list_that_is_too_long_says_how_many_more_there_are(content: Content) -> None:
    (silent,) = (each for each in content.promises if each.is_silent)
    shown = brief_of(content, *(replace(silent, ref=f"S.{n}") for n in range(50))).shown_silent
    assert (len(shown.lines), shown.more, shown.total) == (SHORT - 1, 51 - SHORT, 50)


def test_of_what_the_semester_kept_silent_it_is_unknown_how_it_goes(
    content: Content, told: Told
) -> None:
    """However well it went before: only what was delivered stays so."""

    def silent(ref: str, **before: Any) -> Promise:
        promise = told(ref, before)
        missing = replace(promise.strip[-1], semester="2019-II", told=Arrival.MISSING.value)
        return replace(promise, strip=[promise.strip[-1], missing], report=None)

    later = replace(content, semester="2019-II")
    brief = brief_of(
        later,
        silent("S.1"),
        silent("S.2", stage=Stage.WORKING),
        told("S.3"),
        silent("S.4", is_halted=True),
    )
    verdicts = [each.known.verdict for each in brief.edition.asked]
    assert verdicts == [Verdict.UNKNOWN, Verdict.DONE, Verdict.ON_TIME, Verdict.UNKNOWN]
    assert refs(brief.fell_silent) == ["S.4"]
    assert brief.halted == []


def test_of_a_plan_without_activities_nobody_is_said_to_have_registered_no_spending(
    content: Content, told: Told
) -> None:
    unspent = replace(content, spending=[])
    activity = told("S.1")
    target = replace(activity, level=Level.TARGET)
    assert brief_of(unspent, activity).unknown == "No se registró el gasto del año."
    assert brief_of(unspent, target).unknown == (
        "El gasto se registra por actividad, y el plan no tiene ninguna."
    )
