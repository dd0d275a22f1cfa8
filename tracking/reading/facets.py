"""The filters of a search: what can be chosen, with how many results each choice has."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Count
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Unit
from plans.choices import DIMENSIONS_SOUGHT, OWN, OWN_ONES, Level
from plans.querysets import PlanElementQuerySet, in_dimension

FACETS: Final = {
    "municipio": "plan__municipality__slug",
    "oficina": "units",
    "dimension": "dimension",
    "nivel": "level",
}
"""Each filter with the column that it chooses by."""

GROUPED: Final = ("municipio", "dimension", "nivel")
MOST_OPTIONS: Final = 60
"""Of municipalities, those with most results: whoever looks for another names it."""
IS_ID: Final = re.compile(r"[0-9]{1,18}")
NAMES: Final = {"municipio": "plan__municipality__name", "oficina": "units__name"}
CHOICES: Final[dict[str, Sequence[tuple[str, str | Promise]]]] = {
    "dimension": DIMENSIONS_SOUGHT,
    "nivel": Level.choices,
}
TITLES: Final = {
    "municipio": _("Municipio"),
    "oficina": _("Oficina"),
    "dimension": _("Dimensión"),
    "nivel": _("Nivel"),
}


@dataclass(frozen=True)
class Option:
    """One choice of a filter. ``address`` leads to it where it is a link and no form's field."""

    value: str
    label: str | Promise
    count: int
    is_chosen: bool
    address: str = ""


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
    dimension = wanted.pop("dimension", "")
    if dimension:
        rows = rows.filter(in_dimension(dimension))
    if not IS_ID.fullmatch(wanted.get("units", "1")):
        return rows.none()
    return rows.filter(**wanted)


def facets_of(
    rows: PlanElementQuerySet, chosen: Mapping[str, str], parameters: QueryDict
) -> tuple[list[Facet], int]:
    """Each filter with its choices, the others applied; and how many all of them leave.

    One query, and one more for offices. These are offered within one municipality: their names
    repeat from one to the next.
    """
    groups = _groups(filtered(rows, {"oficina": chosen["oficina"]}).order_by())
    counts = {name: _counts(name, groups, chosen) for name in GROUPED}
    if chosen["municipio"] or chosen["oficina"]:
        counts["oficina"] = _offices(filtered(rows, chosen, leave_out="oficina").order_by())
    facets = [
        _facet(name, counts[name], chosen[name], address_with(parameters, name, ""))
        for name in FACETS
        if name in counts
    ]
    return facets, sum(group.n for group in groups if group.is_left_by(chosen))


class _Group(NamedTuple):
    """How many there are of one municipality, dimension and level."""

    values: Mapping[str, str]
    municipality: str
    n: int

    def is_left_by(self, chosen: Mapping[str, str], leave_out: str = "") -> bool:
        return all(
            not chosen[name] or name == leave_out or value == chosen[name]
            for name, value in self.values.items()
        )


Counts = Mapping[tuple[str, str | Promise], int]
"""How many each choice leaves, by its value and its label."""


def _groups(rows: PlanElementQuerySet) -> list[_Group]:
    columns = (FACETS["municipio"], NAMES["municipio"], FACETS["dimension"], FACETS["nivel"])
    counted = rows.values_list(*columns).annotate(n=Count("pk"))
    return [
        _Group({"municipio": slug, "dimension": _kind(dimension), "nivel": level}, name, n)
        for slug, name, dimension, level, n in counted
    ]


def _kind(dimension: str) -> str:
    return OWN_ONES if dimension.startswith(OWN) else dimension


def _counts(name: str, groups: Iterable[_Group], chosen: Mapping[str, str]) -> Counts:
    """Municipalities by how many they have; what is a closed list in its own order."""
    counts: Counter[str] = Counter()
    labels: dict[str, str | Promise] = {}
    for group in groups:
        if group.is_left_by(chosen, leave_out=name):
            counts[group.values[name]] += group.n
            labels[group.values[name]] = group.municipality
    if name in CHOICES:
        return {(value, label): counts[value] for value, label in CHOICES[name]}
    ordered = sorted(counts, key=lambda value: (-counts[value], str(labels[value])))
    return {(value, labels[value]): counts[value] for value in ordered[:MOST_OPTIONS]}


def _offices(rows: PlanElementQuerySet) -> Counts:
    column, label = FACETS["oficina"], NAMES["oficina"]
    counted: Any = rows.exclude(units=None).values_list(column, label).annotate(n=Count("pk"))
    return {(str(pk), name): n for pk, name, n in counted.order_by("-n", label)}


def _facet(name: str, counts: Counts, chosen: str, any_address: str) -> Facet:
    options = [
        Option(value, label, count, value == chosen)
        for (value, label), count in counts.items()
        if count or value == chosen
    ]
    if chosen and not any(option.is_chosen for option in options):
        options.append(Option(chosen, _label_of(name, chosen), 0, is_chosen=True))
    return Facet(name, options, any_address)


def _label_of(name: str, value: str) -> str:
    """What is called VALUE, which was chosen and leaves nothing; itself where there is no such."""
    names: Any = None
    if name == "municipio":
        names = Municipality.objects.filter(slug=value)
    elif name == "oficina" and IS_ID.fullmatch(value):
        names = Unit.objects.filter(pk=value)
    called = names.values_list("name", flat=True).first() if names is not None else None
    return called or value


def address_with(parameters: QueryDict, name: str, value: str) -> str:
    """The search of PARAMETERS with one of them set, or taken away; back on its first page."""
    changed = parameters.copy()
    for gone in ("pagina", "formato", name):
        changed.pop(gone, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"
