"""Keep the standings: counted anew whenever something that they count is published.

Whoever changes what they count calls `recount` in the same transaction, after
`MunicipalityQuerySet.let_pages_know`: that holds the municipality's row until the commit, so that
two publications at once count one after the other, and the second sees what the first wrote.
"""

from collections.abc import Collection

from plans.models import Plan
from plans.semester import Semester
from tracking.measuring.standings import closed_sums, standings_of
from tracking.models import ClosedTotal, Standing

BATCH = 500


def recount(plan: Plan, semesters: Collection[Semester] | None = None) -> None:
    """Write the standings of PLAN in SEMESTERS, or in its whole term, as it stands now.

    And in those that follow: what is last known of a promise holds until something else is.
    Twelve queries at most, and one more for each 500 rows beyond the first. Call in a transaction.
    """
    term = Semester.all_of(plan.term)
    chosen = term if semesters is None else [each for each in term if each >= min(semesters)]
    rows = standings_of(Plan.objects.get(pk=plan.pk), chosen)
    Standing.objects.filter(plan=plan, semester__in=chosen).delete()
    Standing.objects.bulk_create(rows, BATCH)
    ClosedTotal.objects.filter(plan=plan).delete()
    if sums := closed_sums(plan):
        ClosedTotal.objects.create(plan=plan, **sums)
