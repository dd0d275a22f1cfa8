"""What is simulated: all that can happen to a report, and nothing that a form would refuse."""

import datetime as dt
from copy import deepcopy

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.choices import Role
from accounts.models import Membership, User
from plans.choices import Level
from plans.forms.terms import faults
from plans.models import MeasuringTerms, Plan
from plans.semester import Semester
from tests.conftest import MakeOnce
from tests.tracking.simulated import simulated_plan
from tracking.choices import Act, ReportState, Signal
from tracking.demo.files import WORDS, picture
from tracking.files.uploads import receive
from tracking.measuring.entry import entry_of
from tracking.measuring.result import result_of
from tracking.models import (
    ClosingLine,
    Expenditure,
    ProgressReport,
    ReviewStep,
    SemesterWindow,
    Support,
)


@pytest.fixture(scope="module")
def both(make_once: MakeOnce) -> tuple[Plan, Plan]:
    return make_once(lambda: (simulated_plan("tarata"), simulated_plan("huancane")))


@pytest.fixture
def tarata(db: None, both: tuple[Plan, Plan]) -> Plan:
    """A real plan with every level but activities, and its progress simulated."""
    return deepcopy(both[0])


@pytest.fixture
def huancane(db: None, both: tuple[Plan, Plan]) -> Plan:
    """A real plan with activities, and its progress simulated."""
    return deepcopy(both[1])


def test_real_and_simulated_never_mix(tarata: Plan) -> None:
    tarata.simulated = False
    with pytest.raises(IntegrityError, match="simulated_as_its_plan"), transaction.atomic():
        tarata.save()
    report = ProgressReport.objects.filter(state=ReportState.DRAFT)
    with pytest.raises(IntegrityError, match="simulated_as_its_plan"), transaction.atomic():
        report.update(simulated=False)


def test_every_state_and_fate_is_there_to_be_seen(huancane: Plan) -> None:
    reports = ProgressReport.objects.all()
    assert {each.state for each in reports} == set(ReportState.values)
    window_of = {each.semester: each for each in SemesterWindow.objects.all()}
    published = [each for each in reports if each.is_published]
    sent_on = [
        (each.submitted_at.date(), window_of[each.semester])
        for each in published
        if each.submitted_at
    ]
    assert any(day > window.due_on for day, window in sent_on)
    assert any(day <= window.due_on for day, window in sent_on)
    assert any(day > window.closed_at.date() for day, window in sent_on if window.closed_at)
    assert any(each.revision == 2 for each in published)
    assert any(each.step == 0 for each in published)
    assert any(each.halted_since for each in published)
    assert any(each.difficulties for each in published)
    supported = set(Support.objects.values_list("report", flat=True))
    assert 0 < sum(each.pk in supported for each in published) < len(published)
    assert ReviewStep.objects.filter(act=Act.RETURNED, report__state=ReportState.PUBLISHED).exists()
    assert ClosingLine.objects.filter(signal=Signal.SILENT).exists()


def test_all_but_the_last_semester_are_closed(tarata: Plan) -> None:
    windows = tarata.municipality.windows.order_by("semester")
    assert [(str(each.semester), each.is_closed) for each in windows] == [
        ("2019-I", True),
        ("2019-II", True),
        ("2020-I", True),
        ("2020-II", True),
        ("2021-I", True),
        ("2021-II", True),
        ("2022-I", True),
        ("2022-II", False),
    ]
    still_open = ProgressReport.objects.open().values_list("semester", flat=True)
    assert set(still_open) == {Semester(2022, 2)}


def test_a_closing_fixes_what_was_published_by_then(tarata: Plan) -> None:
    reportable = tarata.elements.reportable().count()
    for window in tarata.municipality.windows.exclude(closed_at=None):
        lines = list(window.lines.select_related("report"))
        assert len(lines) == reportable
        for line in lines:
            earlier = ProgressReport.objects.filter(
                element=line.element_id,
                semester=window.semester,
                published_at__lte=window.closed_at,
            )
            newest = earlier.order_by("-revision").first()
            assert line.report == newest
            assert line.signal == (newest.signal if newest else Signal.SILENT)


def test_each_result_is_frozen_as_it_would_be_computed(huancane: Plan) -> None:
    reports = huancane.reports.published().select_related("terms", "element")
    reportable = set(huancane.elements.reportable().values_list("pk", flat=True))
    assert reports.exclude(progress=None).exists()
    for report in reports:
        is_reportable = report.element_id in reportable
        entry = entry_of(report.element, report.terms, is_reportable=is_reportable)
        result = result_of(report, entry, report.terms)
        assert (report.progress, report.planned) == (result.progress, result.planned)
        assert report.signal == result.signal


def test_the_terms_in_force_when_a_report_was_published_measure_it(huancane: Plan) -> None:
    changed = MeasuringTerms.objects.filter(reason__contains="reprogramó").first()
    assert changed
    reports = ProgressReport.objects.published().filter(element=changed.element_id)
    for report in reports:
        assert report.published_at
        assert report.terms
        is_later = report.published_at.date() >= changed.in_force_from
        assert report.terms.version == changed.version - (0 if is_later else 1)
    versions = set(reports.values_list("terms__version", flat=True))
    assert versions == {changed.version - 1, changed.version}


def test_steps_come_in_order_and_never_in_the_future(tarata: Plan, huancane: Plan) -> None:
    now = dt.datetime.now(dt.UTC)
    for report in ProgressReport.objects.prefetch_related("review_steps__by"):
        steps = sorted(report.review_steps.all(), key=lambda step: step.pk)
        instants = [step.at for step in steps]
        assert instants == sorted(instants)
        assert instants[-1] <= now
        assert steps[0].act == Act.WRITTEN
        assert report.updated_at == instants[-1]
        if report.is_published:
            assert steps[-1].act == Act.PUBLISHED
            assert (steps[-1].by, steps[-1].at) == (report.published_by, report.published_at)
            assert report.submitted_at
            assert report.published_at
            assert report.submitted_at < report.published_at
        sent = [step.at for step in steps if step.act == Act.SUBMITTED]
        assert report.submitted_at == (sent[-1] if sent else None)


def test_nobody_publishes_their_own_unless_they_plan_alone(tarata: Plan, huancane: Plan) -> None:
    assert Membership.objects.filter(role=Role.PLANNING).count() == 3
    published = ProgressReport.objects.published().prefetch_related("review_steps")
    alone = [each for each in published if each.second_review is False]
    assert alone
    assert {each.plan_id for each in alone} == {tarata.pk}
    for report in published:
        wrote = {step.by_id for step in report.review_steps.all() if step.act == Act.WRITTEN}
        assert (report.published_by_id not in wrote) == report.second_review


def test_a_correction_gives_another_figure_and_its_reason(huancane: Plan) -> None:
    corrections = ProgressReport.objects.filter(revision=2)
    assert corrections.exists()
    for report in corrections:
        first = ProgressReport.objects.get(
            element=report.element_id, semester=report.semester, revision=1
        )
        assert report.correction_reason.startswith("Demostración: ")
        assert report.published_at
        assert first.published_at
        assert report.published_at > first.published_at
        measures = ("step", "value", "parts_done", "done", "required")
        assert any(getattr(report, name) != getattr(first, name) for name in measures)
        digests = [each.sha256 for each in report.supports.all()]
        assert digests == [each.sha256 for each in first.supports.all()]


def test_what_is_delivered_stays_delivered(huancane: Plan) -> None:
    reports = ProgressReport.objects.filter(revision=1).exclude(step=None)
    course: dict[int, list[int]] = {}
    for report in reports.order_by("semester"):
        course.setdefault(report.element_id, []).append(report.step or 0)
    assert all(steps == sorted(steps) for steps in course.values())


def test_every_text_says_that_it_is_simulated(tarata: Plan, huancane: Plan) -> None:
    for report in ProgressReport.objects.all():
        assert report.narrative.startswith("Avance simulado: ")
        assert report.difficulties == "" or report.difficulties.startswith("Dificultad simulada: ")
        assert report.next_steps == "" or report.next_steps.startswith("Próximo paso simulado: ")
        assert report.halted_cause == "" or report.halted_cause.startswith("Demostración: ")
    reasons = set(ReviewStep.objects.exclude(reason="").values_list("reason", flat=True))
    reasons |= set(MeasuringTerms.objects.filter(by__isnull=False).values_list("reason", flat=True))
    assert all(reason.startswith("Demostración: ") for reason in reasons)
    sources = set(MeasuringTerms.objects.exclude(baseline=None).values_list("baseline_source"))
    sources |= set(Expenditure.objects.values_list("source"))
    assert sources <= {("Dato simulado para demostración",)}
    assert all("simulad" in title for (title,) in Support.objects.values_list("title"))
    assert all("(demostración)" in name for (name,) in User.objects.values_list("name"))


def test_planning_could_have_stated_its_terms_by_hand(huancane: Plan) -> None:
    """Whatever a form would refuse is not simulated either."""
    newest: dict[int, MeasuringTerms] = {}
    rows = MeasuringTerms.objects.select_related("element__plan").order_by("element", "version")
    assert rows.exists()
    for terms in rows:
        if terms.by_id:  # the text states what it states
            assert list(faults(terms, newest.get(terms.element_id))) == []
        newest[terms.element_id] = terms


def test_a_year_never_costs_more_than_its_budget_and_sums_are_round(huancane: Plan) -> None:
    rows = Expenditure.objects.all()
    assert {row.year for row in rows} == {2019, 2020, 2021, 2022}
    assert all(row.pim % 1000 == 0 and row.accrued % 1000 == 0 for row in rows)
    assert all(row.element.level == Level.ACTIVITY for row in rows.select_related("element"))


def test_the_files_are_what_their_names_say(tarata: Plan) -> None:
    files = Support.objects.exclude(file_name="")
    assert set(files.values_list("media_type", flat=True)) == {
        "application/pdf",
        "image/jpeg",
        "image/png",
    }
    for support in files.order_by("sha256").distinct("sha256"):
        with default_storage.open(support.storage_name) as stored:
            content = stored.read()
        assert len(content) == support.size
        received = receive(SimpleUploadedFile(support.file_name, content))
        assert received.kind.media_type == support.media_type
        assert received.sha256 == support.sha256


def test_a_picture_shows_each_letter_of_its_words() -> None:
    of_no_letter = picture(("\U0010fffd",), "PNG")
    assert not [letter for letter in set(WORDS) if picture((letter,), "PNG") == of_no_letter]


def test_links_lead_to_a_name_that_nobody_can_own(huancane: Plan) -> None:
    supports = Support.objects.filter(report__plan=huancane)
    links = supports.exclude(url="").values_list("url", flat=True)
    assert links
    assert all(link.startswith("https://huancane.example/") for link in links)
