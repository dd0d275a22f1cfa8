"""What one edition says otherwise than the one before it: a pure function of the two."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracking.accountability.content import (
    FORMAT,
    Change,
    Content,
    Promise,
    ReportSaid,
    SupportSaid,
)
from tracking.accountability.frozen import frozen
from tracking.ledger.chain import text_digest

NO_TIME: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
WRITTEN: Final = {
    "foreword": gettext_lazy("Cambió la presentación."),
    "projection": gettext_lazy("Cambió la proyección al cierre del año."),
    "answering": gettext_lazy("Cambió la autoridad que responde."),
    "hearing": gettext_lazy("Cambió la fecha o el lugar de la audiencia."),
}


def fingerprint(content: Content) -> str:
    """A digest of what CONTENT tells: whether what somebody read is still what would be issued."""
    return text_digest(frozen(_without_its_own(content)))


def tells_the_same(one: Content, other: Content) -> bool:
    """Whether both tell the same, whenever they were issued and whatever was issued between."""
    return _without_its_own(one) == _without_its_own(other)


def _without_its_own(content: Content) -> Content:
    """CONTENT without what every edition has of its own."""
    return replace(
        content,
        format=FORMAT,
        edition=0,
        issued_at=NO_TIME,
        as_of=NO_TIME.date(),
        projected_on=None,
        replaces=None,
        ledger_number=0,
        ledger_head="",
        log=None,
        page="",
        verify="",
        plan=replace(content.plan, page=""),
        promises=[replace(each, page="") for each in content.promises],
    )


def changes_between(before: Content, after: Content) -> list[Change]:
    """What AFTER says otherwise than BEFORE, promise by promise in the plan's order."""
    changes = list(_changes(before, after))
    if not changes and not tells_the_same(before, after):
        changes.append(Change(ref="", what=_("Cambió lo que se cuenta, no lo informado.")))
    return changes


def _changes(before: Content, after: Content) -> Iterator[Change]:
    for name, sentence in WRITTEN.items():
        if getattr(before, name) != getattr(after, name):
            yield Change(ref="", what=str(sentence))
    known: Mapping[str, Promise] = {each.ref: each for each in before.promises}
    for promise in after.promises:
        old = known.get(promise.ref)
        sentences = _of_promise(old, promise) if old else _of_new(promise)
        yield from (Change(ref=promise.ref, what=what) for what in sentences)
    left = known.keys() - {each.ref for each in after.promises}
    for ref in sorted(left):
        yield Change(ref=ref, what=_("Se retiró del plan."))
    if replace(before.plan, page="") != replace(after.plan, page=""):
        yield Change(ref="", what=_("Cambió lo que se dice del plan: su versión o su condición."))


def _of_new(promise: Promise) -> Iterator[str]:
    yield _("No estaba en la edición anterior.")
    if promise.report:
        yield _("Se informó después: %s.") % promise.report.measured


def _of_promise(before: Promise, after: Promise) -> Iterator[str]:
    if after.report and before.report is None:
        yield _("Se informó después: %s.") % after.report.measured
    elif after.report and before.report:
        yield from _of_report(before.report, after.report)
    if after.is_withdrawn and not before.is_withdrawn:
        yield _("Se retiró del plan.")
    if before.statement != after.statement:
        yield _("Cambió su texto en el plan.")
    if before.indicator != after.indicator:
        yield _("Cambió su indicador en el plan.")
    if before.units != after.units:
        yield _("Cambió la oficina responsable, o su nombre.")
    if before.terms != after.terms and after.report is None:
        yield _("Cambió cómo se mide: %s.") % after.terms
    for semester in _changed_semesters(before, after):
        yield _("Cambió lo informado del semestre %s.") % semester
    if before.cui and before.cui != after.cui:
        yield _("Cambió su código único de inversión (CUI).")
    if before.spending != after.spending:
        yield _("Cambió lo registrado como gasto.")


def _changed_semesters(before: Promise, after: Promise) -> Iterator[str]:
    """The semesters before the last one of which the strips say something else."""
    for old, new in zip(before.strip[:-1], after.strip[:-1], strict=False):
        if replace(old, is_halted=new.is_halted) != new:  # which came later
            yield new.semester


def _of_report(before: ReportSaid, after: ReportSaid) -> Iterator[str]:
    if before.revision != after.revision:
        shown = {"before": before.measured, "after": after.measured}
        sentence = _("Se corrigió el informe.")
        if before.measured != after.measured:
            sentence = _("Se corrigió: decía «%(before)s» y dice «%(after)s».") % shown
        yield f"{sentence} {_('Motivo: %s') % _ended(after.correction_reason)}"
    withheld = _withheld(after.supports) - _withheld(before.supports)
    if withheld:
        count = len(withheld)
        yield ngettext("Se retiró %s sustento.", "Se retiraron %s sustentos.", count) % count


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


def _withheld(supports: list[SupportSaid]) -> set[str]:
    return {each.code for each in supports if each.withheld_on}
