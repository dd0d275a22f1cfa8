"""Bring the plan of a list in force: once it is known, by a dated document, that it was elected."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.security import note
from plans.choices import Standing
from plans.models import Plan
from plans.plan_path import list_called
from plans.services.changes import assign
from plans.services.publishing import locked, record_version
from tracking.models import AccountabilityReport, ClosingLine, Expenditure, ProgressReport

PLACE: Final = ("in_force", "list_slug")


def trouble_coming_in_force(plan: Plan) -> str:
    """Why the plan of a list cannot come in force today, as a sentence; "" where it can."""
    if plan.in_force:
        return _("Este plan ya rige.")
    if plan.standing != Standing.ELECTED:
        return _(
            "Solo rige el plan de la autoridad elegida: registre antes su condición, con el "
            "documento que lo dice y su fecha."
        )
    former = _in_force_beside(plan)
    if former and former.simulated:
        return _("El plan que rige es una demostración: retírela antes.")
    if former and _has_reports(former):
        return _("Ya se informó sobre el plan que rige: no puede dejar de regir.")
    return ""


@transaction.atomic
def bring_in_force(plan: Plan, *, by: User) -> Plan:
    """Make the published PLAN of a list the one in force of its municipality and term.

    What was in force moves to the address of its list; a version of each says so. The address that
    PLAN had leads to its new one. Raises ValidationError, with nothing written, where its
    list was not elected by a dated document, and where it was reported on what is in force.
    """
    stored = locked(plan.pk)
    if trouble := trouble_coming_in_force(stored):
        raise ValidationError(trouble)
    former = _in_force_beside(stored)
    if former:
        _place(former, {"in_force": False, "list_slug": former.list_slug or _list_of(former)}, by)
    _place(stored, {"in_force": True, "list_slug": stored.list_slug}, by)
    note("plan.in_force", by.pk, municipality=stored.municipality_id, plan=stored.pk)
    return stored


def _place(plan: Plan, place: dict[str, Any], by: User) -> None:
    told = assign(plan, place)
    plan.save(update_fields=PLACE)
    vars(plan).pop("url_args", None)  # it is another now
    record_version(plan, [{"ref": "", "what": "plan", **told}], [], by=by)


def _in_force_beside(plan: Plan) -> Plan | None:
    rows = Plan.objects.in_force().filter(
        municipality=plan.municipality_id, first_year=plan.first_year
    )
    found: Plan | None = rows.exclude(pk=plan.pk).select_related("municipality").first()
    return found


def _list_of(plan: Plan) -> str:
    """A name for the list of PLAN, which had none, unlike those of the lists beside it."""
    beside = Plan.objects.filter(municipality=plan.municipality_id, first_year=plan.first_year)
    taken = set(beside.exclude(list_slug="").values_list("list_slug", flat=True))
    return list_called(plan.organization, taken)


def _has_reports(plan: Plan) -> bool:
    """Whether anything was reported on PLAN, also what is not published yet, or fixed of it."""
    kept = (
        ProgressReport.objects.filter(plan=plan),
        ClosingLine.objects.filter(element__plan=plan),
        Expenditure.objects.filter(plan=plan),
        AccountabilityReport.objects.filter(plan=plan),
    )
    return any(rows.exists() for rows in kept)
