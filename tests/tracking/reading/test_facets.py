"""The filters of a search: what can be chosen, and how many each choice leaves."""

import pytest
from django.http import QueryDict

from accounts.models import Unit
from plans.choices import OWN_ONES, Dimension, Level
from plans.models import Plan, PlanElement
from tests.tracking.published import element_of
from tracking.reading.facets import Facet, address_with, facets_of, filtered

NOTHING = {"municipio": "", "oficina": "", "dimension": "", "nivel": ""}


def facets(chosen: dict[str, str]) -> dict[str, Facet]:
    told = facets_of(PlanElement.objects.all(), NOTHING | chosen, QueryDict("q=agua"))
    return {each.name: each for each in told.filters}


def test_each_choice_counts_what_the_other_filters_leave(puno_plan: Plan, lamas_plan: Plan) -> None:
    told = facets({"nivel": Level.TARGET})
    assert [(each.label, each.count) for each in told["municipio"].options] == [
        ("Lamas", 1),
        ("Puno", 1),
    ]
    told = facets({"municipio": "puno", "nivel": Level.TARGET})
    assert {each.value: each.count for each in told["nivel"].options} == {
        **dict.fromkeys([Level.DIMENSION, Level.PROBLEM, Level.OBJECTIVE, Level.ACTIVITY], 1),
        **dict.fromkeys([Level.TARGET, Level.GUIDELINE], 1),
    }
    assert [each.value for each in told["dimension"].options] == [Dimension.SOCIAL]


def test_a_chosen_place_stands_alone_and_leads_to_the_others(
    puno_plan: Plan, lamas_plan: Plan
) -> None:
    told = facets({"municipio": "puno", "dimension": OWN_ONES})["municipio"]
    assert [(each.value, each.label, each.count) for each in told.options] == [("puno", "Puno", 0)]
    assert told.more_address == "?q=agua&en=lugares"
    assert facets({})["municipio"].more_address == ""


def test_of_many_places_those_with_most_are_offered(
    puno_plan: Plan, lamas_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.reading.facets.MOST_OPTIONS", 1)
    PlanElement.objects.filter(plan=lamas_plan, level=Level.TARGET).update(until_version=1)
    told = facets_of(PlanElement.objects.current(), NOTHING, QueryDict())
    place = told.filters[0]
    assert [(each.label, each.count) for each in place.options] == [("Puno", 6)]
    assert place.more_address == "?en=lugares"
    assert told.places == {puno_plan.municipality_id: 6, lamas_plan.municipality_id: 5}
    assert told.total == 11


def test_what_is_chosen_stays_to_be_given_up_though_it_finds_nothing(puno_plan: Plan) -> None:
    told = facets({"dimension": Dimension.ECONOMIC})["dimension"]
    assert told.chosen is not None
    assert (told.chosen.label, told.chosen.count) == (Dimension.ECONOMIC.label, 0)


def test_offices_are_offered_within_a_municipality(puno_plan: Plan, puno_unit: Unit) -> None:
    element = element_of(puno_plan, "S.1.1.1", puno_unit)
    assert "oficina" not in facets({})
    (office,) = facets({"municipio": "puno"})["oficina"].options
    assert (office.value, office.label, office.count) == (str(puno_unit.pk), puno_unit.name, 1)
    rows = filtered(PlanElement.objects.all(), {"oficina": str(puno_unit.pk)})
    assert list(rows) == [element]


@pytest.mark.parametrize("office", ["x", "\u0661", "9" * 30])
def test_what_is_no_office_finds_nothing(puno_plan: Plan, office: str) -> None:
    assert not filtered(PlanElement.objects.all(), {"oficina": office})


def test_another_choice_begins_at_the_first_page() -> None:
    parameters = QueryDict("q=agua&nivel=target&pagina=3&formato=csv")
    assert address_with(parameters, "nivel", "activity") == "?q=agua&nivel=activity"
    assert address_with(parameters, "nivel", "") == "?q=agua"
