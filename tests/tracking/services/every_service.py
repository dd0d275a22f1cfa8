"""Each function that the services offer, called once, and whether the public sees its change."""

import datetime as dt
import secrets
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

from django.utils import timezone

from accounts.choices import LetterKind, Role, TokenScope
from accounts.models import Authority, Deputyship, Token, User
from accounts.services.attempts import warn_of_attempts
from accounts.services.authorities import import_authorities
from accounts.services.directory import save_municipality, save_part
from accounts.services.expiring import warn_of_expiry
from accounts.services.invitations import accept, invite, resend, revoke
from accounts.services.letter_queue import queue_letter
from accounts.services.municipalities import load_municipalities
from accounts.services.people import add_person, change_role, deactivate, end_role, save_person
from accounts.services.second_factor import remove_second_factor
from accounts.services.sending import send_queued
from accounts.services.sessions import end_session, end_sessions
from accounts.services.tokens import admit, make_token, revoke_token, revoke_tokens
from plans.choices import Answering, MeasureKind
from plans.classes import Classed
from plans.importers.draft import DocumentDraft
from plans.importers.validation import Whose
from plans.models import MeasuringTerms
from plans.semester import Semester
from plans.services.classifying import classify
from plans.services.editing import (
    save_element,
    save_plan,
    state_alike,
    state_each,
    state_terms,
    withdraw_elements,
)
from plans.services.importing import publish_outline
from plans.services.imports import (
    begin_with,
    choose,
    describe,
    drop_import,
    publish_import,
    read,
    read_waiting,
)
from plans.services.mending import mend, undo
from plans.services.publishing import add_document
from plans.services.responsibilities import answer_each, answer_for
from plans.term import Term
from tests.factories import PASSWORD, make_person, make_plan
from tests.plans.importers.mended import outline_of
from tests.plans.sent import reading_as, send
from tests.tracking.office.executed import keep
from tests.tracking.published import (
    FIRST,
)
from tests.tracking.services.followers import FOLLOWING
from tests.tracking.services.plan_imports import another_import, dropped, of_two_lists
from tests.tracking.services.sustaining import SUSTAINING
from tests.tracking.signed import signed_by_somebody, signed_copy
from tracking.accountability import issuing, rendering, signing
from tracking.accountability.issuing import issue, save_draft_of
from tracking.accountability.rendering import make_file, make_files
from tracking.accountability.signing import add_signed, withhold_signed
from tracking.choices import NoticeKind, Telling
from tracking.files.kept import DamagedError
from tracking.following import sending as following_letters
from tracking.ledger import writing
from tracking.measuring.entry import Entry
from tracking.models import Expenditure, Notice
from tracking.office import letters as office_letters
from tracking.office.letters import send_day_letters, send_notices
from tracking.services.answers import forget_answers
from tracking.services.damage import tell_operators
from tracking.services.deputies import end_deputyship, name_deputy
from tracking.services.drafts import recall, save_draft, submit
from tracking.services.heartbeat import beat
from tracking.services.in_bulk import mark_idle, submit_complete
from tracking.services.in_force import bring_in_force
from tracking.services.notices import choose_tellings, mark_all_read, mark_read
from tracking.services.previews import make_preview, make_previews
from tracking.services.reminding import remind_units
from tracking.services.review import publish_reports, return_report, start_correction
from tracking.services.semesters import (
    close_semester,
    generate_windows,
    open_semesters,
    save_window,
)
from tracking.services.spending import state_expenditures
from tracking.services.supports import withhold
from tracking.services.talk import say

SECOND: Final = Semester(2019, 2)
THIRD, FOURTH = Semester(2020, 1), Semester(2020, 2)
DAY: Final = dt.date(2019, 6, 1)
NEW: Final = "nueva@puno.pe"

Act = Callable[[Any], object]

ELECTED: Final = (
    "TXCARGO,TXREGION,TXPROVINCIA,TXNOMBRES,FEINICIOVIGENCIA\n"
    "ALCALDE PROVINCIAL,PUNO,PUNO,Persona de Prueba,01/01/2027\n"
)
PUBLIC: Final[dict[str, Act]] = {
    "make_preview": lambda s: make_preview(s.photograph, at=timezone.now()),
    "make_previews": lambda s: make_previews(at=timezone.now()),
    "save_municipality": lambda s: save_municipality(changed(s.puno, capital="Puno")),
    "save_part": lambda s: save_part(
        Authority(municipality=s.puno, name="Rosa", office="Alcaldesa", since=DAY, source="JNE")
    ),
    "import_authorities": lambda s: import_authorities(s.elected),
    "load_municipalities": lambda s: load_municipalities(s.list, update=True),
    "publish": lambda s: make_plan(s.puno, more=1),
    "publish_outline": lambda s: publish_outline(
        outline_of(), Whose(s.puno.inei, Term(2027, 2030), "", "sin confirmar"), None, by=s.planner
    ),
    "publish_import": lambda s: publish_import(s.sent_plan.pk, by=s.planner, revision=2, version=0),
    "add_document": lambda s: add_document(
        s.plan,
        DocumentDraft("POI", "poi.txt", "Concejo", "Postas", "0" * 64),
        added_on=DAY,
        added_by="Concejo",
        by=s.planner,
    ),
    "classify": lambda s: classify(s.plan, "ODS", [Classed(s.activity.ref, "3", "")], by=s.planner),
    "save_plan": lambda s: save_plan(changed(s.plan, note="Se leyó a mano."), by=s.planner),
    "bring_in_force": lambda s: bring_in_force(s.offered, by=s.planner),
    "save_element": lambda s: save_element(changed(s.activity, note="Sic."), by=s.planner),
    "withdraw_elements": lambda s: withdraw_elements([s.guideline], by=s.planner),
    "state_terms": lambda s: state_terms(
        MeasuringTerms(element=s.activity, in_force_from=timezone.localdate(), reason="Acuerdo"),
        by=s.planner,
    ),
    "state_alike": lambda s: state_alike(
        [s.activity], {"kind": MeasureKind.DELIVERY}, "Acuerdo", by=s.planner
    ),
    "state_each": lambda s: state_each(
        [(MeasuringTerms(element=s.activity, kind=MeasureKind.DELIVERY, reason="Acuerdo"), 0)],
        by=s.planner,
    ),
    "answer_for": lambda s: answer_for([s.activity], s.unit, Answering.REMOVE, by=s.planner),
    "answer_each": lambda s: answer_each({s.activity: []}, by=s.planner),
    "publish_reports": lambda s: publish_reports({s.sent.pk: s.sent.edit}, s.puno, by=s.planner),
    "generate_windows": lambda s: generate_windows(s.puno, s.plan.term),
    "open_semesters": lambda s: open_semesters(at=dt.date(2022, 11, 20)),
    "save_window": lambda s: save_window(
        changed(s.window, closes_on=s.window.closes_on + dt.timedelta(1))
    ),
    "close_semester": lambda s: close_semester(s.window, by=s.planner),
    "state_expenditures": lambda s: state_expenditures(
        [
            (
                Expenditure(
                    element=s.activity,
                    year=2019,
                    pia=3,
                    pim=2,
                    accrued=1,
                    as_of=DAY,
                    source="SIAF",
                ),
                0,
            )
        ],
        by=s.planner,
    ),
    "issue": lambda s: issue(s.plan, s.unissued, edition=1, by=s.planner),
    "add_signed": lambda s: add_signed(s.issued, signed_copy(s.issued), by=s.planner),
    "withhold_signed": lambda s: withhold_signed(
        signed_by_somebody(s.issued, by=s.planner), "No es quien firma.", by=s.planner
    ),
    "make_file": lambda s: make_file(s.issued.files.get(kind="csv").pk),
    "make_files": lambda s: make_files(),
    "withhold": lambda s: withhold(s.published.supports.all()[0], "Lleva DNI.", by=s.planner),
}

PRIVATE: Final[dict[str, Act]] = {
    **FOLLOWING,
    **SUSTAINING,
    "begin": lambda s: send(s.puno, s.planner, content=b"another"),
    "begin_with": lambda s: begin_with(another_import(s), outline_of(), by=s.planner),
    "read": lambda s: reading_as(outline_of(), lambda: read(s.waiting_plan.pk)),
    "read_waiting": lambda s: reading_as(outline_of(), read_waiting),
    "choose": lambda s: reading_as(outline_of(), lambda: choose(of_two_lists(s), "Renovar")),
    "describe": lambda s: describe(changed(s.sent_plan, title="Plan"), by=s.planner),
    "mend": lambda s: mend(s.sent_plan.pk, dropped, "x", keys=[5], by=s.planner, seen=2),
    "undo": lambda s: undo(s.sent_plan.pk, 2, by=s.planner),
    "drop_import": lambda s: drop_import(s.sent_plan.pk, by=s.planner),
    "save_draft": lambda s: save_draft(
        s.activity, SECOND, {"narrative": "Se amplió."}, by=s.reporter, edit=s.begun.edit
    ),
    "submit": lambda s: submit(s.begun, Entry.STEP, by=s.reporter),
    "recall": lambda s: recall(s.sent, by=s.reporter),
    "mark_idle": lambda s: mark_idle([s.guideline], SECOND, "Sin fondos.", by=s.reporter),
    "submit_complete": lambda s: submit_complete({s.begun.pk: Entry.STEP}, by=s.reporter),
    "return_report": lambda s: return_report(
        s.sent, "Falta el acta.", s.puno, read=s.sent.edit, by=s.planner
    ),
    "keep_executed": lambda s: keep(s.activity, 3, by=s.planner),
    "remind_units": lambda s: remind_units(s.puno, SECOND, [s.unit], by=s.planner),
    "say": lambda s: say(s.sent, "¿Cuántos comedores?", by=s.planner),
    "start_correction": lambda s: start_correction(s.published, "Hubo un error.", by=s.reporter),
    "save_draft_of": lambda s: save_draft_of(
        s.plan, FIRST, {"foreword": "Se hizo.", "projection": ""}, seen=0, by=s.planner
    ),
    "send_day_letters": lambda s: send_day_letters(at=s.window.due_on - dt.timedelta(7)),
    "send_notices": lambda s: tell_at_once(s),  # noqa: PLW0108 (it is written below)
    "name_deputy": lambda s: named(s),  # noqa: PLW0108 (it is written below)
    "end_deputyship": lambda s: end_deputyship(named(s), by=s.planner),
    "mark_read": lambda s: mark_read([told_of(s).pk], by=s.planner),
    "mark_all_read": lambda s: mark_all_read(by=s.planner, until=told_of(s).pk),
    "choose_tellings": lambda s: choose_tellings({NoticeKind.SENT: Telling.AT_ONCE}, by=s.planner),
    "warn_of_expiry": lambda s: warn_of_expiry(at=used(s.access).expires_at - dt.timedelta(1)),
    "save_person": lambda s: save_person(changed(s.reporter, name="Rosa")),
    "add_person": lambda s: add_person(NEW, Role.PLANNING, municipality=s.puno),
    "change_role": lambda s: change_role(s.membership, Role.PLANNING, None, by=s.planner),
    "end_role": lambda s: end_role(s.membership, by=s.planner),
    "deactivate": lambda s: deactivate(make_person("former@puno.pe")),
    "invite": lambda s: invite(NEW, Role.PLANNING, by=s.planner, municipality=s.puno),
    "resend": lambda s: resend(s.invitation, by=s.planner),
    "revoke": lambda s: revoke(s.invitation),
    "accept": lambda s: accept(s.token, name="Rosa", password=PASSWORD),
    "remove_second_factor": lambda s: remove_second_factor(s.planner, by=s.operator),
    "end_sessions": lambda s: end_sessions(s.planner),
    "end_session": lambda s: end_session(s.planner, "x"),
    "tell_operators": lambda s: tell_operators(DamagedError("0" * 64), "/sustento/1/"),
    "make_token": lambda s: make_token(
        s.reporter, s.puno, "Almacén", TokenScope.READ, lasts=dt.timedelta(days=30)
    ),
    "admit": lambda s: admit(s.access, TokenScope.READ),
    "forget_answers": lambda s: forget_answers(at=timezone.now()),
    "revoke_tokens": lambda s: revoke_tokens(s.reporter),
    "revoke_token": lambda s: revoke_token(s.access),
    "queue_letter": lambda s: queue_letter(LetterKind.PASSWORD, NEW),
    "send_queued": lambda s: send_queued(at=queued(s.planner)),
    "beat": lambda s: beat(at=timezone.now()),
    "warn_of_attempts": lambda s: warn_of_attempts(secrets.token_hex(8), address=""),
}

WRITERS_ELSEWHERE: Final = (
    *(issuing, rendering, signing, writing),
    *(office_letters, following_letters),
)
PARTS: Final = frozenset(
    {
        "linked",
        "renew_newest",
        "as_published",
        "own_plan",
        "read_own_plan",
        "side_by_side",
        "without",
        "plan_there",
        "faults_at",
        "with_vision",
        "files_in",
        "held",
        "kept_of",
        "plan_of",
        "published_of",
        "stated",
        "undoable",
        "whose_of",
        "await_previews",
        "drop_preview",
        "letters_wait",
        "hand_over",
        "written",
        "headers_of",
        "mail_server",
        "in_lines",
        "heads_of",
        "note_told",
        "send_letter",
        "send_each",
        "send_unasked",
        "find_person",
        "token_of",
        "trouble_coming_in_force",
        "name_dimensions",
        "assign",
        "terms_change",
        "carried_on",
        "family_of",
        "write_elements",
        "locked",
        "record_version",
        "rewrite",
        "store",
        "as_received",
        "store_bytes",
        "drop_unused_bytes",
        "refuse_what_was_withheld",
        "recount",
        "tell_writers",
        "tell_author",
        "tell_reviewers",
        "tell_of_message",
        "tell_of_deputy",
        "record_step",
        "record_steps",
        "enter",
        "enter_plan",
        "enter_missing",
        "freeze",
        "projected_year",
        "draft_of",
        "draft_content",
    }
)


def told_of(scene: SimpleNamespace) -> Notice:
    """That something was sent, of which planning was told."""
    notice: Notice = scene.planner.notices.unread().get(kind=NoticeKind.SENT)
    return notice


def named(scene: SimpleNamespace) -> Deputyship:
    """Somebody of the reporter's unit who stands in for them today."""
    deputy = make_person("deputy@puno.pe", Role.REPORTER, scene.puno, scene.unit)
    today = timezone.localdate()
    return name_deputy(scene.puno, scene.reporter, deputy, today, today, by=scene.planner)


def tell_at_once(scene: SimpleNamespace) -> None:
    choose_tellings({NoticeKind.SENT: Telling.AT_ONCE}, by=scene.planner)
    send_notices()


def queued(person: User) -> dt.datetime:
    """When a letter to them waits."""
    queue_letter(LetterKind.PASSWORD, person.email)
    return timezone.now()


def used(token: Token) -> Token:
    admit(token, TokenScope.READ)
    return token


def changed(row: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    return row
