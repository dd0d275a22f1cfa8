"""What a municipality has, and still lacks, until the first report of a term: never ticked."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.choices import Role
from accounts.models import Authority, Municipality, User
from accounts.permissions import can
from accounts.querysets import folded
from plans.gaps import NO_KIND, NO_UNIT, counts_of
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.term import Term
from tracking.models import ProgressReport, SemesterWindow
from tracking.office.worklists.vacant import offices_without_people

WHO: Final = {
    "directory.edit": gettext_lazy("planificación o administración"),
    "people.edit": gettext_lazy("quien administra las cuentas"),
    "plan.edit": gettext_lazy("planificación"),
    "semester.edit": gettext_lazy("planificación"),
    "report.edit": gettext_lazy("cada unidad y planificación"),
}


@dataclass(frozen=True)
class Step:
    """One thing on the way: what is there or what it takes, and where it is done.

    ``is_held``: it cannot be begun before the plan is there. ``address`` is "" for a reader who
    may not do it; ``who`` says who does.
    """

    title: str
    said: str
    is_done: bool
    action: str
    address: str
    permission: str
    is_held: bool = False
    is_next: bool = False

    @property
    def who(self) -> str:
        return str(WHO[self.permission])


@dataclass(frozen=True)
class FirstDay:
    """The steps of TERM in their order, and how many are done."""

    term: Term
    steps: Sequence[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step.is_next), None)


def first_day(municipality: Municipality, term: Term, *, user: User) -> FirstDay:
    """How far MUNICIPALITY is for TERM, as USER may go on. A constant number of queries."""
    plans = Plan.objects.published().in_force().of_term(term).filter(municipality=municipality)
    plan: Plan | None = plans.first()
    steps = list(_steps(municipality, term, plan))
    after = next((n for n, step in enumerate(steps) if not step.is_done and not step.is_held), -1)
    return FirstDay(
        term,
        [
            replace(
                step,
                is_next=n == after,
                address=step.address if can(user, step.permission, municipality.pk) else "",
            )
            for n, step in enumerate(steps)
        ],
    )


def _steps(municipality: Municipality, term: Term, plan: Plan | None) -> Iterator[Step]:
    yield _authority(municipality, term)
    yield _plan(municipality, plan)
    yield _standing(municipality, plan)
    yield _units(municipality)
    yield _people(municipality, plan)
    rows: dict[str, int] = {}
    if plan:
        elements = PlanElement.objects.filter(plan=plan).measurable().with_gaps()
        rows = next(iter(counts_of(elements)), {})
    yield _answering(municipality, plan, rows)
    yield _measuring(municipality, plan, rows)
    windows = SemesterWindow.objects.filter(
        municipality=municipality, semester__in=Semester.all_of(term)
    )
    first = windows.order_by("semester").first()
    yield _semesters(municipality, plan, first)
    yield _report(municipality, plan, first)


def _authority(municipality: Municipality, term: Term) -> Step:
    # The credentials are given after the election, in the last months of the term before.
    elected, ends = dt.date(term.first_year - 1, 10, 1), dt.date(term.last_year, 12, 31)
    governing = municipality.authorities.filter(since__gte=elected, since__lte=ends)
    mayors = (each for each in governing if folded(each.office).startswith("alcald"))
    mayor: Authority | None = next(mayors, None)
    said = _("La credencial o el acta de proclamación del JNE, con su fecha.")
    if mayor:
        shown = {
            "name": mayor.name,
            "office": mayor.office.lower(),
            "since": date_format(mayor.since),
            "source": mayor.source,
        }
        said = _("%(name)s, %(office)s desde el %(since)s. Fuente: %(source)s.") % shown
    return Step(
        title=_("La autoridad, con su documento"),
        said=said,
        is_done=mayor is not None,
        action=_("Ver las autoridades") if mayor else _("Registrar a la autoridad"),
        address=reverse(
            "office_accounts:authorities" if mayor else "office_accounts:add_authority",
            args=[municipality.slug],
        ),
        permission="directory.edit",
    )


def _plan(municipality: Municipality, plan: Plan | None) -> Step:
    said = _("El documento que la lista presentó al JNE, o el resumen que publica el JNE.")
    if plan:
        said = _("%(organization)s. Versión publicada: %(version)s.") % {
            "organization": plan.organization or _("El documento no nombra a la organización"),
            "version": plan.version,
        }
    return Step(
        title=_("El plan de gobierno"),
        said=said,
        is_done=plan is not None,
        action=_("Ver el plan") if plan else _("Cargar el plan"),
        address=reverse("office_plans:plans", args=[municipality.slug]),
        permission="plan.edit",
    )


def _standing(municipality: Municipality, plan: Plan | None) -> Step:
    is_done = plan is not None and plan.takes_reports
    said = _("Que el plan es el de la autoridad elegida, con el acta o la credencial y su fecha.")
    if plan and is_done:
        said = f"{plan.get_standing_display()}. {plan.standing_source}"
    return _of_the_plan(
        plan,
        Step(
            title=_("De quién es el plan"),
            said=said,
            is_done=is_done,
            action=_("Decir de quién es"),
            address=_about(plan, "standing", municipality),
            permission="plan.edit",
        ),
    )


def _units(municipality: Municipality) -> Step:
    count = municipality.units.filter(closed_on=None).count()
    said = _("Los nombres de las oficinas, como figuran en el ROF: se pegan o vienen de una hoja.")
    if count:
        said = ngettext("%s unidad orgánica.", "%s unidades orgánicas.", count) % number_format(
            count
        )
    return Step(
        title=_("Las unidades orgánicas"),
        said=said,
        is_done=bool(count),
        action=_("Ver las unidades") if count else _("Agregar las unidades"),
        address=reverse("office_accounts:units", args=[municipality.slug]),
        permission="directory.edit",
    )


def _people(municipality: Municipality, plan: Plan | None) -> Step:
    held = municipality.memberships.filter(unit=OuterRef("pk"), ended_on=None)
    asked = municipality.invitations.waiting().filter(unit=OuterRef("pk"))
    units = municipality.units.filter(closed_on=None).aggregate(
        total=Count("pk"),
        held=Count("pk", filter=Exists(held)),
        asked=Count("pk", filter=Exists(held) | Exists(asked)),
    )
    said = _("Los correos de quienes informan: se pegan, o vienen de una hoja.")
    if units["asked"]:
        said = _("%(held)s de %(total)s unidades tienen quién informe") % units
        if waiting := units["asked"] - units["held"]:
            invited = ngettext("%s más está invitada", "%s más están invitadas", waiting)
            said = f"{said}; {invited % number_format(waiting)}"
        said += "."
    vacant = len(offices_without_people(plan)) if plan else 0
    if vacant:
        sentence = ngettext(
            "%s que responde por promesas no tiene a nadie todavía.",
            "%s que responden por promesas no tienen a nadie todavía.",
            vacant,
        )
        said = f"{said} {sentence % number_format(vacant)}"
    has_planner = municipality.memberships.filter(role=Role.PLANNING, ended_on=None).exists()
    if not has_planner:
        said = f"{said} {_('Falta quien planifique: revisa y publica.')}"
    return Step(
        title=_("Las personas"),
        said=said,
        is_done=bool(units["asked"]) and has_planner,
        action=_("Invitar a las personas"),
        address=reverse("office_accounts:people", args=[municipality.slug]),
        permission="people.edit",
    )


def _answering(municipality: Municipality, plan: Plan | None, rows: dict[str, int]) -> Step:
    total, missing = rows.get("total", 0), rows.get("without_unit", 0)
    return _of_the_plan(
        plan,
        Step(
            title=_("Quién responde por cada promesa"),
            said=_counted(total, missing, _("%(n)s de %(total)s promesas tienen unidad."))
            or _("Una unidad para cada promesa: muchas a la vez, por dimensión o por palabras."),
            is_done=bool(total) and not missing,
            action=_("Asignar unidades"),
            address=_about(plan, "elements", municipality, f"?falta={NO_UNIT}" if missing else ""),
            permission="plan.edit",
        ),
    )


def _measuring(municipality: Municipality, plan: Plan | None, rows: dict[str, int]) -> Step:
    total, missing = rows.get("total", 0), rows.get("without_kind", 0)
    return _of_the_plan(
        plan,
        Step(
            title=_("Cómo se mide cada una"),
            said=_counted(total, missing, _("%(n)s de %(total)s promesas dicen cómo se miden."))
            or _("Clase, unidad, línea de base, meta y cronograma de cada promesa."),
            is_done=bool(total) and not missing,
            action=_("Decir cómo se miden"),
            address=_about(plan, "measuring", municipality, f"?falta={NO_KIND}" if missing else ""),
            permission="plan.edit",
        ),
    )


def _semesters(municipality: Municipality, plan: Plan | None, first: SemesterWindow | None) -> Step:
    said = _("Desde qué semestre se informa, y en qué días.")
    if first:
        shown = {"semester": first.semester, "opens": date_format(first.opens_on)}
        said = _("Se informa desde %(semester)s, que se abre el %(opens)s.") % shown
    return _of_the_plan(
        plan,
        Step(
            title=_("Los semestres"),
            said=said,
            is_done=first is not None,
            action=_("Ver los plazos") if first else _("Registrar los plazos"),
            address=reverse("office:windows", args=[municipality.slug]),
            permission="semester.edit",
        ),
    )


def _report(municipality: Municipality, plan: Plan | None, first: SemesterWindow | None) -> Step:
    begun = ProgressReport.objects.filter(plan=plan).count() if plan else 0
    said = _("Un borrador se prepara desde ahora; se envía cuando el semestre se abra.")
    if begun:
        said = ngettext("%s informe empezado.", "%s informes empezados.", begun)
        said %= number_format(begun)
    address = ""
    if first:
        address = reverse("office:semester", args=[municipality.slug, first.semester])
    return Step(
        title=_("El primer informe"),
        said=said,
        is_done=bool(begun),
        action=_("Ir al semestre"),
        address=address,
        permission="report.edit",
        is_held=first is None or plan is None or not plan.takes_reports,
    )


def _of_the_plan(plan: Plan | None, step: Step) -> Step:
    return step if plan else replace(step, is_held=True, address="")


def _about(plan: Plan | None, name: str, municipality: Municipality, query: str = "") -> str:
    if plan is None:
        return ""
    return reverse(f"office_plans:{name}", args=[municipality.slug, plan.term]) + query


def _counted(total: int, missing: int, sentence: str) -> str:
    shown = {"n": number_format(total - missing), "total": number_format(total)}
    return sentence % shown if total else ""
