"""State what activities cost in a fiscal year."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality, User
from plans.choices import Level
from plans.models import PlanElement
from tracking.ledger.kinds import EXPENDITURES
from tracking.ledger.writing import enter
from tracking.models import Expenditure


@dataclass(frozen=True)
class Statement:
    """What was SAVED, and why each other row was REFUSED, by its activity's id.

    A row that says what is already in force is neither.
    """

    saved: list[Expenditure] = field(default_factory=list)
    refused: dict[int, ValidationError] = field(default_factory=dict)


@transaction.atomic
def state_expenditures(rows: Collection[tuple[Expenditure, int]], *, by: User) -> Statement:
    """Add ROWS, each with the revision that BY saw, one for each activity and all of one year.

    Good rows are saved though others be refused: an element that is no activity, a year outside
    the term, a plan that takes no reports, an amount or a day that cannot be, no source, a change
    without its reason, or a newer revision than BY saw. The number of queries does not depend on
    how many there are.
    """
    ids = sorted({row.element_id for row, _seen in rows})
    plans = PlanElement.objects.filter(pk__in=ids).values("plan")
    places = list(Municipality.objects.filter(plans__in=plans).held().values_list("pk", flat=True))
    locked = PlanElement.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    elements = {each.pk: each for each in locked.select_related("plan").order_by("pk")}
    years = {row.year for row, _seen in rows}
    stored = Expenditure.objects.filter(element__in=ids, year__in=years).in_force()
    newest_of = {(each.element_id, each.year): each for each in stored}
    done = Statement()
    for row, seen in rows:
        row.element, row.by = elements[row.element_id], by
        newest = newest_of.get((row.element_id, row.year))
        if newest and row.says_the_same(newest):
            continue
        try:
            _check(row, newest, seen)
        except ValidationError as refusal:
            done.refused[row.element_id] = refusal
            continue
        plan = row.element.plan
        row.plan, row.municipality_id, row.simulated = plan, plan.municipality_id, plan.simulated
        row.revision = newest.revision + 1 if newest else 1
        done.saved.append(row)
    Expenditure.objects.bulk_create(done.saved)
    if done.saved:
        Municipality.objects.filter(pk__in=places).let_pages_know()
        for place in places:
            enter(EXPENDITURES, [row for row in done.saved if row.municipality_id == place])
    return done


def _check(row: Expenditure, newest: Expenditure | None, seen: int) -> None:
    """Raise ValidationError for what the database would refuse, and for what nobody meant."""
    plan = row.element.plan
    if row.element.level != Level.ACTIVITY:
        raise ValidationError(_("El gasto se registra por actividad."))
    if not plan.term.holds(row.year):
        raise ValidationError(_("Ese año no es del periodo del plan."))
    if not plan.takes_reports:
        raise ValidationError(_("Solo se registra el gasto del plan de una autoridad elegida."))
    if (newest.revision if newest else 0) != seen:
        raise ValidationError(
            _("Otra persona registró cifras de esta actividad: compare y guarde otra vez.")
        )
    if row.as_of > timezone.localdate():
        raise ValidationError({"as_of": _("Ese día todavía no llega.")})
    if row.as_of.year < row.year:
        raise ValidationError({"as_of": _("Ese día es anterior al año fiscal %s.") % row.year})
    if min(row.pia, row.pim, row.accrued) < 0:
        raise ValidationError(_("Un monto no es negativo."))
    if row.accrued > row.pim:
        raise ValidationError({"accrued": _("El devengado no puede pasar del PIM.")})
    if newest and not row.reason:
        raise ValidationError({"reason": _("Diga por qué cambia la cifra: es público.")})
    row.clean_fields(exclude=["plan", "municipality", "simulated", "element", "by"])
