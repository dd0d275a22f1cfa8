"""What is unlikely in what was typed is asked once more, beside its field, in words."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms

from tracking.measuring.entry import NO_MEASURE
from tracking.measuring.tasks import Task
from tracking.measuring.unlikely import Doubt, unlikely
from tracking.models import ProgressReport

SURE: Final = "seguro"
"""Under what name a form sends what was confirmed: what a checkbox sent, or names of doubts."""


@dataclass
class Asked:
    """The doubts about one field, which one checkbox confirms."""

    doubts: list[Doubt] = field(default_factory=list)
    is_confirmed: bool = False

    @property
    def value(self) -> str:
        """What the checkbox sends: it confirms these figures, and asks again of others."""
        written = "\x1f".join(each.token for each in self.doubts)
        return hashlib.blake2s(written.encode(), digest_size=6).hexdigest()

    @property
    def said(self) -> str:
        """What is confirmed, so that the checkbox can be read by itself."""
        return "; ".join(each.said for each in self.doubts)

    @property
    def question(self) -> str:
        return " ".join(each.question for each in self.doubts)


def asked_of(task: Task, values: Mapping[str, Any], confirmed: Collection[str]) -> dict[str, Asked]:
    """What is to be asked of the VALUES typed in TASK, by field, after what was CONFIRMED.

    What the stored report says was confirmed when it was stored. One query more where anything is
    unlikely and the task has no report with it.
    """
    typed = ProgressReport(**{**NO_MEASURE, **values})
    doubts = unlikely(typed, task.entry, task.terms, task.previous)
    settled = {each.token for each in _stored_doubts(task)} if doubts else set()
    return by_field([each for each in doubts if each.token not in settled], confirmed)


def by_field(doubts: Iterable[Doubt], confirmed: Collection[str]) -> dict[str, Asked]:
    """What is to be asked of DOUBTS, by field; CONFIRMED is what was sent as such."""
    asked: dict[str, Asked] = {}
    for doubt in doubts:
        asked.setdefault(doubt.field, Asked()).doubts.append(doubt)
    for each in asked.values():
        names = {doubt.name for doubt in each.doubts}
        each.is_confirmed = each.value in confirmed or names <= {*confirmed}
    return asked


def confirmed_in(form: forms.Form) -> Collection[str]:
    """What was sent with FORM as confirmed."""
    name = form.add_prefix(SURE)
    sent = forms.MultipleHiddenInput().value_from_datadict(form.data, form.files, name)
    return sent or ()


def ask(form: forms.Form, asked: Mapping[str, Asked]) -> None:
    """Refuse what is unlikely until it is confirmed; what is at fault is not asked about."""
    for name, each in asked.items():
        if not each.is_confirmed and name not in form.errors:
            form.add_error(name, each.question)


def _stored_doubts(task: Task) -> list[Doubt]:
    stored = task.report
    if stored is None:
        reports = ProgressReport.objects.open().filter(element=task.element)
        stored = reports.filter(semester=task.semester).first()
    return unlikely(stored, task.entry, task.terms, task.previous) if stored else []
