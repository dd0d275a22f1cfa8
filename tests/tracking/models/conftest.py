"""Rows that can no longer change, for whoever tries to change them."""

from collections.abc import Iterator

import pytest
from django.db.models import Model
from django.utils import timezone

from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.factories import state
from tests.plans.test_database_rules import run
from tests.tracking.models.attacks import TABLES, Rows
from tests.tracking.office.sent import SEMESTER, add_link, draft, send_again
from tests.tracking.signed import signed_by_somebody
from tracking.accountability.issuing import issue
from tracking.accountability.rendering import make_file
from tracking.accountability.signing import withhold_signed
from tracking.choices import Act, LedgerAct
from tracking.models import (
    Expenditure,
    HeadConflict,
    HeadStamp,
    LedgerEntry,
    LogHead,
    LogLeaf,
    PendingLeaf,
    SemesterWindow,
    Withholding,
    Witness,
)
from tracking.services.review import publish_reports
from tracking.services.semesters import close_semester
from tracking.services.spending import state_expenditures
from tracking.services.talk import say
from tracking.transparency.growing import grow

NOW = timezone.now()


@pytest.fixture
def frozen(activity: PlanElement, puno: Municipality, reporter: User, planner: User) -> Rows:
    """A row of each table that can no longer change."""
    terms = state(activity, planner)
    open_report = draft(activity, reporter)
    support = add_link(open_report, reporter)
    report = send_again(open_report, reporter)
    publish_reports({report.pk: report.edit}, puno, by=planner)
    withheld = Withholding.objects.create(
        municipality=puno, sha256=support.sha256, reason="Tiene DNI.", by=planner
    )
    figures = {"pia": 1, "pim": 2, "accrued": 1, "as_of": SEMESTER.last_day, "source": "SIAF"}
    row = Expenditure(element=activity, year=2019, **figures)
    (spent,) = state_expenditures([(row, 0)], by=planner).saved
    line, *_ = close_semester(SemesterWindow.objects.get(), by=planner)
    step = report.review_steps.get(act=Act.SUBMITTED)
    window = SemesterWindow.objects.get()
    entry = LedgerEntry.objects.filter(act=LedgerAct.REPORT).get()
    issued = issue(activity.plan, window, edition=1, by=planner)
    file = issued.files.get(kind="csv")
    make_file(file.pk)
    file.refresh_from_db()
    signed = signed_by_somebody(issued, by=planner)
    grow(at=NOW)
    unsigned = withhold_signed(signed, "No firmó quien responde.", by=planner)
    message = say(report, "¿Cuántos comedores?", by=planner)
    rows = (
        report,
        support,
        window,
        step,
        message,
        line,
        withheld,
        spent,
        terms,
        entry,
        issued,
        file,
        signed,
        unsigned,
        PendingLeaf.objects.get(),  # of what was withheld
        LogLeaf.objects.earliest("position"),
        *_kept_of_the_log(),
    )
    return dict(zip(TABLES, rows, strict=True))


def _kept_of_the_log() -> tuple[Model, ...]:
    head = LogHead.objects.get()
    stamp = HeadStamp(week="2026-W48", head=head, stamped_at=NOW, authority="TSA", response=b"0")
    stamp.save()
    witness = Witness.objects.create(name="Colegio de Contadores", key="testigo.example.pe+0+0")
    seen = {"size": head.size, "root": head.root}
    cosignature = witness.cosignatures.create(signed_at=NOW, line="— testigo.example.pe 0", **seen)
    return head, stamp, cosignature, HeadConflict.objects.create(note="0", **seen)


@pytest.fixture
def application(frozen: Rows) -> Iterator[None]:
    """With the rights of the role that serves the portal."""
    run("SET ROLE vigia_app")
    yield
    run("RESET ROLE")
