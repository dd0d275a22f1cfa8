"""Issuing freezes a semester's report; nothing changes it afterwards."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from plans.models import Plan
from tests.meanwhile import PATIENCE, Meanwhile, wait_for_a_lock
from tests.plans.test_database_rules import RIGHTS, refused, run
from tests.tracking.issued import Accounted, content_of
from tests.tracking.published import FIRST, closed_window, elect, open_window
from tests.tracking.tampering import tampered
from tracking.accountability.issuing import draft_of, issue, save_draft_of
from tracking.choices import LedgerAct
from tracking.ledger.chain import text_digest
from tracking.models import AccountabilityReport, LedgerEntry, RenderedFile
from tracking.models.edition_codes import code_of
from tracking.transparency.growing import grow


@pytest.mark.django_db
def test_its_digest_is_in_the_ledger_and_its_code_begins_it(accounted: Accounted) -> None:
    before = LedgerEntry.objects.order_by("-number").first()
    report = accounted.issue()
    assert report.sha256 == text_digest(report.content)
    assert report.code == code_of(report.sha256)
    entry = LedgerEntry.objects.order_by("-number").first()
    assert before
    assert entry
    assert (entry.act, entry.digest, entry.revision) == (LedgerAct.EDITION, report.sha256, 1)
    assert entry.get_absolute_url() == "/m/puno/2019-2022/rendicion/2019-I/edicion-1/"
    content = content_of(report)
    assert (content.ledger_number, content.ledger_head) == (before.number, before.chain)


@pytest.mark.django_db
def test_before_the_log_has_a_head_an_edition_is_as_editions_were(accounted: Accounted) -> None:
    report = accounted.issue()
    assert content_of(report).log is None
    assert '"log"' not in report.content


@pytest.mark.django_db
def test_that_the_log_grew_makes_no_new_edition(accounted: Accounted) -> None:
    accounted.issue()
    grow(at=timezone.now())
    with pytest.raises(ValidationError, match="Nada cambió"):
        accounted.issue(2, "Otra.")


@pytest.mark.django_db
def test_its_files_wait_to_be_made(accounted: Accounted) -> None:
    report = accounted.issue()
    assert {(file.kind, file.data) for file in report.files.all()} == {("pdf", None), ("csv", None)}


@pytest.mark.django_db
def test_an_open_semester_is_not_accounted_for(puno_plan: Plan, planner: User) -> None:
    window = open_window(puno_plan.municipality, FIRST)
    with pytest.raises(ValidationError, match="semestre cerrado"):
        issue(elect(puno_plan), window, edition=1, by=planner)


@pytest.mark.django_db
def test_of_a_list_that_nobody_elected_nothing_is_issued(puno_plan: Plan, planner: User) -> None:
    window = closed_window(puno_plan.municipality, FIRST, planner)
    with pytest.raises(ValidationError, match="semestre cerrado"):
        issue(puno_plan, window, edition=1, by=planner)


@pytest.mark.django_db
def test_a_new_edition_says_why(accounted: Accounted) -> None:
    accounted.issue()
    accounted.correct()
    with pytest.raises(ValidationError, match="por qué hay una nueva edición"):
        accounted.issue(2, " ")
    assert accounted.issue(2, "Se corrigió.").edition == 2


@pytest.mark.django_db
def test_an_edition_is_issued_once(accounted: Accounted) -> None:
    accounted.issue()
    with pytest.raises(ValidationError, match="La edición 1 ya se emitió"):
        accounted.issue()
    assert AccountabilityReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_edition_comes_out(accounted: Accounted) -> None:
    with transaction.atomic():
        accounted.issue()
        other = Meanwhile(accounted.issue)
        other.start()
        wait_for_a_lock()
    other.join(PATIENCE)
    assert isinstance(other.refused, ValidationError)
    assert "La edición 1 ya se emitió" in str(other.refused)
    assert AccountabilityReport.objects.count() == 1
    assert LedgerEntry.objects.filter(act=LedgerAct.EDITION).count() == 1


@pytest.mark.django_db
def test_what_planning_wrote_is_in_it(accounted: Accounted) -> None:
    texts = {"foreword": "Hicimos lo que se pudo."}
    save_draft_of(accounted.plan, FIRST, texts, seen=0, by=accounted.planner)
    assert content_of(accounted.issue()).foreword == "Hicimos lo que se pudo."


@pytest.mark.django_db
def test_two_who_write_do_not_undo_each_other(accounted: Accounted) -> None:
    plan, by = accounted.plan, accounted.planner
    save_draft_of(plan, FIRST, {"foreword": "Uno.", "projection": ""}, seen=0, by=by)
    with pytest.raises(ValidationError, match="Otra persona guardó"):
        save_draft_of(plan, FIRST, {"foreword": "Dos.", "projection": ""}, seen=0, by=by)
    assert draft_of(plan, FIRST, by=by).foreword == "Uno."
    again = save_draft_of(plan, FIRST, {"foreword": "Uno.", "projection": ""}, seen=0, by=by)
    assert again.edit == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"content": "{}"}, {"code": "0" * 12}, {"edition": 2}, {"sha256": "0" * 64}]
)
def test_no_row_of_an_edition_changes(accounted: Accounted, change: dict[str, object]) -> None:
    report = accounted.issue()
    with pytest.raises(IntegrityError, match="no se cambia"), transaction.atomic():
        AccountabilityReport.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(IntegrityError, match="no se cambia"), transaction.atomic():
        AccountabilityReport.objects.filter(pk=report.pk)._raw_delete("default")


@pytest.mark.django_db
def test_a_row_cannot_say_a_digest_and_hold_another_content(accounted: Accounted) -> None:
    accounted.issue()
    with pytest.raises(IntegrityError, match="is_what_its_digest_says"), transaction.atomic():
        tampered(AccountabilityReport, "UPDATE {table} SET content = content || ' '")


@pytest.mark.django_db
def test_the_application_may_not_change_an_edition(accounted: Accounted) -> None:
    accounted.issue()
    run("SET ROLE vigia_app")
    for statement in (
        "UPDATE tracking_accountabilityreport SET edition = 2",
        "DELETE FROM tracking_accountabilityreport",
    ):
        with refused(RIGHTS):
            run(statement)
    run("RESET ROLE")
    assert RenderedFile.objects.count() == 2


@pytest.mark.django_db
def test_its_content_is_one_line_of_json_in_the_order_of_its_keys(accounted: Accounted) -> None:
    text = accounted.issue().content
    assert "\n" not in text
    read = json.loads(text)
    assert list(read) == sorted(read)
    assert read["promises"][3]["report"]["progress"] is None
