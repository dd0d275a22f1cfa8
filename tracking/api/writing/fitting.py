"""How what was sent of a report fits what is asked of it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plans.locations import Kept, Said, kept
from tracking.api.problems import Unfit
from tracking.api.writing.sent import pointed, pointer
from tracking.measuring.checking import doubts_of, faults_in
from tracking.measuring.entry import MEASURES, NO_MEASURE, WRITABLE
from tracking.measuring.tasks import Task
from tracking.measuring.unlikely import Doubt
from tracking.models import ProgressReport

EMPTY: Final[tuple[object, ...]] = (None, "", [])


def fitted(task: Task, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What `drafts.save_draft` writes of TASK: what its report holds, with what was SENT over it.

    Raises Unfit for what its terms do not ask for, what cannot be and what is unlikely;
    ValidationError where the terms changed, and a measure that nobody named would be lost.
    """
    written = {name: value for name, value in sent.items() if name in WRITABLE}
    if "locations" in written:
        written["locations"] = _located(written["locations"], task)
    asks = task.entry.asks
    strange = [name for name, value in written.items() if name not in asks and value not in EMPTY]
    if strange:
        detail = _("Por cómo se mide esta promesa, aquí no se informa.")
        raise Unfit(
            [
                {"pointer": pointer(name), "detail": detail, "allowed": list(asks)}
                for name in strange
            ]
        )
    report = task.report or ProgressReport()
    held = {name: getattr(report, name) for name in WRITABLE}
    if lost := [name for name in MEASURES if name not in sent and _is_lost(task, held, name)]:
        detail = _("La forma de medir esta promesa cambió: diga también qué queda de %s.")
        raise ValidationError(detail % ", ".join(lost))
    values = {name: written.get(name, held[name]) for name in asks}
    faults = faults_in(values, task)
    sound = {name: value for name, value in values.items() if name not in faults}
    warnings = _warnings(doubts_of(sound, task), sent.get("accept", ()))
    if faults or warnings:
        detail = _("No se guardó nada: si lo que se indica es así, pídalo otra vez con «accept».")
        raise Unfit(pointed(faults), "" if faults else detail, warnings)
    return {**NO_MEASURE, **values}


def _located(said: Iterable[Said], task: Task) -> list[Kept]:
    try:
        return kept(said, task.element.plan.municipality)
    except ValidationError as refusal:
        raise Unfit(pointed({"locations": " ".join(refusal.messages)})) from refusal


def _warnings(doubts: Collection[Doubt], accepted: Collection[str]) -> list[dict[str, str]]:
    """What is asked of DOUBTS: all of a member, unless each of them is ACCEPTED by its name."""
    open_members = {each.field for each in doubts if each.name not in accepted}
    return [
        {"name": each.name.value, "pointer": pointer(each.field), "detail": each.question}
        for each in doubts
        if each.field in open_members
    ]


def _is_lost(task: Task, held: Mapping[str, Any], name: str) -> bool:
    """Whether TASK no longer asks for what its report holds of the measure NAME."""
    value: Any = held.get(name)
    if value in EMPTY:
        return False
    parts = task.terms.parts if task.terms else []
    return name not in task.entry.asks or (name == "parts_done" and not set(value) <= set(parts))
