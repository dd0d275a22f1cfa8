"""What is frozen when a report is issued: all that was published, and nothing else."""

import csv
import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Authority, Unit, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.services.editing import withdraw_elements
from tests.tracking.issued import HARD, NEXT, Accounted, content_of, promise_of
from tests.tracking.published import (
    NARRATIVE,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    report_everything,
)
from tests.tracking.simulated import simulated_plan
from tracking.accountability.content import Answering
from tracking.accountability.edition import Edition
from tracking.accountability.frozen import frozen, read
from tracking.accountability.groups import MOST_ROWS
from tracking.accountability.issuing import draft_content, draft_of, issue
from tracking.accountability.printing.table import csv_of
from tracking.ledger.chain import text_digest
from tracking.models import SemesterWindow
from tracking.public.figures.overview import overview_of
from tracking.reading.spending import financial_progress
from tracking.reading.strips import Arrival
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold

pytestmark = pytest.mark.django_db

SECOND = Semester(2019, 2)


def told(accounted: Accounted) -> Edition:
    return Edition(content_of(accounted.issue()))


def test_it_says_who_issued_what_of_when(accounted: Accounted) -> None:
    content = content_of(accounted.issue())
    assert content.municipality.full_name == "Municipalidad Provincial de Puno"
    assert (content.plan.term, content.semester, content.edition) == ("2019-2022", "2019-I", 1)
    assert content.plan.whose == "Lo que prometió su municipalidad"
    assert content.plan.standing_source == "Acta de proclamación, 7 de noviembre de 2018"
    assert content.days.due_on == accounted.window.due_on
    assert content.as_of == timezone.localdate()
    assert not content.simulated


def test_it_names_the_mayor_of_the_day_with_the_source(accounted: Accounted) -> None:
    place = accounted.plan.municipality
    held = {"municipality": place, "source": "Credencial del JNE"}
    past, today = timezone.localdate() - dt.timedelta(days=400), timezone.localdate()
    Authority.objects.create(name="Antes", office="Alcalde", since=past, until=past, **held)
    Authority.objects.create(name="Regidor", office="Regidor", since=today, **held)
    assert content_of(accounted.issue()).answering is None
    Authority.objects.create(name="Ahora", office="Alcaldesa", since=today, **held)
    said = draft_content(
        accounted.plan,
        accounted.window,
        draft_of(accounted.plan, accounted.window.semester, by=accounted.planner),
    )
    assert said.answering == Answering(
        name="Ahora", office="Alcaldesa", source="Credencial del JNE"
    )
    assert said.replaces
    assert "Cambió la autoridad que responde." in [each.what for each in said.replaces.changes]


def test_what_was_not_asked_before_the_first_semester_with_days_is_no_silence(
    puno_plan: Plan, puno_unit: Unit, planner: User
) -> None:
    """A term that was joined late."""
    elect(puno_plan)
    element_of(puno_plan, "S.1.1.1", puno_unit)
    window = open_window(puno_plan.municipality, SECOND)
    close_semester(window, by=planner)
    window.refresh_from_db()
    report = issue(puno_plan, window, edition=1, reason="", by=planner)
    assert {row.semester for row in content_of(report).standings} == {"2019-II"}
    promise = promise_of(report, "S.1.1.1")
    assert [cell.told for cell in promise.strip] == [Arrival.UNASKED, Arrival.MISSING]
    (targets, *_activities) = Edition(content_of(report)).balances
    assert (targets.standing.asked, targets.standing.reported) == (1, 0)


def test_a_report_is_there_in_full(accounted: Accounted) -> None:
    promise = promise_of(accounted.issue(), "S.1.1.1")
    report = promise.report
    assert report
    assert (report.step, report.stage, report.measured) == (2, "en-ejecucion", "en ejecución")
    assert (report.narrative, report.difficulties, report.next_steps) == (NARRATIVE, HARD, NEXT)
    assert (report.unit, promise.units) == ("Gerencia de Obras", ["Gerencia de Obras"])
    (support,) = report.supports
    assert support.code == accounted.report.supports.get().sha256
    assert (support.media_type, support.size) == ("application/pdf", 2048)


def test_what_was_not_reported_is_told_as_such(accounted: Accounted) -> None:
    edition = told(accounted)
    silent = edition.by_ref["S.1.1.2"]
    assert (silent.is_asked, silent.report) == (True, None)
    assert [(unit, [each.promise.ref for each in owed]) for unit, owed in edition.silent] == [
        ("Gerencia de Obras", ["S.1.1.2"])
    ]
    assert edition.silent_count == 1


def test_its_counts_are_those_of_the_plans_page(accounted: Accounted) -> None:
    edition = told(accounted)
    page = overview_of(accounted.plan, {"semestre": "2019-I"}, at=timezone.localdate())
    assert [each.sentence for each in edition.balances] == [each.sentence for each in page.balances]
    assert [each.coverage for each in edition.balances] == [each.coverage for each in page.balances]
    ((_social, rows),) = page.dimensions
    assert [each.sentence for each in edition.groups[0].balances] == [
        each.sentence for each in rows
    ]
    (unit,) = edition.units
    assert (unit.figures.asked, unit.figures.reported, unit.figures.supported) == (2, 1, 1)


def test_it_tells_nothing_of_later_semesters(accounted: Accounted) -> None:
    open_window(accounted.plan.municipality, SECOND)
    publish(draft(accounted.activity, SECOND, accounted.reporter), by=accounted.planner)
    content = content_of(accounted.issue())
    assert {each.semester for each in content.standings} == {"2019-I"}
    assert {cell.semester for each in content.promises for cell in each.strip} == {"2019-I"}


def test_what_only_officers_see_is_not_in_it(accounted: Accounted) -> None:
    secret = "Esto todavía no se publicó."
    correct(accounted.report, "Se contó mal.", accounted.reporter, narrative=secret)
    text = accounted.issue().content
    assert secret not in text
    for person in (accounted.planner, accounted.reporter):
        assert person.email not in text


def test_nothing_is_frozen_of_a_support_that_could_not_be_withheld(accounted: Accounted) -> None:
    text = accounted.issue().content
    assert accounted.report.supports.get().sha256 in text
    for said in ("Acta de recepción", "acta.pdf"):
        assert said not in text


def test_of_a_withheld_support_its_code_and_the_reason_stay(accounted: Accounted) -> None:
    support = accounted.report.supports.get()
    withhold(support, "Lleva números de DNI.", by=accounted.planner)
    text = accounted.issue().content
    report = read(text).promises[3].report
    assert report
    (told,) = report.supports
    assert (told.code, told.withheld_reason) == (support.sha256, "Lleva números de DNI.")


def test_what_was_asked_is_told_though_the_plan_has_it_no_longer(accounted: Accounted) -> None:
    withdraw_elements([accounted.activity, accounted.target], by=accounted.planner)
    edition = told(accounted)
    withdrawn = [edition.by_ref[ref] for ref in ("S.1.1.1", "S.1.1.2")]
    assert [(each.is_asked, each.is_withdrawn) for each in withdrawn] == [(True, True)] * 2
    assert {line.promise.ref for line in edition.groups[0].lines} >= {"S.1.1.1", "S.1.1.2"}


def test_a_report_in_words_on_what_holds_others_is_told_in_its_place(accounted: Accounted) -> None:
    problem = element_of(accounted.plan, "S.1", accounted.unit)
    begun = draft(problem, accounted.window.semester, accounted.reporter, step=None)
    publish(begun, by=accounted.planner)
    (line,) = (each for each in told(accounted).groups[0].lines if each.promise.ref == "S.1")
    assert line.is_heading
    assert line.report
    assert line.report.narrative == NARRATIVE


def test_spending_of_later_years_is_left_out(accounted: Accounted) -> None:
    for year in (2019, 2020):
        accounted.spend(year)
    edition = told(accounted)
    (spent,) = edition.content.spending
    assert (spent.year, str(financial_progress(spent))) == (2019, "25")
    assert (spent.known, spent.of) == (1, 1)
    assert [each.year for each in edition.by_ref["S.1.1.1"].spending] == [2019]


def test_the_code_of_an_investment_is_frozen_where_there_is_one(accounted: Accounted) -> None:
    assert '"cui"' not in accounted.issue().content
    PlanElement.objects.filter(pk=accounted.activity.pk).update(cui="2345678")
    report = accounted.issue(2, "Se añadió el código.")
    assert promise_of(report, "S.1.1.1").cui == "2345678"
    assert report.content.count('"cui"') == 1
    table = csv_of(content_of(report), report.code).decode("utf-8-sig").splitlines()
    assert [row["cui"] for row in csv.DictReader(table) if row["codigo"] == "S.1.1.1"] == [
        "2345678"
    ]


def test_the_same_content_is_the_same_text_and_is_read_back(operator: User) -> None:
    plan = simulated_plan("puno")
    window = SemesterWindow.objects.get(semester=Semester(2021, 1))
    content = draft_content(plan, window, draft_of(plan, window.semester, by=operator))
    text = frozen(content)
    assert read(text) == content
    assert frozen(read(text)) == text
    assert text_digest(text) != text_digest(frozen(replace(content, foreword="x")))


def test_the_demonstration_says_so_in_its_content(operator: User) -> None:
    plan = simulated_plan("otuzco")
    window = SemesterWindow.objects.get(semester=Semester(2021, 1))
    content = draft_content(plan, window, draft_of(plan, window.semester, by=operator))
    assert content.simulated
    assert "simulad" not in Edition(content).description  # said once, by whoever prints it


@pytest.mark.parametrize("more", [1, 30])
def test_the_number_of_queries_does_not_grow(
    accounted: Accounted, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in (2020, 2021)[:more]:
        window = open_window(accounted.plan.municipality, Semester(year, 1))
        publish(
            draft(accounted.activity, window.semester, accounted.reporter), by=accounted.planner
        )
    draft_of_it = draft_of(accounted.plan, accounted.window.semester, by=accounted.planner)
    with django_assert_num_queries(21):
        draft_content(accounted.plan, accounted.window, draft_of_it)


def test_beyond_a_thousand_rows_a_table_is_summed_up(accounted: Accounted) -> None:
    content = content_of(accounted.issue())
    silent = next(each for each in content.promises if each.ref == "S.1.1.2")
    many = [replace(silent, ref=f"S.1.1.2.{n}") for n in range(MOST_ROWS)]
    group, *_ = Edition(replace(content, promises=[*content.promises, *many])).groups
    assert group.is_summed_up
    assert [(promise.ref, said) for promise, said in group.sums] == [
        ("S.1.1", f"1 en ejecución, {MOST_ROWS + 1} sin informe")
    ]
    assert not Edition(content).groups[0].is_summed_up


def test_a_semester_that_is_still_open_has_no_report(puno_plan: Plan, planner: User) -> None:
    report_everything(puno_plan, planner)
    window = open_window(puno_plan.municipality, SECOND)
    with pytest.raises(ValueError, match="open semester"):
        draft_content(puno_plan, window, draft_of(puno_plan, SECOND, by=planner))


def test_what_was_asked_of_no_office_adds_up_too(accounted: Accounted) -> None:
    content = content_of(accounted.issue())
    silent = next(each for each in content.promises if each.ref == "S.1.1.2")
    nobodys = replace(silent, ref="S.1.1.3", units=[])
    units = Edition(replace(content, promises=[*content.promises, nobodys])).units
    assert [(row.name, row.figures.asked) for row in units] == [
        ("Gerencia de Obras", 2),
        ("Sin oficina asignada", 1),
    ]


def test_a_measured_report_of_what_was_not_asked_is_a_row_of_its_own(accounted: Accounted) -> None:
    content = content_of(accounted.issue())
    promises = [replace(each, is_asked=False) for each in content.promises]
    lines = {line.promise.ref: line for line in Edition(replace(content, promises=promises)).lines}
    assert not lines["S.1.1.1"].is_heading
    assert not lines["S.1.1.2"].is_heading
    assert lines["S.1.1"].is_heading
