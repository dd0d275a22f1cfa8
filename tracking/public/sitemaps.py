"""Every public page that should be found: nothing simulated, nothing withdrawn."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, Max, OuterRef, Subquery
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import Municipality
from accounts.querysets import MunicipalityQuerySet
from plans.models import Plan, PlanElement, PlanVersion
from plans.plan_path import PATH_COLUMNS
from plans.querysets import PlanElementQuerySet, PlanQuerySet
from tracking.models import AccountabilityReport, LedgerEntry, ProgressReport
from tracking.public.methods import CHAPTERS
from tracking.querysets import AccountabilityReportQuerySet
from tracking.reading import editions
from tracking.reading.page_rows import PageRows

if TYPE_CHECKING:
    SitemapBase = Sitemap[Any]
else:
    SitemapBase = Sitemap


class Section(SitemapBase):
    """Addresses begin with SITE_URL, whatever host was asked."""

    limit = 5000

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.partition("://")[2]


class PageSection(Section):
    def items(self) -> Sequence[str]:
        names = (
            *("home", "municipalities", "country_map", "compare"),
            *("accountability_reports", "verify", "methodology"),
        )
        return [
            *(reverse(f"tracking:{name}") for name in names),
            *(each.address for each in CHAPTERS),
            reverse("tracking:open_data"),
            reverse("tracking:data_columns"),
            reverse("api:docs"),
        ]

    def location(self, item: str) -> str:
        return item


class MunicipalitySection(Section):
    def items(self) -> MunicipalityQuerySet:
        """Municipalities, without those that have nothing but a demonstration."""
        plans = Plan.objects.published().filter(municipality=OuterRef("pk"))
        is_real = ~Exists(plans) | Exists(plans.filter(simulated=False))
        rows = Municipality.objects.filter(is_real)
        listed: MunicipalityQuerySet = rows.only("slug").order_by("inei")
        return listed


class RegionSection(Section):
    """The map and the comparison of each region in which somebody has a plan that is real."""

    def items(self) -> list[str]:
        real = Plan.objects.published().in_force().filter(simulated=False)
        slugs = map(slugify, Municipality.objects.filter(plans__in=real).regions())
        names = ("region_map", "compare_region")
        return [reverse(f"tracking:{name}", args=[slug]) for slug in slugs for name in names]

    def location(self, item: str) -> str:
        return item


class LedgerSection(Section):
    def items(self) -> MunicipalityQuerySet:
        entries = LedgerEntry.objects.filter(municipality=OuterRef("pk"))
        simulated = Exists(entries.filter(simulated=True))
        rows = Municipality.objects.filter(~simulated, Exists(entries))
        listed: MunicipalityQuerySet = rows.only("slug").order_by("inei")
        return listed

    def location(self, item: Municipality) -> str:
        return reverse("tracking:ledger", args=[item.slug])


class DatedSection(Section):
    """``items`` carry the dates that their pages name as "al …", each of which may be None."""

    dates: tuple[str, ...] = ("versioned_at", "reported_at")

    def items(self) -> Any:
        raise NotImplementedError

    def lastmod(self, item: Any) -> dt.datetime | None:
        return _latest(getattr(item, name) for name in self.dates)

    def get_latest_lastmod(self) -> dt.datetime | None:
        """The newest date, computed in the database: Django would read every item."""
        newest = self.items().aggregate(*map(Max, self.dates))
        return _latest(newest.values())


class PlanSection(DatedSection):
    def items(self) -> PlanQuerySet:
        rows = Plan.objects.published().filter(simulated=False)
        dated: PlanQuerySet = rows.select_related("municipality").annotate(
            versioned_at=_versioned_at("pk"), reported_at=_reported_at(plan="pk")
        )
        return dated


class DocumentSection(PlanSection):
    dates = ("versioned_at",)

    def location(self, item: Plan) -> str:
        return reverse("tracking:document", args=item.url_args)


class HearingSection(PlanSection):
    """What is carried into the hearings of a term, of each plan that is in force."""

    def items(self) -> PlanQuerySet:
        rows: PlanQuerySet = super().items().in_force()
        return rows

    def location(self, item: Plan) -> str:
        return reverse("tracking:hearing_pack", args=item.url_args)


class AccountabilitySection(DatedSection):
    """The page of each semester of which a report was issued, as new as its newest edition."""

    dates = ("issued_at",)

    def items(self) -> AccountabilityReportQuerySet:
        rows = AccountabilityReport.objects.published().current().filter(simulated=False)
        listed: AccountabilityReportQuerySet = rows.without_content().order_by("pk")
        return listed

    def location(self, item: AccountabilityReport) -> str:
        return item.get_newest_url()


class ChapterSection(Section):
    """The chapters that each of these has; a page leads to the others of its own."""

    reports = AccountabilitySection()

    def items(self) -> list[tuple[AccountabilityReport, str]]:
        return [(report, slug) for report in self.reports.items() for slug in editions.CHAPTERS]

    def location(self, item: tuple[AccountabilityReport, str]) -> str:
        report, slug = item
        address = [*report.plan.url_args, report.semester, slug]
        return reverse("tracking:accountability_chapter", args=address)

    def lastmod(self, item: tuple[AccountabilityReport, str]) -> dt.datetime:
        return item[0].issued_at

    def get_latest_lastmod(self) -> dt.datetime | None:
        return self.reports.get_latest_lastmod()


class PromiseSection(DatedSection):
    def items(self) -> PlanElementQuerySet:
        rows = PlanElement.objects.published().current().filter(plan__simulated=False)
        named = ("ref", *(f"plan__{each}" for each in (*PATH_COLUMNS, "municipality__slug")))
        rows = rows.select_related("plan__municipality").only(*named)
        dated: PlanElementQuerySet = rows.order_by("plan_id", "position", "pk").annotate(
            versioned_at=_versioned_at("plan"), reported_at=_reported_at(element="pk")
        )
        return dated

    @property
    def paginator(self) -> PageRows:
        return PageRows(self.items(), self.limit)

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Asked of the plans, which are fewer: the newest version, and report of what stands."""
        stands = PlanElement.objects.current().filter(plan=OuterRef("pk"))
        plans = Plan.objects.published().filter(Exists(stands), simulated=False)
        newest = plans.aggregate(
            versioned_at=Max(_versioned_at("pk")),
            reported_at=Max(_reported_at(plan="pk", element__until_version=None)),
        )
        return _latest(newest.values())


SECTIONS: Final[dict[str, type[Section]]] = {
    "paginas": PageSection,
    "municipios": MunicipalitySection,
    "regiones": RegionSection,
    "registros": LedgerSection,
    "planes": PlanSection,
    "documentos": DocumentSection,
    "audiencias": HearingSection,
    "rendiciones": AccountabilitySection,
    "capitulos": ChapterSection,
    "promesas": PromiseSection,
}


def _versioned_at(plan: str) -> Subquery:
    rows = PlanVersion.objects.published().filter(plan=OuterRef(plan))
    return Subquery(rows.order_by("-published_at").values("published_at")[:1])


def _reported_at(**of: str | None) -> Subquery:
    wanted = {name: column and OuterRef(column) for name, column in of.items()}
    rows = ProgressReport.objects.published().filter(**wanted)
    return Subquery(rows.order_by("-published_at").values("published_at")[:1])


def _latest(dates: Iterable[dt.datetime | None]) -> dt.datetime | None:
    return max(filter(None, dates), default=None)
