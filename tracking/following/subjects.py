"""What can be followed: how it is named in an address, in a sentence and in a row."""

from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Municipality, Unit
from accounts.sent_numbers import number_in
from plans.models import Plan, PlanElement
from plans.plan_path import PlanPath
from tracking.choices import FollowKind
from tracking.models import Follow
from tracking.reading.lookup import PlanMoved, published_plan
from tracking.reading.sentences import shortened

NAMED: Final = 120
"""Characters of a promise, where it is named."""


def title_of(follow: Follow) -> str:
    """What FOLLOW is of: «Plan de gobierno de Puno, 2019-2022»."""
    place = follow.municipality
    if follow.element:
        return _("La promesa «%(words)s» (%(place)s)") % {
            "words": shortened(follow.element.statement, NAMED),
            "place": place.name,
        }
    if follow.plan:
        shown = {"place": place.name, "term": follow.plan.term.printed}
        name = _("El plan de gobierno de %(place)s, %(term)s") % shown
        return name if follow.plan.in_force else f"{name} ({follow.plan.filed_by})"
    if follow.unit:
        return _("%(unit)s (%(place)s)") % {"unit": follow.unit.name, "place": place.full_name}
    return _("Lo que dice «%(words)s» en los planes de %(place)s") % {
        "words": follow.words,
        "place": place.name,
    }


def address_of(follow: Follow) -> str:
    """The page of what FOLLOW is of."""
    if follow.plan:
        follow.plan.municipality = follow.municipality
    if follow.element and follow.plan:
        follow.element.plan = follow.plan
    if follow.unit:
        follow.unit.municipality = follow.municipality
    about = follow.element or follow.plan or follow.unit
    if about is not None:
        return about.get_absolute_url()
    asked = urlencode({"q": follow.words, "municipio": follow.municipality.slug})
    return f"{reverse('tracking:search')}?{asked}"


def asking_for(
    municipality: Municipality,
    *,
    plan: Plan | None = None,
    element: PlanElement | None = None,
    unit: Unit | None = None,
    words: str = "",
) -> str:
    """The address of the form that follows one of these, or a word in MUNICIPALITY."""
    asked = {"m": municipality.slug}
    if plan:
        asked["plan"] = str(plan.path)
    if element:
        asked["promesa"] = element.ref
    if unit:
        asked["oficina"] = str(unit.pk)
    if words:
        asked["palabra"] = words
    return f"{reverse('following:follow')}?{urlencode(asked, safe='/')}"


class Subject(NamedTuple):
    """What an address asks to follow: a row that is not saved, without a follower."""

    follow: Follow
    ended: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """What says it, in the columns of `Follow`; but for the words, which a form asks."""
        row = self.follow
        return {
            "kind": row.kind,
            "municipality": row.municipality,
            "plan": row.plan,
            "element": row.element,
            "unit": row.unit,
        }


def subject_in(asked: QueryDict) -> Subject:
    """What ASKED names. Http404 for what is not there, or not public."""
    place = get_object_or_404(Municipality, slug=asked.get("m", "").replace("\x00", ""))
    if "plan" in asked:
        return _of_a_plan(place, asked)
    if number := asked.get("oficina", ""):
        unit = get_object_or_404(Unit, pk=number_in(number), municipality=place)
        ended = _("Esa oficina se suprimió: siga el plan, que dice quién responde ahora.")
        row = Follow(kind=FollowKind.UNIT, municipality=place, unit=unit)
        return Subject(row, ended if unit.closed_on else "")
    return Subject(Follow(kind=FollowKind.WORDS, municipality=place))


def _of_a_plan(place: Municipality, asked: QueryDict) -> Subject:
    try:
        plan = published_plan(place.slug, PlanPath.parse(asked.get("plan", "")))
    except PlanMoved as moved:
        plan = moved.plan
    except ValueError as error:
        raise Http404(str(error)) from error
    plan.municipality = place
    if "promesa" not in asked:
        return Subject(Follow(kind=FollowKind.PLAN, municipality=place, plan=plan))
    ref = asked.get("promesa", "").replace("\x00", "")
    element = get_object_or_404(plan.elements.published().defer("search"), ref=ref)
    element.plan = plan
    ended = _("Vigía ya no recoge ese texto como parte del plan: siga el plan entero.")
    row = Follow(kind=FollowKind.PROMISE, municipality=place, plan=plan, element=element)
    return Subject(row, ended if element.is_withdrawn else "")
