"""The bell, the page of notices, and the page on which people choose how they are told."""

import datetime as dt
import re
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.choices import LetterKind
from accounts.models import Membership, Municipality, User
from plans.models import PlanElement, Responsibility
from tests.conftest import SignIn
from tests.pages import shown, unescaped
from tests.tracking.office.sent import QUEUE, draft, publish, send
from tracking.choices import NoticeKind, Telling
from tracking.models import Notice, NoticeChoice, ProgressReport
from tracking.office.worklists.mailed import CHOSEN, FIXED, OF_FOLLOWERS
from tracking.services.review import return_report
from tracking.services.talk import say

pytestmark = pytest.mark.django_db
NOTICES: Final = "/gestion/avisos/"
CHOICES: Final = "/gestion/avisos/preferencias/"
REPORT: Final = "/gestion/semestre/puno/2019-I/S.1.1.1/"
REASON: Final = "Falta el acta."
BELL: Final = re.compile(r'class="bell".*?</a>', re.DOTALL)


@pytest.fixture
def returned(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> ProgressReport:
    report = send(activity, reporter)
    return return_report(report, REASON, puno, read=report.edit, by=planner)


def bell(client: Client, address: str = REPORT) -> str:
    """What the bell says, without its picture."""
    (found,) = BELL.findall(shown(client, address))
    return " ".join(re.sub(r"<[^>]+>", " ", found.partition(">")[2]).split())


def test_the_bell_counts_what_was_not_read(
    returned: ProgressReport, planner: User, browser: Client
) -> None:
    assert bell(browser) == "Avisos 1 sin leer"
    say(returned, "¿Cuántos?", by=planner)
    assert bell(browser) == "Avisos 2 sin leer"
    browser.post(NOTICES, {"todos": Notice.objects.latest("pk").pk})
    assert bell(browser) == "Avisos"


@pytest.mark.parametrize(
    "page", [NOTICES, CHOICES, "/gestion/ayuda/", "/cuenta/segundo-factor/", "/cuenta/sesiones/"]
)
def test_a_page_of_no_municipality_leads_back_to_ones_work(
    returned: ProgressReport, browser: Client, page: str
) -> None:
    assert '<a class="office-place" href="/gestion/">Inicio</a>' in shown(browser, page)
    assert bell(browser, page) == "Avisos 1 sin leer"


def test_opening_a_notice_marks_it_and_leads_to_the_thing(
    returned: ProgressReport, planner: User, browser: Client
) -> None:
    page = shown(browser, NOTICES)
    assert f"{planner} devolvió S.1.1.1." in page
    assert REASON in page
    notice = Notice.objects.get(kind=NoticeKind.RETURNED)
    answer = browser.post(NOTICES, {"abrir": notice.pk})
    assert answer["Location"] == REPORT
    assert f'<a href="{REPORT}">' in shown(browser, NOTICES)
    assert bell(browser) == "Avisos"


def test_a_page_that_is_read_marks_nothing(returned: ProgressReport, browser: Client) -> None:
    for address in (NOTICES, REPORT):
        browser.get(address)
    assert Notice.objects.get(kind=NoticeKind.RETURNED).read_at is None


def test_one_is_marked_and_the_others_stay(
    returned: ProgressReport, planner: User, browser: Client
) -> None:
    say(returned, "¿Cuántos?", by=planner)
    first = Notice.objects.get(kind=NoticeKind.RETURNED)
    assert browser.post(NOTICES, {"leido": first.pk})["Location"] == NOTICES
    unread = Notice.objects.unread().filter(user=first.user)
    assert list(unread.values_list("kind", flat=True)) == [NoticeKind.QUESTION]


def test_what_came_after_the_page_was_drawn_stays_unread(
    returned: ProgressReport, planner: User, browser: Client
) -> None:
    drawn = Notice.objects.get(kind=NoticeKind.RETURNED).pk
    say(returned, "¿Cuántos?", by=planner)
    browser.post(NOTICES, {"todos": drawn})
    assert bell(browser) == "Avisos 1 sin leer"


@pytest.mark.parametrize("name", ["abrir", "leido", "todos"])
@pytest.mark.parametrize("strange", ["", "x", "-1", "²", "9" * 30])
def test_what_no_form_of_ours_sends_marks_nothing(
    returned: ProgressReport, browser: Client, name: str, strange: str
) -> None:
    assert browser.post(NOTICES, {name: strange})["Location"] == NOTICES
    assert Notice.objects.unread().filter(kind=NoticeKind.RETURNED).count() == 1


def test_nobody_marks_or_opens_what_others_were_told(
    returned: ProgressReport, colleague: User, signed_in: SignIn
) -> None:
    notice = Notice.objects.get(kind=NoticeKind.RETURNED)
    client = signed_in(colleague)
    assert REASON not in shown(client, NOTICES)
    for sent in ({"leido": notice.pk}, {"todos": notice.pk}):
        client.post(NOTICES, sent)
    assert client.post(NOTICES, {"abrir": notice.pk}).status_code == HTTPStatus.NOT_FOUND
    notice.refresh_from_db()
    assert notice.read_at is None


def test_they_are_grouped_by_day_and_newest_first_on_pages(
    returned: ProgressReport, reporter: User, browser: Client
) -> None:
    step = returned.review_steps.latest("pk")
    first = dt.datetime(2019, 7, 1, 15, tzinfo=dt.UTC)
    Notice.objects.filter(user=reporter).delete()
    Notice.objects.bulk_create(
        Notice(
            user=reporter,
            kind=NoticeKind.RETURNED,
            municipality=returned.municipality,
            semester=returned.semester,
            step=step,
            at=first + dt.timedelta(days=n // 20, minutes=n),
            day=(first + dt.timedelta(days=n // 20)).date(),
        )
        for n in range(40)
    )
    page = shown(browser, NOTICES)
    assert page.index(">2 de julio de 2019</h2>") < page.index(">1 de julio de 2019</h2>")
    assert page.count('class="notice unread"') == 30
    assert shown(browser, f"{NOTICES}?pagina=2").count('class="notice unread"') == 10


@pytest.mark.parametrize("more", [0, 20])
def test_the_page_costs_the_same_however_many_there_are(
    returned: ProgressReport,
    reporter: User,
    planner: User,
    browser: Client,
    more: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(more):
        say(returned, f"¿{n}?", by=planner)
    with django_assert_num_queries(8):
        browser.get(NOTICES)


def test_of_where_they_no_longer_work_nothing_is_quoted_or_opened(
    returned: ProgressReport, reporter: User, lamas: Municipality, browser: Client
) -> None:
    unit = lamas.units.create(name="Gerencia de Obras")
    Membership.objects.filter(user=reporter).update(municipality=lamas, unit=unit)
    page = shown(browser, NOTICES)
    assert "Usted ya no trabaja en eso" in page
    assert REASON not in page
    assert bell(browser, NOTICES) == "Avisos"
    notice = Notice.objects.get(kind=NoticeKind.RETURNED)
    assert browser.post(NOTICES, {"abrir": notice.pk})["Location"] == NOTICES


def test_what_their_unit_no_longer_answers_for_is_said(
    returned: ProgressReport, browser: Client
) -> None:
    Responsibility.objects.all().delete()
    page = shown(browser, NOTICES)
    assert "Su unidad ya no responde por esa promesa" in page
    assert REASON not in page


def test_a_promise_that_was_withdrawn_since_is_said_and_its_report_still_opens(
    returned: ProgressReport, activity: PlanElement, browser: Client
) -> None:
    PlanElement.objects.filter(pk=activity.pk).update(until_version=1)
    assert "La promesa se retiró del plan" in shown(browser, NOTICES)
    notice = Notice.objects.get(kind=NoticeKind.RETURNED)
    assert browser.post(NOTICES, {"abrir": notice.pk})["Location"] == REPORT
    assert browser.get(REPORT).status_code == HTTPStatus.OK


def test_planning_reads_how_many_wait_and_is_led_to_them(
    activity: PlanElement, target: PlanElement, reporter: User, desk: Client
) -> None:
    send(activity, reporter)
    send(target, reporter, step=None)
    assert "Se enviaron informes a revisión: esperan 2." in shown(desk, NOTICES)
    sent = Notice.objects.get()
    assert desk.post(NOTICES, {"abrir": sent.pk})["Location"] == QUEUE
    ProgressReport.objects.update(state="borrador")
    assert "Se enviaron informes a revisión; ninguno espera ya." in shown(desk, NOTICES)


def test_an_answer_leads_planning_to_the_talk_in_the_review(
    activity: PlanElement, reporter: User, desk: Client
) -> None:
    report = draft(activity, reporter)
    say(report, "Abrieron doce.", by=reporter)
    assert "Abrieron doce." in shown(desk, NOTICES)
    notice = Notice.objects.get(kind=NoticeKind.ANSWER)
    opened = desk.post(NOTICES, {"abrir": notice.pk})["Location"]
    assert opened == f"{QUEUE}{report.pk}/#conversacion"
    assert desk.get(opened).status_code == HTTPStatus.OK


def test_each_kind_is_chosen_and_kept(reporter: User, browser: Client) -> None:
    kinds = set(NoticeKind) - {NoticeKind.SENT, NoticeKind.ANSWER}
    chosen = dict.fromkeys(kinds, Telling.HERE) | {NoticeKind.RETURNED: Telling.AT_ONCE}
    for _time in range(2):
        assert browser.post(CHOICES, chosen)["Location"] == CHOICES
    kept = NoticeChoice.objects.filter(user=reporter).values_list("kind", "telling")
    assert dict(kept) == chosen
    page = shown(browser, CHOICES)
    assert page.count("checked") == len(kinds)
    assert 'name="devuelto" value="al momento"' in page


@pytest.mark.parametrize("how", ["", "nunca", Telling.AT_ONCE])
def test_a_choice_that_is_none_is_said_and_keeps_nothing(
    reporter: User, browser: Client, how: str
) -> None:
    """A reminder is of a day: it cannot come at once."""
    kinds = set(NoticeKind) - {NoticeKind.SENT, NoticeKind.ANSWER}
    sent = dict.fromkeys(kinds, Telling.HERE) | {NoticeKind.REMINDER: how}
    answer = browser.post(CHOICES, sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Elija" in unescaped(answer).split('class="error-summary"')[1]
    assert not NoticeChoice.objects.exists()


def test_everything_that_mails_is_listed(planner: User, operator: User, signed_in: SignIn) -> None:
    """A letter that is added, and not to the page, fails here."""
    emails = Path(settings.BASE_DIR) / "templates" / "emails"
    letters = {each.name.removesuffix("_subject.txt") for each in emails.glob("*_subject.txt")}
    assert letters == CHOSEN | FIXED.keys() | OF_FOLLOWERS
    assert set(LetterKind.values) - {LetterKind.FOLLOW} <= FIXED.keys()
    page = shown(signed_in(operator), CHOICES)
    assert [words for words in FIXED.values() if str(words) not in page] == []
    page = shown(signed_in(planner), CHOICES)
    assert [kind for kind in NoticeKind if str(kind.label) not in page] == []
    assert CHOICES in shown(signed_in(planner), "/cuenta/segundo-factor/")


def test_one_module_alone_hands_letters_to_the_mail_server() -> None:
    base = Path(settings.BASE_DIR)
    mails = re.compile(r"django\.core\.mail|smtplib|\.email_user\(|mail_admins|send_mail\b")
    sources = [
        each for room in ("accounts", "plans", "tracking") for each in (base / room).rglob("*.py")
    ]
    mailing = {str(each.relative_to(base)) for each in sources if mails.search(each.read_text())}
    assert mailing == {"accounts/services/letters.py"}
    kinds = re.compile(r'send_(?:letter|unasked)\(\s*"(\w+)"')
    sent = {kind for each in sources for kind in kinds.findall(each.read_text())}
    assert sent <= CHOSEN | FIXED.keys() | OF_FOLLOWERS


def test_publishing_is_told_in_place(
    activity: PlanElement, reporter: User, planner: User, browser: Client
) -> None:
    publish(activity, reporter, planner)
    assert "Se publicó el informe de S.1.1.1." in shown(browser, NOTICES)
