"""What the portal has of each municipality."""

from itertools import combinations
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef

from accounts.models import Municipality
from accounts.querysets import CAPITAL, MunicipalityQuerySet, folded
from plans.models import Plan

INEI: Final = "INEI-"
RENIEC: Final = "RENIEC-"
"""What makes a word of an ubigeo, and says whose it is: a spreadsheet takes "030101" for 30101."""

MOST_READ: Final = 10
"""Words of a question among which a place is looked for."""
MARKS: Final = "¿?¡!.,;:()«»“”\"'"
LEADING: Final = ("en", "de", "para")
"""What leads from a word to a place: «agua en Lamas»."""


def with_plan_mark(rows: MunicipalityQuerySet) -> MunicipalityQuerySet:
    """Mark in ``has_plan`` whose plan the public can read here."""
    plans = Plan.objects.published().in_force().filter(municipality=OuterRef("pk"))
    marked: MunicipalityQuerySet = rows.annotate(has_plan=Exists(plans))
    return marked


class Meant(NamedTuple):
    """Which PLACES a question may mean; whether there are OTHERS, and of what REGION it is the
    name, "" where of none."""

    places: list[Municipality]
    others: bool
    region: str


def places_meant(words: str, most: int, *, nothing_else: bool) -> Meant:
    """Up to MOST municipalities that WORDS name, best first. One query.

    Those whose name, or capital's, it is. Others only where several words together name a place
    («Coata, Puno»), or where NOTHING_ELSE was found: most words begin some place's name.
    """
    if not words:
        return Meant([], others=False, region="")
    named = list(with_plan_mark(Municipality.objects.named(words))[: most + 1])
    exact = [row for row in named if row.closeness <= CAPITAL]
    wanted = exact or (named if nothing_else or len(words.split()) > 1 else [])
    shown = wanted[:most]
    region = next((row.region for row in named if folded(row.region) == folded(words)), "")
    return Meant(shown, others=bool(shown) and len(named) > len(shown), region=region)


def places_within(words: str, most: int) -> list[tuple[Municipality, str]]:
    """Up to MOST municipalities with a plan that a part of WORDS names, each with the rest of them.

    «Agua en Lamas» is Lamas, and «agua». At most one query.
    """
    typed = [word for each in words.split()[:MOST_READ] if (word := each.strip(MARKS))]
    rests = {}
    for start, end in combinations(range(len(typed) + 1), 2):
        before, after = typed[:start], typed[end:]
        if before and before[-1].lower() in LEADING:
            before.pop()
        if rest := " ".join(before + after):
            rests[folded(" ".join(typed[start:end]))] = rest
    if not rests:
        return []
    rows = with_plan_mark(Municipality.objects.filter(search_name__in=rests)).filter(has_plan=True)
    return [(row, rests[row.search_name]) for row in rows.order_by("-kind", "search_name")[:most]]


def as_text(inei: str) -> str:
    """The ubigeo in a form that every program keeps: "INEI-030101"."""
    return f"{INEI}{inei}"
