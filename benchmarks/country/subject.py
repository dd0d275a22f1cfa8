"""Whom the pages that are measured are about: a municipality that is in the smallest country, too.

It is the same in all of them, row by row, so that what costs more there costs it because of the
others.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from django.test import Client

from accounts.choices import Role
from accounts.models import Municipality, User
from benchmarks.country.places import orders
from plans.choices import Level
from plans.models import Plan, PlanElement
from tracking.choices import ReportState
from tracking.models import AccountabilityReport, LedgerEntry, ProgressReport, Support

SMALLEST: Final = 5
USUAL: Final = 100


@dataclass(frozen=True)
class Subject:
    place: Municipality

    @classmethod
    def chosen(cls) -> Self:
        """Of the municipalities of the smallest country the one with the most usual plan."""
        some = orders(count=SMALLEST)
        return cls(min(some, key=lambda order: abs(order.size - USUAL)).place)

    @cached_property
    def slugs(self) -> list[str]:
        """What its address calls it, then those of the others of the smallest country."""
        others = [order.place.slug for order in orders(count=SMALLEST) if order.place != self.place]
        return [self.place.slug, *others]

    @cached_property
    def plan(self) -> Plan:
        return Plan.objects.select_related("municipality").get(municipality=self.place)

    @property
    def address(self) -> str:
        return self.plan.get_absolute_url()

    @cached_property
    def edition(self) -> AccountabilityReport:
        return AccountabilityReport.objects.filter(plan=self.plan).earliest("edition")

    @cached_property
    def entry(self) -> LedgerEntry:
        return LedgerEntry.objects.filter(municipality=self.place).latest("number")

    @cached_property
    def support(self) -> Support:
        """A file of a published report."""
        rows = Support.objects.published().filter(report__plan=self.plan, url="")
        return rows.select_related("report__element").earliest("pk")

    @cached_property
    def drafted(self) -> ProgressReport:
        """A report that is told by a step and that its office still writes."""
        return self._report(ReportState.DRAFT)

    @cached_property
    def sent(self) -> ProgressReport:
        """The like that waits for its review."""
        return self._report(ReportState.SUBMITTED)

    def ref_of(self, level: Level) -> str:
        """Of an element of LEVEL; of promises one with a published report."""
        rows = PlanElement.objects.filter(plan=self.plan, level=level)
        if level in {Level.ACTIVITY, Level.TARGET}:
            rows = rows.filter(reports__state=ReportState.PUBLISHED)
        return str(rows.order_by("position").values_list("ref", flat=True)[0])

    def people(self, role: Role) -> list[User]:
        rows = User.objects.filter(memberships__municipality=self.place, memberships__role=role)
        return list(rows.order_by("pk"))

    def client(self, person: User) -> Client:
        client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
        client.force_login(person)
        return client

    def _report(self, state: ReportState) -> ProgressReport:
        rows = ProgressReport.objects.filter(
            plan=self.plan, state=state, value=None, step__isnull=False, parts_done=[]
        ).exclude(unit=None)
        found: ProgressReport = rows.select_related("element", "author").earliest("pk")
        return found
