"""Words and addresses of 400 letters, wherever somebody types one, stay on every page."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import Role, TokenScope
from accounts.models import Authority, Municipality, User
from accounts.services.invitations import invite
from accounts.services.tokens import make_token
from plans.choices import Direction, MeasureKind
from plans.models import MeasuringTerms
from plans.semester import Semester
from plans.services.editing import state_terms
from tests.browser.checks import is_as_wide_as_the_screen
from tests.browser.signed_in import session_of, sign_in
from tests.factories import SMALL_PLAN, make_person, make_plan, make_unit
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.accountability.issuing import issue, save_draft_of
from tracking.choices import Step
from tracking.measuring.entry import Entry
from tracking.models import AccountabilityReport, Expenditure
from tracking.services.drafts import submit
from tracking.services.review import return_report
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold

pytestmark = pytest.mark.django_db  # else no test database is made

SLUG = "atuncolla-puno"
SECOND = Semester(2019, 2)
WORD = "Mm" * 200
ADDRESS = "https://municipalidad.example/" + "ruta" * 100
PUBLIC = f"/m/{SLUG}"
PLAN = f"{PUBLIC}/2019-2022"
OFFICE = "/gestion/{}/" + SLUG
MINE = OFFICE.format("semestre")

PAGES = [
    "/",
    f"/buscar/?q={WORD}",
    f"/buscar/?q=desnutricion&municipio={SLUG}",
    f"{PUBLIC}/",
    f"{PUBLIC}/registro/",
    f"{PLAN}/",
    f"{PLAN}/?semestre=2019-I&ver=todo",
    f"{PLAN}/S/",
    f"{PLAN}/S.1.1.1/",
    f"{PLAN}/S.1.1.2/",
    f"{PLAN}/documento/",
    f"{PLAN}/rendicion/2019-I/",
    f"{MINE}/2019-I/",
    f"{MINE}/2019-II/",
    f"{MINE}/2019-II/hoja/",
    f"{MINE}/2019-II/narrativos/",
    f"{MINE}/2019-I/S.1.1.1/",
    f"{MINE}/2019-II/S.1.1.1/",
    f"{MINE}/2019-II/S.1.1.2/",
    f"{MINE}/2019-II/S.1.1.1/sustentos/",
    f"{OFFICE.format('revision')}/2019-II/",
    f"{OFFICE.format('semestres')}/",
    f"{OFFICE.format('semestres')}/2019-I/cerrar/",
    f"{OFFICE.format('rendicion')}/2019-I/",
    f"{OFFICE.format('rendicion')}/2019-I/borrador/",
    f"{OFFICE.format('rendicion')}/2019-I/emitir/",
    f"{OFFICE.format('gasto')}/2019/",
    f"{OFFICE.format('plan')}/2019-2022/",
    f"{OFFICE.format('plan')}/2019-2022/condicion/",
    f"{OFFICE.format('plan')}/2019-2022/S.1.1.2/",
    f"{OFFICE.format('personas')}/",
    f"{OFFICE.format('claves')}/",
    f"{OFFICE.format('unidades')}/",
    f"{OFFICE.format('autoridades')}/",
]
"""Every kind of page on which something stands that a person wrote."""


def lengthen(place: Municipality) -> User:
    """A plan and reports of PLACE in which nobody ever typed a space; who plans there."""
    rows = [(*row[:4], f"{row[4]} {WORD}") for row in SMALL_PLAN]
    plan = make_plan(place, rows=rows)
    plan.organization = WORD[:200]
    elect(plan)
    plan.standing_source = f"{ADDRESS[:270]}, 7 de noviembre de 2018"
    plan.save()
    unit = make_unit(place, WORD[:150], acronym=WORD[:20])
    planner = make_person(f"planner@{SLUG}.example", Role.PLANNING, place)
    reporter = make_person(f"{WORD[:60]}@{SLUG}.example", Role.REPORTER, place, unit)
    User.objects.filter(pk__in=[planner.pk, reporter.pk]).update(name=WORD[:150])
    activity, target = (element_of(plan, ref, unit) for ref in ("S.1.1.1", "S.1.1.2"))
    shared = {"in_force_from": timezone.localdate(), "reason": WORD[:300]}
    for terms in (
        MeasuringTerms(
            element=activity,
            kind=MeasureKind.DELIVERY,
            parts=[WORD[:150], ADDRESS[:150]],
            verification_source=ADDRESS[:300],
            **shared,
        ),
        MeasuringTerms(
            element=target,
            kind=MeasureKind.LEVEL,
            unit_of_measure=WORD[:80],
            goal=80,
            direction=Direction.UP,
            baseline=10,
            baseline_source=ADDRESS[:300],
            **shared,
        ),
    ):
        state_terms(terms, by=planner)
    for semester in (FIRST, SECOND):
        open_window(place, semester)
    told = {"difficulties": WORD, "next_steps": ADDRESS, "narrative": f"{ADDRESS} {WORD}"}
    begun = draft(
        activity, FIRST, reporter, halted_since=dt.date(2019, 5, 1), halted_cause=WORD[:300], **told
    )
    sustain(begun, WORD[:200], place=WORD[:200], file_name=WORD[:150])
    sustain(begun, ADDRESS[:200], url=ADDRESS)
    first = publish(begun, by=planner)
    withhold(first.supports.order_by("pk")[0], WORD, by=planner)
    publish(correct(first, WORD, reporter, step=Step.PARTLY), by=planner)
    Expenditure.objects.create(
        plan=plan,
        municipality=place,
        simulated=False,
        element=activity,
        year=2019,
        pia=10**9,
        pim=10**9,
        accrued=10**8,
        as_of=dt.date(2019, 12, 31),
        source=ADDRESS[:300],
        by=planner,
    )
    window = place.windows.get(semester=FIRST)
    close_semester(window, by=planner)
    texts = {"foreword": f"{WORD} {ADDRESS}", "projection": ADDRESS}
    save_draft_of(plan, FIRST, texts, seen=0, by=planner)
    issue(plan, place.windows.get(semester=FIRST), edition=1, reason="", by=planner)
    sent = submit(draft(activity, SECOND, reporter, **told), Entry.PARTS, by=reporter)
    return_report(sent, WORD, place, read=sent.edit, by=planner)
    waiting = draft(target, SECOND, reporter, step=None, value=20, **told)
    sustain(waiting, WORD[:200], place=WORD[:200])
    submit(waiting, Entry.VALUE, by=reporter)
    Authority.objects.create(
        municipality=place,
        name=WORD[:150],
        office=WORD[:100],
        since=dt.date(2019, 1, 1),
        source=ADDRESS[:300],
    )
    make_token(planner, place, WORD[:100], TokenScope.WRITE, lasts=dt.timedelta(days=30))
    invite(f"otra@{SLUG}.example", Role.PLANNING, by=planner, municipality=place, name=WORD[:150])
    return planner


@pytest.fixture(scope="module")
def desk(portal: str, django_db_blocker: DjangoDbBlocker) -> tuple[str, str]:
    """The session of who plans there, and the address of its edition's code."""
    with django_db_blocker.unblock():
        planner = lengthen(Municipality.objects.get(slug=SLUG))
        edition = AccountabilityReport.objects.get(municipality__slug=SLUG)
        return session_of(planner), f"/verificar/{edition.printed_code}/"


def test_no_page_scrolls_sideways(
    context: BrowserContext, portal: str, desk: tuple[str, str]
) -> None:
    session, edition = desk
    sign_in(context, portal, session)
    page = context.new_page()
    for address in (*PAGES, edition):
        answer = page.goto(address)
        assert answer
        assert (answer.status, page.url) == (200, f"{portal}{address}")
        assert is_as_wide_as_the_screen(page), address
