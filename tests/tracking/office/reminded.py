"""The days on which reminders leave, and the letters that left."""

import datetime as dt

from django.core import mail
from django.core.mail import EmailMessage

from accounts.models import User
from plans.models import PlanElement
from tests.tracking.office.sent import SEMESTER
from tracking.choices import ReportState
from tracking.models import ProgressReport

DUE = dt.date(2019, 7, 31)
WEEK_BEFORE, DAY_BEFORE = dt.date(2019, 7, 24), dt.date(2019, 7, 30)
DAY_AFTER, WEEK_AFTER = dt.date(2019, 8, 1), dt.date(2019, 8, 7)
TO_REPORTER = "reporter@puno.pe"


def letters() -> dict[str, EmailMessage]:
    """Today's letters by who gets them."""
    found = {message.to[0]: message for message in mail.outbox}
    assert len(found) == len(mail.outbox)
    return found


def make_report(element: PlanElement, state: str, author: User) -> ProgressReport:
    sent = {} if state == ReportState.DRAFT else {"submitted_at": dt.datetime.now(dt.UTC)}
    return ProgressReport.objects.create(
        plan=element.plan,
        municipality=element.plan.municipality,
        simulated=element.plan.simulated,
        element=element,
        semester=SEMESTER,
        state=state,
        author=author,
        as_of=dt.date(2019, 6, 30),
        **sent,
    )
