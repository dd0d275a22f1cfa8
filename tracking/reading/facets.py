"""The filters of a search: what can be chosen, with how many results each choice has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.choices import Dimension, Level
from plans.querysets import PlanElementQuerySet

FACETS: Final = {
    "municipio": "plan__municipality__slug",
    "oficina": "units",
    "dimension": "dimension",
    "nivel": "level",
}
"""Each filter with the column that it chooses by."""

NAMES: Final = {"municipio": "plan__municipality__name", "oficina": "units__name"}
CHOICES: Final[dict[str, type[Dimension] | type[Level]]] = {
    "dimension": Dimension,
    "nivel": Level,
}
TITLES: Final = {
    "municipio": _("Municipio"),
    "oficina": _("Oficina"),
    "dimension": _("Dimensión"),
    "nivel": _("Nivel"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str | Promise
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """One filter. ``any_address`` is the list without it."""

    name: str
    options: list[Option]
    any_address: str

    @property
    def title(self) -> str:
        return str(TITLES[self.name])

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


def filtered(
    rows: PlanElementQuerySet, chosen: Mapping[str, str], leave_out: str = ""
) -> PlanElementQuerySet:
    """Those of ROWS that CHOSEN leaves, by the names of FACETS."""
    wanted = {FACETS[name]: value for name, value in chosen.items() if value and name != leave_out}
    if not re.fullmatch(r"[0-9]{1,18}", wanted.get("units", "1")):
        return rows.none()
    return rows.filter(**wanted)


def facets_of(
    found: PlanElementQuerySet, chosen: Mapping[str, str], parameters: QueryDict
) -> list[Facet]:
    """Each filter with its choices, the others applied. A query for each.

    Offices are offered within one municipality: their names repeat from one to the next.
    """
    has_offices = chosen["municipio"] or chosen["oficina"]
    names = [name for name in FACETS if name != "oficina" or has_offices]
    return [_facet(name, found, chosen, parameters) for name in names]


def _facet(
    name: str, found: PlanElementQuerySet, chosen: Mapping[str, str], parameters: QueryDict
) -> Facet:
    rows = filtered(found, chosen, leave_out=name).order_by()
    counted = _counted_by_name(name, rows) if name in NAMES else _counted_by_choice(name, rows)
    return Facet(
        name,
        [
            Option(
                value, label, count, value == chosen[name], address_with(parameters, name, value)
            )
            for value, label, count in counted
            if count or value == chosen[name]
        ],
        any_address=address_with(parameters, name, ""),
    )


def _counted_by_name(name: str, rows: PlanElementQuerySet) -> Iterator[tuple[str, str, int]]:
    column, label = FACETS[name], NAMES[name]
    named = rows.exclude(**{column: None})
    groups: Any = named.values(column, label).annotate(n=Count("pk")).order_by("-n", label)
    for row in groups:
        yield str(row[column]), row[label], row["n"]


def _counted_by_choice(
    name: str, rows: PlanElementQuerySet
) -> Iterator[tuple[str, str | Promise, int]]:
    column = FACETS[name]
    counts = dict(rows.values_list(column).annotate(n=Count("pk")).values_list(column, "n"))
    for each in CHOICES[name]:
        yield each.value, each.label, counts.get(each.value, 0)


def address_with(parameters: QueryDict, name: str, value: str) -> str:
    """The search of PARAMETERS with one of them set, or taken away; back on its first page."""
    changed = parameters.copy()
    for gone in ("pagina", "formato", name):
        changed.pop(gone, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"
