"""What became public of the plans of one municipality: each thing an entry of a feed."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, cast

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.models import Plan, PlanVersion
from plans.semester import Semester
from plans.version_notes import headline
from tracking.choices import LedgerAct
from tracking.measuring.entry import TEXTS
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    LedgerEntry,
    ProgressReport,
    SemesterWindow,
    SignedFile,
    Support,
    Withholding,
)
from tracking.reading import sentences
from tracking.reading.story import Chapter, Revision
from tracking.reading.strips import Arrival, Cell
from tracking.transparency.heads import with_first_head

MOST: Final = 50
"""What a feed holds. Each kind is cut there in the database, and all of them once more together."""

LONGEST_STATEMENT: Final = 200

Plans = Mapping[int, Plan]


@dataclass(frozen=True)
class News:
    """One thing that became public, when, and the ADDRESS (a path) where it is read.

    KEY is a path that nothing else has and that never changes. OFFICE said it: "" where the
    municipality did not, but the portal. ROW is what was published, as the ledger names it, and
    ENTRY the number and the code under which it did: at that moment they were the chain's head.
    HEAD is the size and the root of the portal's log when it first covered that entry; None until
    it does.
    """

    key: str
    at: dt.datetime
    title: str
    summary: str
    address: str
    office: str = ""
    row: tuple[str, int] = ("", 0)
    entry: tuple[int, str] | None = None
    head: tuple[int, str] | None = None


def news_of(plans: Sequence[Plan]) -> list[News]:
    """The MOST newest things that became public of PLANS, newest first. Nine queries.

    PLANS, with their municipality, are of one municipality, published, and none a demonstration.
    """
    if not plans:
        return []
    by_id = {plan.pk: plan for plan in plans}
    entries = chain(
        *(_reports(by_id), _closings(by_id), _editions(by_id)),
        *(_signed(by_id), _versions(by_id), _withholdings(by_id)),
    )
    return _entered(sorted(entries, key=lambda each: each.at, reverse=True)[:MOST])


def _entered(news: Sequence[News]) -> list[News]:
    """NEWS, each with its entry, and the first head of the portal's log that covers it. One query.

    The first, and no newer one: an entry of a feed stays as it was told.
    """
    rows = {each.row for each in news}
    entries = LedgerEntry.objects.filter(
        act__in={act for act, _pk in rows}, subject_id__in={pk for _act, pk in rows}
    )
    columns = ("act", "subject_id", "number", "chain", "head_size", "head_root")
    found: dict[tuple[str, int], dict[str, Any]] = {
        (act, pk): {"entry": (number, code), "head": (size, root) if root else None}
        for act, pk, number, code, size, root in with_first_head(entries).values_list(*columns)
    }
    return [replace(each, **found.get(each.row, {})) for each in news]


def _reports(plans: Plans) -> Iterator[News]:
    rows = ProgressReport.objects.published().filter(plan__in=plans)
    rows = rows.select_related("element", "unit", "terms").defer("element__search", *TEXTS)
    reports = list(rows.order_by("-published_at", "-pk")[:MOST])
    supports = Support.objects.published().filter(report__in=reports)
    sustained = supports.with_tombstones().by_report()
    municipality = next(iter(plans.values())).municipality_id
    windows = SemesterWindow.objects.filter(municipality=municipality)
    days = {window.semester: window for window in windows}
    for report in reports:
        plan, ref = plans[report.plan_id], report.element.ref
        revision = Revision(report, sustained.get(report.pk, []))
        yield News(
            key=f"{plan.get_absolute_url()}{ref}/{report.semester}/r{report.revision}",
            at=cast(dt.datetime, report.published_at),  # a constraint says that it has one
            title=_report_title(revision),
            summary=_report_summary(revision, days.get(report.semester)),
            address=_promise(plan, ref, report.semester),
            office=_office(plan, report.unit.name if report.unit else ""),
            row=(LedgerAct.REPORT if report.revision == 1 else LedgerAct.CORRECTION, report.pk),
        )


def _report_title(revision: Revision) -> str:
    """«S.1.1.1, 2021-I: en ejecución, 3 de 8 partes, 2 sustentos»"""
    report = revision.report
    shown = {
        "ref": report.element.ref,
        "semester": report.semester,
        "what": f"{sentences.measured(revision)}, {sentences.supported(revision)}",
    }
    if report.revision > 1:
        return _("%(ref)s, %(semester)s, corrección: %(what)s") % shown
    return _("%(ref)s, %(semester)s: %(what)s") % shown


def _report_summary(revision: Revision, window: SemesterWindow | None) -> str:
    """The statement, and its semester as this revision told it; of a correction, why."""
    report = revision.report
    is_correction = report.revision > 1
    chapter = Chapter(
        Cell(report.semester, Arrival.REPORTED),
        None if is_correction else window,  # a correction is never late
        revisions=[revision],
    )
    statement = Truncator(report.element.statement).chars(LONGEST_STATEMENT)
    pieces = [f"«{statement}».", sentences.reported(chapter), _("Declarado por la municipalidad.")]
    if is_correction:
        pieces.append(_("Motivo de la corrección: %s") % report.correction_reason)
    return " ".join(pieces)


def _closings(plans: Plans) -> Iterator[News]:
    rows = (
        ClosingLine.objects.filter(element__plan__in=plans, window__closed_at__isnull=False)
        .values_list("element__plan", "window", "window__semester", "window__closed_at")
        .annotate(asked=Count("pk"), reported=Count("report"))
        .order_by("-window__closed_at", "-window")[:MOST]
    )
    for plan_id, window, semester, closed_at, asked, reported in rows:
        plan = plans[plan_id]
        shown = {
            "semester": semester,
            "n": reported,
            "all": asked,
            "term": plan.term.printed,
        }
        summary = ngettext(
            "Al cerrarse el semestre %(semester)s tenía informe %(n)s de %(all)s promesa del plan "
            "de gobierno %(term)s.",
            "Al cerrarse el semestre %(semester)s tenían informe %(n)s de %(all)s promesas del "
            "plan de gobierno %(term)s.",
            asked,
        )
        yield News(
            key=f"{plan.get_absolute_url()}{semester}/cierre",
            at=closed_at,
            title=_("Semestre %(semester)s cerrado: %(n)s de %(all)s con informe") % shown,
            summary=summary % shown,
            address=plan.get_absolute_url(),
            office=_office(plan),
            row=(LedgerAct.CLOSING, window),
        )


def _editions(plans: Plans) -> Iterator[News]:
    rows = AccountabilityReport.objects.published().filter(plan__in=plans).defer("content")
    for report in rows.order_by("-issued_at", "-pk")[:MOST]:
        report.plan = plans[report.plan_id]
        shown = {
            "semester": report.semester,
            "n": report.edition,
            "code": report.printed_code,
            "term": report.plan.term.printed,
        }
        yield News(
            key=report.get_absolute_url(),
            at=report.issued_at,
            title=_("Rendición de cuentas del semestre %(semester)s, edición %(n)s") % shown,
            summary=_(
                "Del plan de gobierno %(term)s. El código de la edición es %(code)s: lleva a sus "
                "cifras, para compararlas con una copia."
            )
            % shown,
            address=report.get_absolute_url(),
            office=_office(report.plan),
            row=(LedgerAct.EDITION, report.pk),
        )


def _signed(plans: Plans) -> Iterator[News]:
    """What people signed, and what of it was withheld: nobody is named, since a feed is kept."""
    rows = SignedFile.objects.published().without_data().filter(report__plan__in=plans)
    for file in rows.order_by("-added_at", "-pk")[:MOST]:
        report = file.report
        shown = {"semester": report.semester, "n": report.edition}
        added = News(
            key=file.get_absolute_url(),
            at=file.added_at,
            title=_("Rendición de cuentas del semestre %(semester)s, edición %(n)s, firmada")
            % shown,
            summary=_("Se publicó su PDF con firmas digitales: quién firmó está en su página."),
            address=report.get_absolute_url(),
            office=_office(report.plan),
            row=(LedgerAct.SIGNED, file.pk),
        )
        yield added
        if withheld := file.withheld:
            title = _(
                "Rendición de cuentas del semestre %(semester)s, edición %(n)s: una firmada, "
                "retirada"
            )
            yield replace(
                added,
                key=f"{added.key}/retiro",
                at=withheld.at,
                title=title % shown,
                summary=_("La municipalidad retiró un PDF firmado que había publicado. Motivo: %s")
                % withheld.reason,
                row=(LedgerAct.SIGNED_WITHHOLDING, withheld.pk),
            )


def _versions(plans: Plans) -> Iterator[News]:
    versions = PlanVersion.objects.published().dated().filter(plan__in=plans)
    for version in versions.order_by("-published_at", "-number")[:MOST]:
        plan = plans[version.plan_id]
        what = headline(version)
        yield News(
            key=f"{plan.get_absolute_url()}v{version.number}",
            at=version.published_at,
            title=_("Plan de gobierno %(term)s · %(what)s") % {"term": _named(plan), "what": what},
            summary=f"{plan.whose}. {capfirst(what)}.",
            address=plan.get_absolute_url(),
            row=(LedgerAct.PLAN, version.pk),
        )


def _named(plan: Plan) -> str:
    """Which plan it is: by its term, and by its list where it is not in force."""
    if plan.in_force:
        return plan.term.printed
    return _("%(term)s (lista %(name)s)") % {"term": plan.term.printed, "name": plan.filed_by}


def _withholdings(plans: Plans) -> Iterator[News]:
    """The newest report that a support was withheld from is where it is told; its title is not."""
    supports = (
        Support.objects.published()
        .filter(
            report__plan__in=plans,
            report__municipality=OuterRef("municipality"),
            sha256=OuterRef("sha256"),
        )
        .order_by("-pk")
    )
    names = ("report__plan", "report__element__ref", "report__semester")
    plan, ref, semester = (Subquery(supports.values(name)[:1]) for name in names)
    rows = Withholding.objects.annotate(plan=plan, ref=ref, semester=semester)
    for withheld in rows.exclude(plan=None).order_by("-at", "-pk")[:MOST]:
        of = plans[withheld.plan]
        shown = {"ref": withheld.ref, "semester": withheld.semester}
        yield News(
            key=f"{of.municipality.get_absolute_url()}retiro/{withheld.sha256}",
            at=withheld.at,
            title=_("%(ref)s, %(semester)s: un sustento retirado") % shown,
            summary=_("La municipalidad retiró un sustento que había publicado. Motivo: %s")
            % withheld.reason,
            address=_promise(of, withheld.ref, withheld.semester),
            office=_office(of),
            row=(LedgerAct.WITHHOLDING, withheld.pk),
        )


def _promise(plan: Plan, ref: str, semester: Semester) -> str:
    return f"{reverse('tracking:element', args=[*plan.url_args, ref])}#{semester}"


def _office(plan: Plan, unit: str = "") -> str:
    """Who said it, never a person: the UNIT, if one did, and its municipality."""
    name = plan.municipality.full_name
    return f"{unit}, {name}" if unit else name
