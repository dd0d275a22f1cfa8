"""What a municipality has, and still lacks, until the first report of a term: never ticked."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Role
from accounts.models import Authority, Municipality, User
from accounts.permissions import can
from accounts.querysets import folded
from plans.gaps import counts_of
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.term import Term
from tracking.models import SemesterWindow
from tracking.office.worklists.plan_steps import (
    answering_step,
    measuring_step,
    plan_step,
    report_step,
    semesters_step,
    standing_step,
)
from tracking.office.worklists.steps import Step
from tracking.office.worklists.vacant import offices_without_people


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


def has_nobody(municipality: Municipality) -> bool:
    """Whether nobody works in MUNICIPALITY, nor was asked to."""
    held = municipality.memberships.filter(ended_on=None)
    return not held.exists() and not municipality.invitations.waiting().exists()


def _steps(municipality: Municipality, term: Term, plan: Plan | None) -> Iterator[Step]:
    yield _authority(municipality, term)
    yield plan_step(municipality, term, plan)
    yield standing_step(municipality, plan)
    yield _units(municipality)
    yield _people(municipality, plan)
    rows: dict[str, int] = {}
    if plan:
        elements = PlanElement.objects.filter(plan=plan).measurable().with_gaps()
        rows = next(iter(counts_of(elements)), {})
    yield answering_step(municipality, plan, rows)
    yield measuring_step(municipality, plan, rows)
    windows = SemesterWindow.objects.filter(
        municipality=municipality, semester__in=Semester.all_of(term)
    )
    first = windows.order_by("semester").first()
    yield semesters_step(municipality, plan, first)
    yield report_step(municipality, plan, first)


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
        address=reverse(
            "office_accounts:units" if count else "office_accounts:add_units",
            args=[municipality.slug],
        ),
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
        address=reverse("office_accounts:invite_many", args=[municipality.slug]),
        permission="people.edit",
    )
