"""What came back from review: why, and whether anybody has changed it since."""

from collections.abc import Collection

from tracking.choices import Act, ReportState
from tracking.models import ProgressReport, ReviewStep


def returns_of(reports: Collection[ProgressReport]) -> dict[int, ReviewStep]:
    """By its id, why each of REPORTS that stands returned was returned. At most one query."""
    returned = [each.pk for each in reports if each.state == ReportState.RETURNED]
    if not returned:
        return {}
    steps = ReviewStep.objects.filter(report__in=returned, act=Act.RETURNED)
    newest = steps.order_by("report_id", "-at", "-pk").distinct("report_id").select_related("by")
    return {each.report_id: each for each in newest}


def changed_since(report: ProgressReport, returned: ReviewStep) -> bool:
    """Whether anybody wrote in REPORT after it was RETURNED."""
    return report.updated_at > returned.at
