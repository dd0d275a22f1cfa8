"""Say what somebody did with reports on their way, and for whom."""

import datetime as dt
from collections.abc import Collection

from accounts.models import Token, User
from tracking.choices import Act
from tracking.models import ProgressReport, ReviewStep
from tracking.permissions import stood_in_for


def record_step(
    report: ProgressReport, act: Act, *, by: User, token: Token | None = None, reason: str = ""
) -> ReviewStep:
    """That BY did ACT with REPORT, for whom they stand in today, where they do."""
    absent = stood_in_for(by, [report.element_id]).get(report.element_id)
    return ReviewStep.objects.create(
        report=report, act=act, by=by, token=token, reason=reason, on_behalf_of=absent
    )


def record_steps(
    reports: Collection[ProgressReport], acts: Collection[Act], *, by: User, at: dt.datetime
) -> list[ReviewStep]:
    """That at the instant AT BY did each of ACTS, in their order, with each of REPORTS."""
    absent_of = stood_in_for(by, [each.element_id for each in reports])
    return ReviewStep.objects.bulk_create(
        ReviewStep(report=each, act=act, by=by, at=at, on_behalf_of=absent_of.get(each.element_id))
        for each in reports
        for act in acts
    )
