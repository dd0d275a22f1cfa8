"""Readable questions about plans and what they promise."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import (
    BinaryField,
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat

from plans.choices import OWN, OWN_ONES, ImportState, Level, MeasureKind, Standing
from plans.searching import SearchedQuerySet

if TYPE_CHECKING:
    from plans.models import MeasuringTerms, Plan, PlanImport, PlanVersion
    from plans.plan_path import PlanPath
    from plans.term import Term

GIVEN_UP_AFTER = dt.timedelta(minutes=10)
"""A worker that claimed a file that was sent and did not come back with it this long is gone."""
PDF = b"%PDF-"
CODE = re.compile(r"[a-z](\.[0-9]+)+\.?", re.IGNORECASE)


def takes_reports(prefix: str = "") -> Q:
    """`Plan.takes_reports` for the database; PREFIX leads to the plan: "plan__"."""
    elected_or_shown = Q(**{f"{prefix}simulated": True}) | Q(
        **{f"{prefix}standing": Standing.ELECTED}
    )
    return Q(**{f"{prefix}in_force": True}) & elected_or_shown


def holds_year(year: int | Combinable, prefix: str = "") -> Q:
    """`Term.holds` for the database; PREFIX as above."""
    return Q(**{f"{prefix}first_year__lte": year, f"{prefix}last_year__gte": year})


def looked_up(rows: models.QuerySet[Any]) -> Coalesce:
    """Whether ROWS, in a query of them, has any: what EXISTS is, but for each row by itself."""
    there = rows.order_by().values(there=Value(value=True))[:1]
    return Coalesce(Subquery(there), Value(value=False), output_field=BooleanField())


def in_dimension(sought: str, path: str = "dimension") -> Q:
    """One of DIMENSIONS_SOUGHT for the database; PATH leads to the column."""
    return Q(**({f"{path}__startswith": OWN} if sought == OWN_ONES else {path: sought}))


class PlanQuerySet(models.QuerySet["Plan"]):
    def published(self) -> Self:
        """What the public may see: plans with a published version."""
        return self.filter(version__gte=1)

    def in_force(self) -> Self:
        """The plans of their municipalities, at most one of each term: what lists offered apart."""
        return self.filter(in_force=True)

    def of_lists(self) -> Self:
        """What lists offered that is not in force: read and searched, and counted nowhere."""
        return self.filter(in_force=False)

    def of_term(self, term: Term) -> Self:
        return self.filter(first_year=term.first_year, last_year=term.last_year)

    def at(self, path: PlanPath) -> Self:
        """`Plan.path` for the database: at most one of each municipality."""
        plans = self.of_term(path.term)
        return (
            plans.of_lists().filter(list_slug=path.list_slug)
            if path.list_slug
            else plans.in_force()
        )

    def of_year(self, year: int | Combinable) -> Self:
        """Those whose term holds YEAR: at most one in force for each municipality."""
        return self.filter(holds_year(year))

    def taking_reports(self) -> Self:
        """Those on which it is reported: an elected authority's, and the simulated ones."""
        return self.filter(takes_reports())


class PlanImportQuerySet(models.QuerySet["PlanImport"]):
    def light(self) -> Self:
        """Without what is long: the file, the text that was read, and the draft."""
        return self.defer("content", "text", "kept", "faults")

    def without_file(self) -> Self:
        """With the draft, but not with the bytes that were sent."""
        return self.defer("content")

    def sent_as_pdf(self) -> Self:
        """Those whose file is a PDF, as its first bytes say."""
        beginning = Func(F("content"), 1, len(PDF), function="substr", output_field=BinaryField())
        return self.alias(beginning=beginning).filter(beginning=PDF)

    def to_read(self, at: dt.datetime) -> Self:
        """Those that wait to be read AT a time, or whose reader is gone since."""
        lost = Q(state=ImportState.READING, claimed_at__lt=at - GIVEN_UP_AFTER)
        return self.filter(Q(state=ImportState.WAITING) | lost)

    def shown(self) -> Self:
        """What officers still have before them: all but what was dropped or published."""
        return self.exclude(state__in=[ImportState.PUBLISHED, ImportState.DROPPED])


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def published(self) -> Self:
        """A version is a publication: what its plan has reached is public."""
        return self.filter(plan__version__gte=F("number"))

    def in_force(self) -> Self:
        """Of the plans of their municipalities: see `PlanQuerySet.in_force`."""
        return self.filter(plan__in_force=True)

    def dated(self) -> Self:
        """When each was published, without the long list of what it changed."""
        return self.defer("changes")


class MeasuringTermsQuerySet(models.QuerySet["MeasuringTerms"]):
    def published(self) -> Self:
        """What the public may see: every version of those of a published plan."""
        return self.filter(element__plan__version__gte=1)

    def in_force(self) -> Self:
        """One row for each element: its newest terms."""
        return self.order_by("element_id", "-version").distinct("element_id")


class PassageQuerySet(SearchedQuerySet):
    searched_text = F("text")

    def published(self) -> Self:
        """What the public may read: of the documents of published plans."""
        return self.filter(document__plan__version__gte=1)


class PlanElementQuerySet(SearchedQuerySet):
    searched_text = Case(
        When(indicator="", then=F("statement")),
        default=Concat(
            F("statement"), Value(" · "), F("indicator"), output_field=models.TextField()
        ),
    )
    """As ``PlanElement.searched_text``."""

    def published(self) -> Self:
        """What the public may see: also what was withdrawn, whose address lives on."""
        return self.filter(plan__version__gte=1)

    def in_force(self) -> Self:
        """Of the plans of their municipalities: see `PlanQuerySet.in_force`."""
        return self.filter(plan__in_force=True)

    def current(self) -> Self:
        """What stands in the newest version of its plan."""
        return self.filter(until_version=None)

    def in_document_order(self) -> Self:
        return self.order_by("plan", "position", "pk")

    def with_reportability(self, *, of_few: bool = False) -> Self:
        """Each with ``is_reportable``: whether a semester report is expected of it.

        An activity and a target that are not divided into others of their level, an objective with
        nothing below it, and a guideline that planning chose to follow, which it does by stating
        how it is measured. What holds reportable elements is not counted again; but an activity and
        the target below it are two things, what is delivered and what comes of it.

        OF_FEW: a page of many is asked for. It is looked up for each then, where the database would
        read all elements and terms there are at once.
        """
        return self.annotate(
            is_reportable=ExpressionWrapper(
                Q(until_version=None) & self.expected(of_few=of_few), output_field=BooleanField()
            )
        )

    def expected(self, *, of_few: bool = False) -> Q:
        """Of what stands, whether a report is expected of it: see `with_reportability`."""
        found = looked_up if of_few else Exists
        below = self.model._default_manager.filter(parent=OuterRef("pk"), until_version=None)
        divided = found(below.filter(level=OuterRef("level")))
        followed = found(
            apps.get_model("plans", "MeasuringTerms")._default_manager.filter(
                element=OuterRef("pk"), by__isnull=False
            )
        )
        return (
            (Q(level__in=(Level.ACTIVITY, Level.TARGET)) & ~Q(divided))
            | (Q(level=Level.OBJECTIVE) & ~Q(found(below)))
            | (Q(level=Level.GUIDELINE) & Q(followed))
        )

    def with_further_parents(self) -> Self:
        """Each with ``further_ids``: under what else its plan names it, in the plan's order."""
        references = apps.get_model("plans", "CrossReference")._default_manager
        further = references.filter(element=OuterRef("pk")).order_by("parent__position")
        return self.annotate(further_ids=ArraySubquery(further.values("parent_id")))

    def reportable(self) -> Self:
        return self.with_reportability().filter(is_reportable=True)

    def measurable(self) -> Self:
        """What planning may state terms for: what is reportable, and every guideline."""
        guideline = Q(level=Level.GUIDELINE, until_version=None)
        return self.with_reportability().filter(Q(is_reportable=True) | guideline)

    def with_gaps(self) -> Self:
        """Each with ``kind_in_force``, "" until it is said, ``has_unit`` and ``lacks_schedule``.

        A unit that was closed answers for nothing any more. What nobody has said how to measure,
        and what cannot be, lacks no schedule.
        """
        terms = apps.get_model("plans", "MeasuringTerms")._default_manager.filter(
            element=OuterRef("pk")
        )
        answering = apps.get_model("plans", "Responsibility")._default_manager.filter(
            element=OuterRef("pk"), unit__closed_on=None
        )
        newest = terms.order_by("-version")
        untimed = ~Q(kind__in=["", MeasureKind.UNVERIFIABLE]) & Q(schedule={})
        lacking = newest.annotate(lacks=ExpressionWrapper(untimed, BooleanField())).values("lacks")
        return self.annotate(
            kind_in_force=Coalesce(Subquery(newest.values("kind")[:1]), Value("")),
            has_unit=Exists(answering),
            lacks_schedule=Coalesce(Subquery(lacking[:1]), Value(value=False)),
        )

    def asked_for(self, words: str) -> Self:
        """What a person looks for: a code ("s.2.1", and what is below it), or words."""
        if CODE.fullmatch(words):
            return self.filter(ref__istartswith=words.rstrip(".")).in_document_order()
        return self.matching(words)


class LevelManager(models.Manager.from_queryset(PlanElementQuerySet)):  # type: ignore[misc]
    """Only the elements of one level."""

    def __init__(self, level: str) -> None:
        super().__init__()
        self.level = level

    def get_queryset(self) -> PlanElementQuerySet:
        rows: PlanElementQuerySet = super().get_queryset()
        return rows.filter(level=self.level)
