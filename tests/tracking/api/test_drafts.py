"""A municipality's system writes a report, and sends it to review."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.models import Plan, PlanElement
from tests.tracking.office.acting import SAID, System, pointers
from tests.tracking.office.sent import TEXT, draft, publish, send
from tracking.choices import Act, ReportState, Step
from tracking.models import ProgressReport
from tracking.services.review import return_report, start_correction

pytestmark = pytest.mark.django_db

BEGINNING, CHANGING, SENDING = 19, 16, 20  # queries


def test_it_begins_a_report_as_its_person_would(
    system: System, activity: PlanElement, reporter: User
) -> None:
    told = system.begin(ref="S.1.1.1", **SAID)
    report = ProgressReport.objects.get()
    assert told["id"] == report.pk
    assert system.headers["Location"].endswith(f"/api/v1/drafts/{report.pk}/")
    assert (report.step, report.narrative, report.as_of) == (2, TEXT, dt.date(2019, 6, 30))
    assert (report.author, report.unit) == (reporter, reporter.current_memberships[0].unit)
    assert (told["review_state"], told["edit"], told["missing"]) == ("borrador", 1, [])
    assert told["asks"][0] == "step"
    assert "value" not in told["asks"]
    assert [step.act for step in report.review_steps.all()] == [Act.WRITTEN]


def test_it_changes_what_it_sends_and_leaves_the_rest(
    system: System, activity: PlanElement
) -> None:
    begun = system.begin(ref="S.1.1.1", **SAID)
    status, told = system.ask("PATCH", f"drafts/{begun['id']}/", {"edit": 1, "step": 3})
    assert (status, told["edit"]) == (200, 2)
    assert (told["step"], told["narrative"], told["as_of"]) == (3, TEXT, "2019-06-30")
    status, told = system.ask("PATCH", f"drafts/{begun['id']}/", {"edit": 2, "as_of": None})
    assert (told["as_of"], told["missing"]) == (None, ["Diga a qué día corresponde lo informado."])


def test_it_sends_a_report_to_review_and_takes_it_back(
    system: System, activity: PlanElement
) -> None:
    begun = system.begin(ref="S.1.1.1", **SAID)
    status, told = system.ask("POST", f"drafts/{begun['id']}/submit/", {"edit": 1})
    assert (status, told["review_state"]) == (200, "enviado")
    assert told["submitted_at"]
    status, told = system.ask("PATCH", f"drafts/{begun['id']}/", {"edit": told["edit"], "step": 3})
    assert status == 409
    assert "recupérelo" in told["detail"]
    assert told["current"]["review_state"] == "enviado"
    seen = {"edit": told["current"]["edit"]}
    status, told = system.ask("POST", f"drafts/{begun['id']}/recall/", seen)
    assert (status, told["review_state"]) == (200, "borrador")
    assert ProgressReport.objects.get().step == Step.RUNNING


def test_what_lacks_something_is_not_sent(system: System, activity: PlanElement) -> None:
    begun = system.begin(ref="S.1.1.1", narrative=TEXT)
    status, told = system.ask("POST", f"drafts/{begun['id']}/submit/", {"edit": 1})
    assert status == 409
    assert told["detail"] == "Diga a qué día corresponde lo informado. Elija en qué paso está."
    assert told["current"]["missing"] == begun["missing"]
    assert ProgressReport.objects.get().state == ReportState.DRAFT


def test_what_somebody_else_wrote_since_is_not_sent(
    system: System, activity: PlanElement, planner: User, puno: Municipality
) -> None:
    begun = system.begin(ref="S.1.1.1", **SAID)
    System(planner, puno).ask("PATCH", f"drafts/{begun['id']}/", {"edit": 1, "step": 4})
    for act in ("submit", "recall"):
        status, told = system.ask("POST", f"drafts/{begun['id']}/{act}/", {"edit": 1})
        assert (status, told["current"]["step"]) == (409, 4)
        status, told = system.ask("POST", f"drafts/{begun['id']}/{act}/", {"edit": 2, "x": 1})
        assert (status, pointers(told)) == (422, ["#/x"])
        assert system.ask("POST", f"drafts/{begun['id']}/{act}/", b"{{{")[0] == 400
    assert ProgressReport.objects.get().state == ReportState.DRAFT


def test_nobody_publishes_with_a_token(
    planner: User, puno: Municipality, activity: PlanElement, reporter: User
) -> None:
    report = send(activity, reporter)
    system = System(planner, puno)
    for address in (f"drafts/{report.pk}/publish/", f"reports/{report.pk}/"):
        assert system.ask("POST", address)[0] in {404, 405}
    status, told = system.ask(
        "PATCH", f"drafts/{report.pk}/", {"edit": report.edit, "state": "publicado"}
    )
    assert (status, pointers(told)) == (422, ["#/state"])
    assert not ProgressReport.objects.published().exists()


def test_who_wrote_since_is_not_overwritten(
    system: System, activity: PlanElement, planner: User
) -> None:
    begun = system.begin(ref="S.1.1.1", **SAID)
    other = System(planner, planner.current_memberships[0].municipality)  # type: ignore[arg-type]
    assert other.ask("PATCH", f"drafts/{begun['id']}/", {"edit": 1, "step": 4})[0] == 200
    status, told = system.ask("PATCH", f"drafts/{begun['id']}/", {"edit": 1, "step": 1})
    assert status == 409
    assert (told["current"]["step"], told["current"]["edit"]) == (4, 2)
    assert ProgressReport.objects.get().step == 4


def test_a_report_that_somebody_began_on_the_page_is_changed_and_not_begun_again(
    system: System, activity: PlanElement, reporter: User
) -> None:
    mine = draft(activity, reporter)
    status, told = system.ask(
        "POST", "drafts/", {"semester": "2019-I", "ref": "S.1.1.1", "step": 1}
    )
    address = told["current"]["url"]
    assert (status, told["detail"]) == (
        409,
        f"Usted ya tiene un borrador de este informe. Está en {address}: cámbielo ahí.",
    )
    assert (told["current"]["id"], told["current"]["narrative"]) == (mine.pk, TEXT)
    status, told = system.ask("PATCH", f"drafts/{mine.pk}/", {"edit": 1, "step": 1})
    assert (status, told["narrative"]) == (200, TEXT)


def test_what_was_published_is_corrected_by_people(
    system: System, activity: PlanElement, reporter: User, planner: User
) -> None:
    published = publish(activity, reporter, planner)
    status, told = system.ask("POST", "drafts/", {"semester": "2019-I", "ref": "S.1.1.1", **SAID})
    assert status == 409
    assert "lo que cambie va en una corrección" in told["detail"]
    assert system.ask("GET", f"drafts/{published.pk}/")[0] == 404
    correction = start_correction(published, "Se contó mal.", by=reporter)
    (row,) = system.rows("drafts/")
    assert (row["id"], row["revision"], row["correction_reason"]) == (
        correction.pk,
        2,
        "Se contó mal.",
    )
    status, _told = system.ask(
        "PATCH", f"drafts/{correction.pk}/", {"edit": row["edit"], "step": 3}
    )
    assert status == 200


def test_what_was_returned_says_why(
    system: System, activity: PlanElement, reporter: User, planner: User, puno: Municipality
) -> None:
    report = send(activity, reporter)
    return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    (row,) = system.rows("drafts/?review_state=devuelto")
    assert (row["review_state"], row["returned_because"]) == ("devuelto", "Falta el acta.")
    assert system.rows("drafts/?review_state=enviado") == []


def test_what_does_not_fit_is_named_and_nothing_is_written(
    system: System, activity: PlanElement
) -> None:
    for said, where in (
        ({"sabor": "vainilla"}, "#/sabor"),  # no such member
        ({"value": "12.5"}, "#/value"),  # of another measure
        ({"done": 1, "required": 2}, "#/done"),
        ({"parts_done": ["Una"]}, "#/parts_done"),
        ({"as_of": "2019-07-01"}, "#/as_of"),  # of another semester
        ({"halted_cause": "Lluvias"}, "#/halted_since"),
        ({"semester": "2031-I"}, "#/semester"),
        ({"ref": "S.9.9"}, "#/ref"),
    ):
        content = {"semester": "2019-I", "ref": "S.1.1.1", **SAID, **said}
        status, told = system.ask("POST", "drafts/", content)
        assert (status, where in pointers(told)) == (422, True), told
        assert all(each["detail"] for each in told["errors"])
    assert system.headers["Content-Type"] == "application/problem+json"
    assert not ProgressReport.objects.exists()


def test_a_list_costs_the_same_for_one_and_for_three(
    system: System,
    planner: User,
    puno: Municipality,
    activity: PlanElement,
    target: PlanElement,
    plan: Plan,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    system = System(planner, puno)
    system.begin(ref="S.1.1.1", **SAID)
    with django_assert_num_queries(6):
        assert len(system.rows("drafts/")) == 1
    system.begin(ref="S.1.1.2", narrative=TEXT)
    system.begin(ref="L", narrative=TEXT)
    with django_assert_num_queries(6):
        assert [row["ref"] for row in system.rows("drafts/")] == ["S.1.1.1", "S.1.1.2", "L"]
    assert [row["ref"] for row in system.rows("drafts/?page_size=1&ordering=-id")] == ["L"]


@pytest.mark.parametrize(
    "question",
    [
        "drafts/?sabor=vainilla",
        "drafts/?semester=2019",
        "drafts/?review_state=publicado",
        "drafts/?cursor=zzz",
        "drafts/?page_size=501",
        "worklist/?semester=hoy",
        "worklist/?semester=2019-I&semester=2019-II",
        "worklist/?page=0",
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    system: System, activity: PlanElement, question: str
) -> None:
    status, told = system.ask("GET", question)
    assert (status, len(told["errors"])) == (400, 1)


def test_what_is_written_costs_the_same_each_time(
    system: System,
    activity: PlanElement,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    system.get("worklist/")  # the day of its first use is noted
    with django_assert_num_queries(BEGINNING):
        begun = system.begin(ref="S.1.1.1", **SAID)
    address = f"drafts/{begun['id']}/"
    with django_assert_num_queries(CHANGING):
        assert system.ask("PATCH", address, {"edit": 1, "step": 3})[0] == 200
    with django_assert_num_queries(SENDING):
        assert system.ask("POST", f"{address}submit/", {"edit": 2})[0] == 200


def test_what_says_nothing_new_writes_nothing(
    system: System, activity: PlanElement, planner: User, puno: Municipality
) -> None:
    begun = system.begin(ref="S.1.1.1", **SAID)
    other = System(planner, puno)
    status, told = other.ask("PATCH", f"drafts/{begun['id']}/", {"edit": 1, "step": 2})
    assert (status, told) == (200, begun)
    for said in ({"edit": 1}, {"edit": 77}, {"edit": 1, "terms_version": 0}):
        status, told = other.ask("PATCH", f"drafts/{begun['id']}/", said)
        assert (status, pointers(told)) == (422, ["#"])
    assert [step.by for step in ProgressReport.objects.get().review_steps.all()] == [
        ProgressReport.objects.get().author
    ]


def test_what_was_begun_already_is_not_begun_again(
    system: System, activity: PlanElement, planner: User, puno: Municipality
) -> None:
    begun = system.begin(ref="S.1.1.1", **SAID)
    said = {"semester": "2019-I", "ref": "S.1.1.1", **SAID}
    assert System(planner, puno).ask("POST", "drafts/", said) == (200, begun)


@pytest.mark.parametrize("written", ["%202019-I", "2019-I%20", "2019-I%0A"])
def test_a_semester_is_read_alike_everywhere(
    system: System, activity: PlanElement, written: str
) -> None:
    system.begin(ref="S.1.1.1")
    for resource in ("drafts", "worklist"):
        assert len(system.rows(f"{resource}/?semester={written}")) == 1
