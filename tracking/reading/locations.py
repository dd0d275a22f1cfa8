"""Where the promises of a plan are carried out: where their terms plan it, and reports say it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from plans.locations import Kept, merged
from plans.models import MeasuringTerms, Plan
from plans.semester import Semester
from tracking.models import ProgressReport


def locations_of(plan: Plan, *, until: Semester | None = None) -> dict[int, list[Kept]]:
    """By its id, all locations of each element of PLAN of which any was said. Two queries.

    Those of its terms in force, and those of the newest revision of each semester's report, as far
    as UNTIL: what a later report leaves out was worked in all the same.
    """
    terms = MeasuringTerms.objects.filter(element__plan=plan)
    reports = ProgressReport.objects.published().filter(plan=plan)
    if until is not None:
        terms = terms.filter(in_force_from__lte=until.last_day)
        reports = reports.filter(semester__lte=until)
    said: dict[int, list[list[Kept]]] = defaultdict(list)
    for rows in (terms.in_force(), reports.newest()):
        for element, locations in rows.values_list("element_id", "locations"):
            if locations:
                said[element].append(locations)
    return {element: merged(lists) for element, lists in said.items()}


def locations_told(
    terms: MeasuringTerms | None, reports: Iterable[ProgressReport]
) -> Sequence[Kept]:
    """The same of one promise: of its TERMS in force, and the newest of its REPORTS by semester."""
    return merged([terms.locations if terms else [], *(each.locations for each in reports)])
