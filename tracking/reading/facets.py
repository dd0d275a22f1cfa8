"""The filters of a search: what can be chosen, with how many results each choice has."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Unit
from accounts.querysets import folded
from accounts.sent_numbers import number_in
from plans.choices import DIMENSIONS_SOUGHT, OWN, OWN_ONES, Level
from plans.querysets import PlanElementQuerySet, in_dimension
from tracking.reading.grouped import grouped

FACETS: Final = {
    "municipio": "plan__municipality__slug",
    "oficina": "units",
    "dimension": "dimension",
    "nivel": "level",
}
"""Each filter with the column that it chooses by."""

MOST_OPTIONS: Final = 20
"""Of municipalities, those with most results."""
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
    """One filter. ``any_address`` is the list without it, ``more_address`` leads to what else can
    be chosen, "" where that is all."""

    name: str
    options: list[Option]
    any_address: str
    more_address: str = ""

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
    if "units" in wanted and number_in(wanted["units"]) is None:
        return rows.none()
    return rows.filter(**wanted)


@dataclass(frozen=True)
class Facets:
    """The filters of a search with their choices; how many promises all of them leave, in TOTAL and
    in each of PLACES, by the id of its municipality."""

    filters: list[Facet]
    total: int
    places: Mapping[int, int]


def facets_of(
    rows: PlanElementQuerySet, chosen: Mapping[str, str], parameters: QueryDict
) -> Facets:
    """Each filter with its choices, the others applied.

    ROWS are read once, and once more for offices. These are offered within one municipality: their
    names repeat from one to the next. Of municipalities those with most are offered, or the chosen
    one alone: the list of all is a page of its own.
    """
    place = chosen["municipio"]
    within = filtered(rows, {name: chosen[name] for name in ("oficina", "municipio")})
    dimension, level = chosen["dimension"], chosen["nivel"]
    groups = grouped(within, _is_left(dimension, level))
    kinds: Counter[tuple[str, str]] = Counter()
    for (key, each_level), n in groups.kinds.items():
        kinds[OWN_ONES if key.startswith(OWN) else key, each_level] += n
    total = sum(n for kind, n in kinds.items() if _fits(kind, dimension, level))
    counts: dict[str, Counts] = {
        "municipio": {(place, _label_of("municipio", place)): total}
        if place
        else _most(groups.places),
        "dimension": {
            (value, label): sum(n for kind, n in kinds.items() if _fits(kind, value, level))
            for value, label in CHOICES["dimension"]
        },
        "nivel": {
            (value, label): sum(n for kind, n in kinds.items() if _fits(kind, dimension, value))
            for value, label in CHOICES["nivel"]
        },
    }
    if place or chosen["oficina"]:
        counts["oficina"] = _offices(filtered(rows, chosen, leave_out="oficina").order_by())
    facets = [
        _facet(name, counts[name], chosen[name], address_with(parameters, name, ""))
        for name in FACETS
        if name in counts
    ]
    if place or len(groups.places) > MOST_OPTIONS:
        anywhere = QueryDict(address_with(parameters, "municipio", "").removeprefix("?"))
        facets[0] = replace(facets[0], more_address=address_with(anywhere, "en", "lugares"))
    return Facets(facets, total, groups.places)


Counts = Mapping[tuple[str, str | Promise], int]
"""How many each choice leaves, by its value and its label."""


def _is_left(dimension: str, level: str) -> Q:
    """Of DIMENSION and LEVEL, "" for any, for the database."""
    # Without either, what is true of each row.
    fits = in_dimension(dimension) if dimension else Q(pk__isnull=False)
    return fits & Q(level=level) if level else fits


def _fits(kind: tuple[str, str], dimension: str, level: str) -> bool:
    """Whether KIND is of DIMENSION and LEVEL, "" for any."""
    return dimension in {"", kind[0]} and level in {"", kind[1]}


def _most(places: Mapping[int, int]) -> Counts:
    """The municipalities that have most, by slug and name. One query."""
    most = dict(Counter(places).most_common(MOST_OPTIONS))
    rows = Municipality.objects.filter(pk__in=most).values_list("pk", "slug", "name")
    ordered = sorted(rows, key=lambda row: (-most[row[0]], folded(row[2])))
    return {(slug, name): most[pk] for pk, slug, name in ordered}


def _offices(rows: PlanElementQuerySet) -> Counts:
    column, label = FACETS["oficina"], "units__name"
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
    elif name == "oficina" and (pk := number_in(value)) is not None:
        names = Unit.objects.filter(pk=pk)
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
