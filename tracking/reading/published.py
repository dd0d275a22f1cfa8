"""Everything that is published, row by row: what the API lists and open data exports.

Each function gives all that the public may see of one kind, said anew at each call, with what its
rows say besides their columns.
"""

from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Left, NullIf, TruncDate

from accounts.models import Municipality, Unit
from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, Passage, Plan, PlanElement, PlanVersion, Responsibility
from plans.models.element import MAX_DEPTH
from plans.querysets import PlanElementQuerySet
from tracking.choices import LedgerAct
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    Expenditure,
    LedgerEntry,
    ProgressReport,
    SemesterWindow,
    Standing,
    Support,
)
from tracking.reading.editions import CONTENT_SIZE
from tracking.reading.passages import with_their_plans
from tracking.reading.places import with_plan_mark

MEASURE: Final = (
    *("kind", "unit_of_measure", "baseline", "goal", "direction", "bound", "tolerance", "nature"),
)
"""What a row says of the terms in force."""


def municipalities() -> Any:
    """All of the country's, with whether the public can read a plan there."""
    return with_plan_mark(Municipality.objects.all())


def units() -> Any:
    """Simulated are those that answer for simulated promises alone.

    And, of those that answer for none, those of a municipality that has nothing but simulations.
    """
    plans = Plan.objects.published().filter(municipality=OuterRef("municipality"))
    charge = Responsibility.objects.filter(unit=OuterRef("pk"), element__plan__version__gte=1)
    real = Exists(charge.filter(element__plan__simulated=False))
    simulated = Exists(charge) | ~Exists(plans.filter(simulated=False))
    rows = Unit.objects.select_related("municipality").order_by("pk")
    return rows.annotate(simulated=~real & simulated & Exists(plans.filter(simulated=True)))


def passages() -> Any:
    """The documents of published plans, in the passages that a search finds."""
    return with_their_plans(Passage.objects.published()).order_by("pk")


def semesters() -> Any:
    """When a semester of a published plan is reported, and when it was closed; as real as that."""
    year = Cast(Left(OuterRef("semester"), 4), IntegerField())
    plans = Plan.objects.published().of_year(year).filter(municipality=OuterRef("municipality"))
    rows = SemesterWindow.objects.filter(Exists(plans)).select_related("municipality")
    return rows.annotate(simulated=Exists(plans.filter(simulated=True))).order_by("pk")


def plans() -> Any:
    """The published plans; each with when its newest version was published."""
    newest = PlanVersion.objects.published().filter(plan=OuterRef("pk")).order_by("-number")
    return (
        Plan.objects.published()
        .select_related("municipality", "document")
        .defer("document__text", "vision_spans")
        .annotate(published_at=Subquery(newest.values("published_at")[:1]))
        .order_by("pk")
    )


def elements() -> PlanElementQuerySet:
    """Every element of a published plan, also what was withdrawn, with what its row says.

    ``is_reportable`` is whether a report of it is asked today, ``kind`` what it is then counted as.
    ``updated_at`` is when its plan was last published, its terms stated or a report of it
    published: nothing of it changed later.
    """
    terms = MeasuringTerms.objects.filter(element=OuterRef("pk")).order_by("-version")
    versions = PlanVersion.objects.published().filter(plan=OuterRef("plan")).order_by("-number")
    reports = ProgressReport.objects.published().filter(element=OuterRef("pk"))
    units = Responsibility.objects.filter(element=OuterRef("pk")).order_by("unit__name", "pk")
    rows: PlanElementQuerySet = PlanElement.objects.published().annotate(
        problem=_nearest(Level.PROBLEM),
        objective=_nearest(Level.OBJECTIVE),
        unit_ids=ArraySubquery(units.values("unit_id")),
        **{name: Subquery(terms.values(name)[:1]) for name in MEASURE if name != "kind"},
        kind=_counted_as(Subquery(terms.values("kind")[:1]), "level"),
        updated_at=Greatest(
            Subquery(versions.values("published_at")[:1]),
            Subquery(terms.values("created_at")[:1]),
            Subquery(reports.order_by("-published_at").values("published_at")[:1]),
        ),
    )
    rows = rows.with_reportability()
    return rows.select_related("plan__municipality").defer("search", "spans").order_by("pk")


def _counted_as(stated: Any, level: str) -> Coalesce:
    """`measuring.entry.kind_of` in the database, of the kind STATED and the LEVEL; "" for none."""
    delivery = When(**{level: Level.ACTIVITY}, then=Value(MeasureKind.DELIVERY.value))
    return Coalesce(NullIf(stated, Value("")), Case(delivery, default=Value("")))


def _nearest(level: Level) -> Case:
    """The id of the nearest element of LEVEL that an element hangs from, however far up."""
    paths = ["__".join(["parent"] * steps) for steps in range(1, MAX_DEPTH)]
    return Case(*(When(**{f"{path}__level": level}, then=F(f"{path}__pk")) for path in paths))


def reports() -> Any:
    """Every published revision; ``current`` is the newest of its promise and semester.

    ``sent_on`` is the day, in Peru, on which it was last sent to review: that of the first revision
    tells whether it came in time. ``kind`` is how it was measured.
    """
    rows = ProgressReport.objects.published()
    return _about(
        rows,
        current=_newest(rows, "revision", "semester"),
        sent_on=TruncDate("submitted_at"),
        kind=_counted_as(F("terms__kind"), "element__level"),
    ).select_related("terms")


def supports() -> Any:
    """Of every published revision; of what was withheld, when and why, and not what it is."""
    return _about(Support.objects.published().with_tombstones(), "report__element")


def expenditures() -> Any:
    """Every revision of every figure of a published plan."""
    rows = Expenditure.objects.filter(plan__version__gte=1)
    return _about(rows, current=_newest(rows, "revision", "year"))


def terms() -> Any:
    """Every version of how each element of a published plan is measured.

    What only repeats the plan's own text is not simulated, whatever the plan's progress is.
    """
    rows = MeasuringTerms.objects.filter(element__plan__version__gte=1)
    simulated = Q(element__plan__simulated=True, by__isnull=False)
    return _about(rows, current=_newest(rows, "version"), simulated=simulated)


def _newest(rows: Any, number: str, *same: str) -> Any:
    """Whether none of ROWS has a greater NUMBER for the same element, and the SAME otherwise."""
    alike = {name: OuterRef(name) for name in ("element", *same)}
    return ~Exists(rows.filter(**alike, **{f"{number}__gt": OuterRef(number)}))


def _about(rows: Any, element: str = "element", **more: Any) -> Any:
    """ROWS with the element that they are about, but for its long columns, and with MORE."""
    long = (f"{element}__{name}" for name in ("search", "spans", "statement"))
    joined = rows.select_related(f"{element}__plan__municipality").defer(*long)
    return joined.annotate(**more).order_by("pk")


def asked() -> Any:
    """What each closing found that was asked: of whom, how measured, and what it fixed of it."""
    rows = ClosingLine.objects.filter(element__plan__version__gte=1)
    return _about(rows).select_related("window")


def standings() -> Any:
    return (
        Standing.objects.filter(plan__version__gte=1)
        .select_related("plan__municipality")
        .order_by("pk")
    )


def accountability_reports() -> Any:
    """Every edition, with the size of its content and whether a later one supersedes it."""
    return (
        AccountabilityReport.objects.published()
        .in_short()
        .with_currency()
        .annotate(content_size=CONTENT_SIZE)
        .order_by("pk")
    )


def ledger() -> Any:
    """Every entry of every municipality's chain."""
    return with_texts(LedgerEntry.objects.select_related("municipality").order_by("pk"))


def with_texts(entries: QuerySet[LedgerEntry]) -> QuerySet[Any]:
    """Each with ``has_texts``: whether what its plan says today is what it has a digest of.

    So it is of the newest version of a plan: texts are corrected in place.
    """
    newest = PlanVersion.objects.filter(
        pk=OuterRef("subject_id"), number=F("plan__version"), record__isnull=False
    )
    of_a_plan = When(act=LedgerAct.PLAN, then=Exists(newest))
    return entries.annotate(has_texts=Case(of_a_plan, default=Value(False)))
