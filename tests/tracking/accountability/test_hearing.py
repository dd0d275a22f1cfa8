"""What is projected and spent is told as of the hearing at which a report is read."""

import datetime as dt
from copy import deepcopy
from dataclasses import replace
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client

from plans.semester import Semester
from plans.term import Term
from tests.tracking.issued import Accounted, content_of, on, promise_of
from tests.tracking.published import FIRST, closed_window
from tracking.accountability.content import Content
from tracking.accountability.edition import Edition
from tracking.accountability.hearing import year_to_project
from tracking.accountability.issuing import issue, save_draft_of
from tracking.models import AccountabilityReport, Expenditure
from tracking.services.spending import state_expenditures

SECOND, LAST = Semester(2019, 2), Semester(2022, 2)
EXPECTED = "Se terminará la posta."
OVER = "Las obras se terminaron."


@pytest.fixture
def accounted(db: None, accounted_once: Accounted) -> Accounted:
    return deepcopy(accounted_once)


@pytest.mark.parametrize(
    ("semester", "day", "year"),
    [
        (FIRST, dt.date(2019, 8, 20), 2019),
        (FIRST, dt.date(2019, 12, 31), 2019),
        (FIRST, dt.date(2020, 1, 1), None),  # too late: that year is over
        (SECOND, dt.date(2019, 12, 31), 2020),
        (SECOND, dt.date(2020, 4, 30), 2020),
        (SECOND, dt.date(2021, 1, 1), None),
        (LAST, dt.date(2023, 2, 1), None),  # the next year is another term's
    ],
)
def test_a_year_is_projected_until_it_is_over(
    semester: Semester, day: dt.date, year: int | None
) -> None:
    assert year_to_project(semester, Term(2019, 2022), day) == year


def issued(accounted: Accounted, day: dt.date, edition: int = 1, text: str = EXPECTED) -> Content:
    """The EDITION of the first semester on that DAY, with TEXT written as its projection."""
    plan, by = accounted.plan, accounted.planner
    with on(day):
        texts = {"foreword": f"Edición {edition}.", "projection": text}
        save_draft_of(plan, FIRST, texts, seen=edition - 1, by=by)
        return content_of(accounted.issue(edition, "Se corrigió." if edition > 1 else ""))


def budget(content: Content) -> str:
    context = {"edition": Edition(content), "content": content}
    return " ".join(unescape(render_to_string("accountability/_budget.html", context)).split())


@pytest.mark.django_db
def test_a_projection_says_of_which_year_it_is_and_when_it_was_made(accounted: Accounted) -> None:
    page = budget(issued(accounted, dt.date(2019, 8, 20)))
    assert "<h3>Proyección al cierre de 2019</h3>" in page
    assert EXPECTED in page
    assert "Es lo que se preveía el 20 de agosto de 2019." in page


@pytest.mark.django_db
def test_the_second_half_of_a_year_projects_the_next_one(accounted: Accounted) -> None:
    window = closed_window(accounted.plan.municipality, SECOND, accounted.planner)
    with on(dt.date(2020, 3, 2)):
        content = content_of(issue(accounted.plan, window, edition=1, by=accounted.planner))
    assert "<h3>Proyección al cierre de 2020</h3> <p>La municipalidad no escribió" in budget(
        content
    )


@pytest.mark.django_db
def test_too_late_there_is_no_projection(accounted: Accounted) -> None:
    content = issued(accounted, dt.date(2020, 2, 3))
    assert (content.projection, content.projection_year) == ("", None)
    assert "Proyección" not in budget(content)


@pytest.mark.django_db
def test_a_later_edition_keeps_what_was_projected_with_its_day(accounted: Accounted) -> None:
    issued(accounted, dt.date(2019, 8, 20))
    content = issued(accounted, dt.date(2020, 2, 3), 2, "Otra cosa.")
    page = budget(content)
    assert EXPECTED in page
    assert "Es lo que se preveía el 20 de agosto de 2019." in page
    assert content.replaces
    assert [each.what for each in content.replaces.changes] == ["Cambió la presentación."]


@pytest.mark.django_db
def test_what_is_projected_anew_has_its_own_day(accounted: Accounted) -> None:
    issued(accounted, dt.date(2019, 8, 20))
    content = issued(accounted, dt.date(2019, 11, 4), 2, "Se terminará en 2020.")
    assert "Es lo que se preveía el 4 de noviembre de 2019." in budget(content)


@pytest.mark.django_db
def test_an_edition_from_before_these_rules_is_read_as_it_was(accounted: Accounted) -> None:
    content = replace(content_of(accounted.issue()), projection=OVER, semester="2019-II")
    page = budget(content)
    assert f'<h3>Proyección al cierre de 2019</h3> <p class="typed" dir="auto">{OVER}</p>' in page
    assert "preveía" not in page


def spend(accounted: Accounted, day: dt.date, accrued: int, revision: int = 1) -> None:
    row = Expenditure(element=accounted.activity, year=2019, pia=100, pim=200, accrued=accrued)
    row.as_of, row.source = day, "SIAF"
    row.reason = "Cifra posterior" if revision > 1 else ""
    assert state_expenditures([(row, revision - 1)], by=accounted.planner).saved


def spent(report: AccountabilityReport) -> list[tuple[int, dt.date]]:
    return [(int(each.accrued), each.as_of) for each in promise_of(report, "S.1.1.1").spending]


JUNE, AUGUST, DECEMBER = dt.date(2019, 6, 30), dt.date(2019, 8, 15), dt.date(2019, 12, 31)


@pytest.mark.django_db
def test_spending_is_cut_at_the_end_of_the_semester(accounted: Accounted) -> None:
    for revision, (day, accrued) in enumerate([(JUNE, 40), (AUGUST, 70), (DECEMBER, 190)], 1):
        spend(accounted, day, accrued, revision)
    assert spent(accounted.issue()) == [(40, JUNE)]


@pytest.mark.django_db
def test_what_was_first_recorded_after_it_stands_with_its_day(
    client: Client, accounted: Accounted
) -> None:
    for revision, (day, accrued) in enumerate([(DECEMBER, 190), (AUGUST, 70)], 1):
        spend(accounted, day, accrued, revision)
    report = accounted.issue()
    assert spent(report) == [(70, AUGUST)]
    page = unescape(client.get(f"{report.get_absolute_url()}todo/").content.decode())
    assert "2019, al 15/08/2019: gastado S/\u00a070" in page


@pytest.mark.django_db
def test_of_a_year_that_is_over_the_last_figures_count(accounted: Accounted) -> None:
    for revision, (day, accrued) in enumerate([(JUNE, 40), (dt.date(2020, 2, 9), 195)], 1):
        spend(accounted, day, accrued, revision)
    window = closed_window(accounted.plan.municipality, SECOND, accounted.planner)
    report = issue(accounted.plan, window, edition=1, by=accounted.planner)
    assert spent(report) == [(195, dt.date(2020, 2, 9))]
