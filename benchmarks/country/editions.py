"""Some accountability reports, issued by the service that issues real ones."""

from collections.abc import Iterable

from accounts.choices import Role
from accounts.models import User
from benchmarks.country.places import Order
from plans.models import Plan
from tracking.accountability.issuing import issue
from tracking.models import SemesterWindow


def write_editions(some: Iterable[Order]) -> None:
    """Issue that of the last closed semester of each of SOME."""
    for order in some:
        plan = Plan.objects.select_related("municipality").get(municipality=order.place)
        closed = SemesterWindow.objects.filter(municipality=order.place).exclude(closed_at=None)
        planners = User.objects.filter(
            memberships__municipality=order.place, memberships__role=Role.PLANNING
        )
        issue(plan, closed.latest("semester"), edition=1, by=planners.earliest("pk"))
