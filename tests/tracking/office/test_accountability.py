"""Planning prepares a semester's report and issues it, with its second factor once more."""

import datetime as dt
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import WRONG_CODE, authenticator_code, make_person
from tests.pages import unescaped
from tests.tracking.issued import Accounted, content_of, on
from tests.tracking.published import FIRST, closed_window, draft
from tracking.accountability.content import HearingSaid
from tracking.accountability.issuing import save_draft_of
from tracking.models import AccountabilityDraft, AccountabilityReport

pytestmark = pytest.mark.django_db

ROOM = "/gestion/rendicion/puno/"
PAGE = f"{ROOM}2019-I/"
PREVIEW, ISSUE = f"{PAGE}borrador/", f"{PAGE}emitir/"


@pytest.fixture
def accounted(db: None, accounted_once: Accounted) -> Accounted:
    return deepcopy(accounted_once)


@pytest.fixture
def desk(accounted: Accounted, signed_in: SignIn) -> Client:
    return signed_in(accounted.planner)


def written(**changed: Any) -> dict[str, Any]:
    return {"foreword": "Hicimos lo que se pudo.", "projection": "", "edit": 0, **changed}


def issuing(desk: Client, **changed: Any) -> dict[str, Any]:
    """What somebody sends who read the page of today, but for what CHANGED."""
    answer = desk.get(ISSUE)
    read = answer.context["form"].initial["read"] if answer.status_code == 200 else ""
    return {"edition": 1, "code": authenticator_code(), "read": read, **changed}


def test_the_room_lists_the_closed_semesters(desk: Client) -> None:
    page = unescaped(desk.get(ROOM))
    assert "2019-I" in page
    assert "Sin emitir" in page


def test_the_page_says_what_is_missing(desk: Client, accounted: Accounted) -> None:
    draft(accounted.target, FIRST, accounted.reporter, step=None)
    gaps = desk.get(PAGE).context["gaps"]
    ((element, report),) = gaps.silent
    assert (element.ref, report.state) == ("S.1.1.2", "borrador")
    assert (gaps.returned, list(gaps.unsupported)) == (0, [])


def test_the_page_names_an_office_without_anybody(desk: Client, accounted: Accounted) -> None:
    assert "Oficina sin nadie" not in unescaped(desk.get(PAGE))
    accounted.reporter.memberships.update(ended_on=dt.date(2019, 7, 1))
    told = f"Oficina sin nadie: {accounted.unit}. 2 promesas no tienen quien las informe."
    assert told in unescaped(desk.get(PAGE))


def test_what_is_written_is_kept_and_is_not_public(desk: Client, accounted: Accounted) -> None:
    assert desk.post(PAGE, written()).status_code == 302
    assert AccountabilityDraft.objects.get().foreword == "Hicimos lo que se pudo."
    assert "Hicimos lo que se pudo." in unescaped(desk.get(PREVIEW))
    assert "Hicimos" not in unescaped(Client().get("/m/puno/2019-2022/rendicion/"))


def test_the_hearing_is_written_before_it_is_issued(desk: Client, accounted: Accounted) -> None:
    place = "Teatro Municipal, jirón Arequipa"
    assert desk.post(PAGE, written(hearing_on="2019-09-20", hearing_place=place)).status_code == 302
    assert content_of(accounted.issue()).hearing == HearingSaid(
        held_on=dt.date(2019, 9, 20), place=place
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2019-06-30", "terminó el 30 de junio de 2019: su audiencia es después."),
        ("2109-09-20", "Revise el año: el semestre 2019-I terminó el 30 de junio de 2019."),
        ("31/31/2019", "fecha válida"),
    ],
)
def test_a_day_that_no_hearing_can_have_is_shown_again(desk: Client, day: str, said: str) -> None:
    answer = desk.post(PAGE, written(hearing_on=day))
    assert answer.status_code == 422
    page = unescaped(answer)
    assert said in page
    assert "Hicimos lo que se pudo." in page


def test_who_saved_meanwhile_is_not_undone(desk: Client, accounted: Accounted) -> None:
    theirs = {"foreword": "Lo de la otra persona.", "projection": ""}
    save_draft_of(accounted.plan, FIRST, theirs, seen=0, by=accounted.planner)
    answer = desk.post(PAGE, written())
    assert answer.status_code == 409
    page = unescaped(answer)
    assert "Otra persona guardó este texto" in page
    assert "Lo de la otra persona." in page
    assert "Hicimos lo que se pudo." in page
    again = answer.context["form"]["edit"].value()
    assert desk.post(PAGE, written(edit=again)).status_code == 302
    assert AccountabilityDraft.objects.get().foreword == "Hicimos lo que se pudo."


def test_a_text_that_is_too_long_is_shown_again(desk: Client, accounted: Accounted) -> None:
    answer = desk.post(PAGE, written(foreword="x" * 20_001))
    assert answer.status_code == 422
    assert "x" * 20_001 in unescaped(answer)
    assert not AccountabilityDraft.objects.exists()


def test_the_preview_is_the_report_without_a_code(desk: Client) -> None:
    page = unescaped(desk.get(PREVIEW))
    assert "Todavía no es público y no tiene código." in page
    assert "De 1 actividad: 1 en ejecución" in page
    assert "Las lluvias cortaron el camino." in page


@pytest.mark.parametrize(
    ("semester", "day", "year"),
    [(FIRST, dt.date(2019, 8, 20), 2019), (FIRST.next, dt.date(2020, 3, 2), 2020)],
)
def test_a_projection_is_asked_for_in_both_halves_of_a_year(
    desk: Client, accounted: Accounted, semester: Semester, day: dt.date, year: int
) -> None:
    if semester != FIRST:
        closed_window(accounted.plan.municipality, semester, accounted.planner)
    with on(day):
        page = unescaped(desk.get(PAGE.replace("2019-I", str(semester))))
        issue = unescaped(desk.get(ISSUE.replace("2019-I", str(semester))))
    assert f"Proyección al cierre de {year}</label>" in page
    assert f"No hay proyección al cierre de {year}: la ley la pide en las audiencias." in issue


def test_what_is_over_is_not_projected(desk: Client, accounted: Accounted) -> None:
    save_draft_of(accounted.plan, FIRST, {"projection": "Antes."}, seen=0, by=accounted.planner)
    page = unescaped(desk.get(PAGE))
    assert "No se pide una proyección" in page
    assert "Proyección al cierre" not in page + unescaped(desk.get(ISSUE))
    assert desk.post(PAGE, written(edit=1)).status_code == 302
    assert AccountabilityDraft.objects.get().projection == "Antes."


def test_it_is_issued_with_the_second_factor(desk: Client, accounted: Accounted) -> None:
    answer = desk.post(ISSUE, issuing(desk), follow=True)
    report = AccountabilityReport.objects.get()
    assert (report.edition, report.issued_by) == (1, accounted.planner)
    assert f"Se emitió la edición 1, con el código {report.printed_code}." in unescaped(answer)


def test_a_form_sent_twice_issues_once(desk: Client) -> None:
    form = issuing(desk)
    assert [desk.post(ISSUE, form).status_code for __ in range(2)] == [302, 302]
    assert AccountabilityReport.objects.count() == 1


@pytest.mark.parametrize("code", ["", WRONG_CODE])
def test_without_the_code_of_the_moment_nothing_is_issued(desk: Client, code: str) -> None:
    answer = desk.post(ISSUE, issuing(desk, code=code))
    assert answer.status_code == 422
    assert not AccountabilityReport.objects.exists()


def test_a_code_is_used_once(desk: Client, accounted: Accounted) -> None:
    code = authenticator_code()
    assert desk.post(ISSUE, issuing(desk, code=code)).status_code == 302
    accounted.correct()
    answer = desk.post(ISSUE, issuing(desk, edition=2, code=code, reason="Se corrigió."))
    assert answer.status_code == 422
    assert AccountabilityReport.objects.count() == 1


def test_who_comes_second_is_told(desk: Client, accounted: Accounted) -> None:
    """Both saw that it would be the first edition."""
    place = accounted.plan.municipality
    replace(accounted, planner=make_person("second@puno.pe", Role.PLANNING, place)).issue()
    answer = desk.post(ISSUE, issuing(desk, reason="Para la audiencia."))
    assert answer.status_code == 422
    assert "La edición 1 ya se emitió: léala antes de emitir otra." in unescaped(answer)
    assert AccountabilityReport.objects.count() == 1


def test_a_new_edition_shows_what_changes_and_asks_why(desk: Client, accounted: Accounted) -> None:
    accounted.issue()
    accounted.correct()
    assert "conviene una nueva edición" in unescaped(desk.get(ROOM))
    page = unescaped(desk.get(ISSUE))
    assert "Se corrigió: decía «en ejecución» y dice «entregado en parte»" in page
    answer = desk.post(ISSUE, issuing(desk, edition=2, reason=""))
    assert "Diga por qué hay una nueva edición" in unescaped(answer)
    answer = desk.post(ISSUE, issuing(desk, edition=2, reason="Se corrigió un dato."))
    assert answer.status_code == 302
    replaced = content_of(AccountabilityReport.objects.get(edition=2)).replaces
    assert replaced
    assert replaced.reason == "Se corrigió un dato."


def test_where_nothing_changed_it_says_so(desk: Client, accounted: Accounted) -> None:
    accounted.issue()
    assert "Nada: no hace falta otra edición." in unescaped(desk.get(ISSUE))
    answer = desk.post(ISSUE, issuing(desk, edition=2, reason="Porque sí."))
    assert "Nada cambió desde la edición 1" in unescaped(answer)


@pytest.mark.parametrize("address", [PAGE, PREVIEW, ISSUE])
def test_an_open_semester_has_no_page(desk: Client, address: str) -> None:
    assert desk.get(address.replace("2019-I", "2019-II")).status_code == 404


def test_a_colleague_in_planning_issues_too(accounted: Accounted, signed_in: SignIn) -> None:
    colleague = make_person("second@puno.pe", Role.PLANNING, accounted.plan.municipality)
    desk = signed_in(colleague)
    assert desk.post(ISSUE, issuing(desk)).status_code == 302
    assert AccountabilityReport.objects.get().issued_by == colleague


def test_queries_do_not_grow(
    desk: Client, accounted: Accounted, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    accounted.issue()
    addresses = {ROOM: 9, PAGE: 13}
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            desk.get(address)
    accounted.correct()
    accounted.issue(2, "Se corrigió.")
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            desk.get(address)


def test_what_was_read_is_what_is_issued(desk: Client, accounted: Accounted) -> None:
    """Somebody changes the foreword between the reading and the button."""
    sent = issuing(desk)
    theirs = {"foreword": "Lo de la otra persona.", "projection": ""}
    save_draft_of(accounted.plan, FIRST, theirs, seen=0, by=accounted.planner)
    answer = desk.post(ISSUE, sent)
    assert answer.status_code == 422
    page = unescaped(answer)
    assert "Algo cambió desde que lo leyó" in page
    assert "Lo de la otra persona." in page
    assert not AccountabilityReport.objects.exists()


def test_a_code_is_not_spent_on_a_form_that_goes_back_anyway(
    desk: Client, accounted: Accounted
) -> None:
    accounted.issue()
    accounted.correct()
    code = authenticator_code()
    assert desk.post(ISSUE, issuing(desk, edition=2, code=code, reason="")).status_code == 422
    sent = issuing(desk, edition=2, code=code, reason="Se corrigió.")
    assert desk.post(ISSUE, sent).status_code == 302
