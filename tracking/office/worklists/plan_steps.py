"""The steps of a first day that are about the plan: whose it is, who answers, how it is told."""

from dataclasses import replace

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Municipality
from plans.gaps import NO_KIND, NO_UNIT
from plans.models import Plan, PlanImport
from plans.term import Term
from tracking.models import ProgressReport, SemesterWindow
from tracking.office.worklists.steps import Step


def plan_step(municipality: Municipality, term: Term, plan: Plan | None) -> Step:
    said, action = _("El documento que la lista presentó al JNE, o el resumen del JNE."), ""
    address = reverse("office_plans:imports", args=[municipality.slug])
    coming = PlanImport.objects.shown().light().filter(list_slug="", municipality=municipality)
    if plan:
        said = _("%(organization)s. Versión publicada: %(version)s.") % {
            "organization": plan.organization or _("El documento no nombra a la organización"),
            "version": plan.version,
        }
        action = _("Ver el plan")
        address = reverse("office_plans:plans", args=[municipality.slug])
    elif draft := coming.filter(first_year=term.first_year).first():
        said = f"«{draft.file_name}»: {draft.get_state_display().lower()}."
        action = _("Seguir con el plan")
        address = reverse("office_plans:import", args=[municipality.slug, draft.pk])
    return Step(
        title=_("El plan de gobierno"),
        said=said,
        is_done=plan is not None,
        action=action or _("Cargar el plan"),
        address=address,
        permission="plan.edit",
    )


def standing_step(municipality: Municipality, plan: Plan | None) -> Step:
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
            action=_("Cambiar la condición") if is_done else _("Decir de quién es"),
            address=_about(plan, "standing", municipality),
            permission="plan.edit",
        ),
    )


def answering_step(municipality: Municipality, plan: Plan | None, rows: dict[str, int]) -> Step:
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


def measuring_step(municipality: Municipality, plan: Plan | None, rows: dict[str, int]) -> Step:
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


def semesters_step(
    municipality: Municipality, plan: Plan | None, first: SemesterWindow | None
) -> Step:
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


def report_step(
    municipality: Municipality, plan: Plan | None, first: SemesterWindow | None
) -> Step:
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
