"""Which unit's promises an officers' list shows."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement, Responsibility

WITHOUT: Final = "ninguna"


@dataclass(frozen=True)
class UnitFilter:
    """The UNITS to choose from, and the one CHOSEN; IS_WITHOUT: what no unit answers for."""

    units: list[Unit]
    sees_all: bool
    chosen: Unit | None = None
    is_without: bool = False

    @property
    def value(self) -> str:
        """As it stands in the address: "12", "ninguna", or "" for all."""
        return WITHOUT if self.is_without else str(self.chosen.pk if self.chosen else "")

    @property
    def heading(self) -> Unit | None:
        """The one unit that the list is about."""
        return self.units[0] if len(self.units) == 1 and not self.sees_all else self.chosen

    @property
    def offers(self) -> bool:
        """Whether there is anything to choose."""
        return self.sees_all or len(self.units) > 1

    def narrow(self, elements: QuerySet[PlanElement]) -> QuerySet[PlanElement]:
        answering = Responsibility.objects.filter(element=OuterRef("pk"))
        if self.is_without:
            return elements.filter(~Exists(answering.filter(unit__closed_on=None)))
        if self.chosen:
            return elements.filter(Exists(answering.filter(unit=self.chosen)))
        return elements


def unit_filter(typed: str, user: User, plan: Plan, *, sees_all: bool) -> UnitFilter:
    """What USER chose by the text TYPED in an address. Http404 for a unit that is not theirs.

    One query for whoever SEES_ALL of PLAN; the others choose among their own units.
    """
    units = _units_of(plan) if sees_all else _own_units(user, plan.municipality)
    if typed == WITHOUT and sees_all:
        return UnitFilter(units, sees_all, is_without=True)
    chosen = next((unit for unit in units if str(unit.pk) == typed), None)
    if typed and chosen is None:
        raise Http404
    return UnitFilter(units, sees_all, chosen)


def sees_every_unit(user: User, municipality: Municipality) -> bool:
    """Whether USER reads the reports of all units there: everybody but who reports for some."""
    here = [
        each for each in user.current_memberships if each.municipality_id in {None, municipality.pk}
    ]
    return any(each.role != Role.REPORTER for each in here)


def _units_of(plan: Plan) -> list[Unit]:
    answering = Responsibility.objects.filter(unit=OuterRef("pk"), plan=plan)
    return list(Unit.objects.filter(Exists(answering)).order_by("name"))


def _own_units(user: User, municipality: Municipality) -> list[Unit]:
    held = [each for each in user.current_memberships if each.role == Role.REPORTER]
    units = {each.unit for each in held if each.municipality_id == municipality.pk and each.unit}
    return sorted(units, key=lambda unit: unit.name)
