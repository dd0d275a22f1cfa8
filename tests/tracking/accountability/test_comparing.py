"""What a new edition says that the one before did not."""

from copy import deepcopy
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from plans.choices import Answering
from plans.services.editing import withdraw_elements
from plans.services.responsibilities import answer_for
from tests.factories import make_unit
from tests.tracking.issued import Accounted, content_of
from tests.tracking.published import draft, publish
from tracking.accountability.comparing import changes_between, tells_the_same
from tracking.accountability.content import CellSaid, Content
from tracking.accountability.issuing import save_draft_of
from tracking.models import AccountabilityReport
from tracking.services.supports import withhold

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounted(db: None, accounted_once: Accounted) -> Accounted:
    return deepcopy(accounted_once)


def changes(report: AccountabilityReport) -> list[tuple[str, str]]:
    replaced = content_of(report).replaces
    assert replaced
    return [(each.ref, each.what) for each in replaced.changes]


def second(accounted: Accounted) -> AccountabilityReport:
    return accounted.issue(2, "Se corrigió un dato.")


def test_a_correction_is_told_with_what_it_said_before(accounted: Accounted) -> None:
    first = accounted.issue()
    accounted.correct("Se contó mal.")
    report = second(accounted)
    assert changes(report) == [
        (
            "S.1.1.1",
            "Se corrigió: decía «en ejecución» y dice «entregado en parte». Motivo: Se contó mal.",
        )
    ]
    replaced = content_of(report).replaces
    assert replaced
    assert (replaced.edition, replaced.code, replaced.reason) == (
        1,
        first.code,
        "Se corrigió un dato.",
    )


def test_a_correction_of_words_alone(accounted: Accounted) -> None:
    accounted.issue()
    accounted.correct("Faltaba una palabra.", narrative="Se firmó el convenio nuevo.")
    told = "Se corrigió el informe. Motivo: Faltaba una palabra."
    assert changes(second(accounted)) == [("S.1.1.1", told)]


def test_a_report_that_came_after(accounted: Accounted) -> None:
    accounted.issue()
    begun = draft(accounted.target, accounted.window.semester, accounted.reporter, step=None)
    publish(begun, by=accounted.planner)
    assert changes(second(accounted))[0][0] == "S.1.1.2"
    assert changes(AccountabilityReport.objects.get(edition=2))[0][1].startswith(
        "Se informó después"
    )


def test_a_withheld_support(accounted: Accounted) -> None:
    accounted.issue()
    withhold(accounted.report.supports.get(), "Lleva DNI.", by=accounted.planner)
    assert changes(second(accounted)) == [("S.1.1.1", "Se retiró 1 sustento.")]


def test_what_planning_wrote(accounted: Accounted) -> None:
    accounted.issue()
    texts = {"foreword": "Hicimos lo que se pudo.", "projection": ""}
    save_draft_of(accounted.plan, accounted.window.semester, texts, seen=0, by=accounted.planner)
    assert changes(second(accounted)) == [("", "Cambió la presentación.")]


def test_nothing_changed_is_no_edition(accounted: Accounted) -> None:
    accounted.issue()
    with pytest.raises(ValidationError, match="Nada cambió desde la edición 1"):
        second(accounted)


def test_what_left_the_plan(accounted: Accounted) -> None:
    accounted.issue()
    withdraw_elements([accounted.target], by=accounted.planner)
    told = changes(second(accounted))
    assert ("S.1.1.2", "Se retiró del plan.") in told


def test_another_office_today_does_not_change_a_closed_semester(accounted: Accounted) -> None:
    """The closing fixed who answered."""
    accounted.issue()
    other = make_unit(accounted.plan.municipality, "Gerencia Social")
    answer_for([accounted.activity], other, Answering.REPLACE, by=accounted.planner)
    told = changes(second(accounted))
    assert [ref for ref, _what in told] == [""]


def test_an_earlier_semester_that_is_told_otherwise(accounted: Accounted) -> None:
    content = content_of(accounted.issue())
    cell = content.promises[3].strip[0]
    later = replace(cell, semester="2019-II")

    def told(first: CellSaid) -> Content:
        promises = list(content.promises)
        promises[3] = replace(promises[3], strip=[first, later])
        return replace(content, promises=promises)

    changed = changes_between(told(cell), told(replace(cell, is_corrected=True)))
    assert [(each.ref, each.what) for each in changed] == [
        ("S.1.1.1", "Cambió lo informado del semestre 2019-I.")
    ]
    of_an_older_format = told(cell), told(replace(cell, is_halted=True))
    assert [each.ref for each in changes_between(*of_an_older_format)] == [""]


def test_another_address_of_the_portal_is_no_change(accounted: Accounted) -> None:
    content = content_of(accounted.issue())
    promises = [replace(each, page=f"https://vigia.pe{each.page}") for each in content.promises]
    moved = replace(
        content, promises=promises, page="https://vigia.pe/", verify="https://vigia.pe/"
    )
    assert tells_the_same(content, moved)
    assert changes_between(content, moved) == []
