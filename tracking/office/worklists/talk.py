"""What was said about a report between its unit and planning, each return with its reason."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from tracking.choices import Act
from tracking.models import Message, ProgressReport, ReviewStep


class Said(NamedTuple):
    """Who said WORDS, and when; ACT is what they did by it, "" for a message."""

    by: str
    is_planning: bool
    at: dt.datetime
    act: str
    words: str


def talk_of(report: ProgressReport) -> list[Said]:
    """Oldest first, over all revisions of REPORT's semester. Two queries."""
    said = [
        Said(step.hand, step.is_of_review, step.at, _act_of(step), step.reason)
        for step in ReviewStep.objects.with_reasons(report)
    ]
    said += [
        Said(each.hand, each.is_from_planning, each.at, "", each.text)
        for each in Message.objects.about(report)
    ]
    return sorted(said, key=lambda each: each.at)


def _act_of(step: ReviewStep) -> str:
    is_correction = step.act == Act.WRITTEN  # the only writing that gives a reason
    return _("Comenzó una corrección") if is_correction else step.get_act_display()
