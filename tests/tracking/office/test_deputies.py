"""Whoever is away has somebody who reports for their unit, on those days and no others."""

import datetime as dt
from http import HTTPStatus
from typing import Any, Final

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Deputyship, Membership, Municipality, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.factories import make_person, make_unit
from tests.pages import errors_of, shown, unescaped
from tests.tracking.office.reminded import DAY_BEFORE, letters
from tests.tracking.office.sent import draft, send
from tracking.choices import Act, NoticeKind
from tracking.models import Notice, ProgressReport
from tracking.office.letters import send_day_letters
from tracking.services.deputies import name_deputy
from tracking.services.review import return_report

pytestmark = pytest.mark.django_db
PAGE: Final = "/gestion/reemplazos/puno/"
REPORT: Final = "/gestion/semestre/puno/2019-I/S.1.1.1/"
DAY: Final = dt.timedelta(days=1)
TYPED: Final = {"step": "2", "narrative": "Se firmó.", "as_of": "2019-06-30", "entry": "paso"}


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def lent(puno: Municipality, reporter: User, colleague: User, today: dt.date) -> Deputyship:
    """The colleague stands in for the reporter today."""
    return name_deputy(puno, reporter, colleague, today, today, by=reporter)


def name(client: Client, deputy: User, first: dt.date, last: dt.date, **more: Any) -> Any:
    days = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
    return client.post(PAGE, {"deputy": deputy.pk, **days, **more})


def writes(client: Client) -> int:
    """The status with which they are answered who save the report of the unit that is away."""
    edit = ProgressReport.objects.values_list("edit", flat=True).first() or 0
    status: int = client.post(REPORT, {**TYPED, "edit": edit}).status_code
    return status


def test_a_deputy_does_what_the_person_could_and_the_history_says_for_whom(
    activity: PlanElement, reporter: User, colleague: User, lent: Deputyship, signed_in: SignIn
) -> None:
    client = signed_in(colleague)
    assert "Guardar borrador" in shown(client, REPORT)
    assert client.post(REPORT, {**TYPED, "accion": "enviar"}).status_code == HTTPStatus.FOUND
    report = ProgressReport.objects.get()
    assert report.unit == reporter.current_memberships[0].unit
    steps = report.review_steps.values_list("act", "by", "on_behalf_of")
    assert list(steps) == [(act, colleague.pk, reporter.pk) for act in (Act.WRITTEN, Act.SUBMITTED)]
    assert f"{colleague}, por encargo de {reporter}: Lo envió a revisión" in shown(client, REPORT)
    client.post(f"{REPORT}conversacion/", {"mensaje": "El acta llega el lunes."})
    said = shown(client, REPORT).split('id="conversacion"')[1]
    assert said.index(f"{colleague}, por encargo de {reporter}") < said.index("El acta llega")
    assert str(reporter) not in shown(Client(), "/m/puno/2019-2022/S.1.1.1/")


def test_a_deputy_reads_on_their_semester_for_whom_they_report_too(
    activity: PlanElement, reporter: User, colleague: User, lent: Deputyship, signed_in: SignIn
) -> None:
    page = "/gestion/semestre/puno/2019-I/"
    unit = reporter.current_memberships[0].unit
    assert f"Informa también por {reporter} ({unit})" in shown(signed_in(colleague), page)
    assert "Informa también" not in shown(signed_in(reporter), page)


@pytest.mark.parametrize(("first", "last"), [(-3, -1), (1, 3)])
def test_before_and_after_the_days_they_may_do_nothing(
    activity: PlanElement, lent: Deputyship, colleague: User, signed_in: SignIn,
    today: dt.date, first: int, last: int,
) -> None:  # fmt: skip
    Deputyship.objects.update(starts_on=today + first * DAY, ends_on=today + last * DAY)
    assert writes(signed_in(colleague)) == HTTPStatus.FORBIDDEN


def test_the_owner_goes_on_writing_and_a_third_does_not(
    activity: PlanElement, puno: Municipality, lent: Deputyship, reporter: User, outsider: User,
    signed_in: SignIn,
) -> None:  # fmt: skip
    third = make_person("third@puno.pe", Role.REPORTER, puno, make_unit(puno, "Tesorería"))
    assert writes(signed_in(third)) == HTTPStatus.FORBIDDEN
    assert writes(signed_in(outsider)) == HTTPStatus.NOT_FOUND
    assert writes(signed_in(reporter)) == HTTPStatus.FOUND
    step = ProgressReport.objects.get().review_steps.get()
    assert (step.by, step.on_behalf_of) == (reporter, None)


@pytest.mark.parametrize("whose", ["absent", "deputy"])
def test_a_role_that_ended_lends_and_takes_nothing(
    activity: PlanElement, lent: Deputyship, colleague: User, signed_in: SignIn, whose: str
) -> None:
    Membership.objects.filter(user=getattr(lent, whose)).update(ended_on=dt.date(2019, 1, 1))
    assert writes(signed_in(colleague)) in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert not ProgressReport.objects.exists()


def test_what_is_lent_is_not_lent_again(
    activity: PlanElement, puno: Municipality, lent: Deputyship, colleague: User,
    signed_in: SignIn, today: dt.date,
) -> None:  # fmt: skip
    """Also where the rows are there: it is read from roles, not from deputies."""
    third = make_person("third@puno.pe", Role.REPORTER, puno, make_unit(puno, "Tesorería"))
    answer = name(signed_in(colleague), third, today, today)
    assert "reemplaza a reporter@puno.pe en esos días" in unescaped(answer)
    Deputyship.objects.create(
        municipality=puno, absent=colleague, deputy=third, named_by=third,
        starts_on=today, ends_on=today,
    )  # fmt: skip
    assert writes(signed_in(third)) == HTTPStatus.FORBIDDEN


def test_a_person_names_and_ends_it(
    puno: Municipality, reporter: User, colleague: User, signed_in: SignIn, today: dt.date
) -> None:
    client = signed_in(reporter)
    for _time in range(2):  # a form that is sent twice
        assert name(client, colleague, today, today + DAY)["Location"] == PAGE
    row = Deputyship.objects.get()
    assert (row.absent, row.deputy, row.named_by) == (reporter, colleague, reporter)
    assert f"{colleague} por {reporter}" in shown(client, PAGE)
    assert "Terminar" not in shown(signed_in(colleague), PAGE)
    address = f"{PAGE}{row.pk}/terminar/"
    assert signed_in(colleague).post(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post(address)["Location"] == PAGE
    assert "Terminó el reemplazo." in shown(client, PAGE)
    assert client.post(address)["Location"] == PAGE
    assert "Ese reemplazo ya había terminado." in shown(client, PAGE)
    assert User.objects.get(pk=colleague.pk).current_memberships[-1].lent_by is None


def test_planning_names_for_others_and_a_reporter_for_themselves_alone(
    puno: Municipality, reporter: User, colleague: User, planner: User, signed_in: SignIn,
    today: dt.date,
) -> None:  # fmt: skip
    chosen = shown(signed_in(reporter), PAGE)
    assert "Quién se ausenta" not in chosen
    assert f"{colleague} (Gerencia de Ambiente)</option>" in chosen
    name(signed_in(reporter), colleague, today, today, absent=planner.pk)
    assert Deputyship.objects.get().absent == reporter
    later = today + 7 * DAY
    name(signed_in(planner), reporter, later, later, absent=colleague.pk)
    row = Deputyship.objects.latest("pk")
    assert (row.absent, row.deputy, row.named_by) == (colleague, reporter, planner)


def test_bad_input_is_said_beside_its_field_and_stays(
    puno: Municipality, reporter: User, colleague: User, planner: User, outsider: User,
    signed_in: SignIn, today: dt.date,
) -> None:  # fmt: skip
    client = signed_in(reporter)
    bad = {
        "ends_on": [(colleague, today, today - DAY), (colleague, today - 2 * DAY, today - DAY),
                    (colleague, today, today + 400 * DAY)],
        "deputy": [(planner, today, today), (outsider, today, today), (reporter, today, today)],
    }  # fmt: skip
    for field, cases in bad.items():
        for deputy, first, last in cases:
            answer = name(client, deputy, first, last)
            assert list(errors_of(answer)) == [field], (deputy, first, last)
            assert first.isoformat() in unescaped(answer)
    assert list(errors_of(client.post(PAGE, {}))) == ["deputy", "starts_on", "ends_on"]
    assert not Deputyship.objects.exists()


def test_nobody_has_two_deputies_at_once_and_who_is_away_is_none(
    puno: Municipality, lent: Deputyship, reporter: User, planner: User, signed_in: SignIn,
    today: dt.date,
) -> None:  # fmt: skip
    third = make_person("third@puno.pe", Role.REPORTER, puno, make_unit(puno, "Tesorería"))
    twice = name(signed_in(reporter), third, today, today + DAY)
    assert "Ya lo reemplaza colleague@puno.pe" in unescaped(twice)
    away = name(signed_in(planner), reporter, today, today, absent=third.pk)
    assert list(errors_of(away)) == ["deputy"]
    assert Deputyship.objects.count() == 1


def test_both_are_told_in_place_and_by_mail(
    puno: Municipality, reporter: User, colleague: User, planner: User, signed_in: SignIn,
    today: dt.date,
) -> None:  # fmt: skip
    name(signed_in(planner), colleague, today, today, absent=reporter.pk)
    sentence = f"{colleague} informa por usted del"
    assert sentence in shown(signed_in(reporter), "/gestion/avisos/")
    assert f"Usted informa por {reporter} del" in shown(signed_in(colleague), "/gestion/avisos/")
    notice = Notice.objects.get(user=colleague)
    opened = signed_in(colleague).post("/gestion/avisos/", {"abrir": notice.pk})
    assert opened["Location"] == PAGE
    send_day_letters(at=dt.date(2019, 3, 1))
    assert set(letters()) == {str(reporter)}  # the deputy has read it
    assert sentence in str(letters()[str(reporter)].body)


def test_notices_and_reminders_of_the_unit_reach_the_deputy(
    activity: PlanElement, puno: Municipality, lent: Deputyship, reporter: User,
    colleague: User, planner: User,
) -> None:  # fmt: skip
    report = send(activity, reporter)
    return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    assert colleague.notices.filter(kind=NoticeKind.RETURNED).count() == 1
    Deputyship.objects.update(starts_on=DAY_BEFORE)
    send_day_letters(at=DAY_BEFORE)
    body = str(letters()[str(colleague)].body)
    assert "Motivo: Falta el acta." in body.split("Por enviar:")[1]


def test_of_their_own_promises_a_deputy_writes_for_themselves(
    activity: PlanElement, target: PlanElement, lent: Deputyship, colleague: User
) -> None:
    own = colleague.current_memberships[0].unit
    target.responsibility_set.update(unit=own)
    report = draft(target, colleague, step=None)
    assert report.unit == own
    assert report.review_steps.get().on_behalf_of is None
