"""Readable questions about what was reported."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Concat

from accounts.choices import Role
from accounts.models import Membership
from plans.semester import Semester
from tracking.choices import WRITING, Act, LedgerAct, ReportState, Telling

if TYPE_CHECKING:
    from accounts.models import User
    from tracking.models import (
        AccountabilityReport,
        Expenditure,
        Follow,
        GivenAnswer,
        LedgerEntry,
        Message,
        Note,
        Notice,
        NoticeChoice,
        Preview,
        ProgressReport,
        RenderedFile,
        ReviewStep,
        SemesterWindow,
        SignedFile,
        Support,
        Withholding,
    )

KeptT_co = TypeVar("KeptT_co", bound=models.Model, covariant=True)
ANSWERS_KEPT = dt.timedelta(days=7)
BETWEEN_TRIES = dt.timedelta(hours=1)


def _folded(text: Value | Concat) -> Func:
    """TEXT without accents and capitals, as everything is searched (`plans/searching.py`)."""
    return Func(text, function="vigia_search_text", output_field=TextField())


class SemesterWindowQuerySet(models.QuerySet["SemesterWindow"]):
    def open(self, *, at: dt.date) -> Self:
        """Those in which something can be sent on the day AT: begun, and not closed."""
        return self.filter(opens_on__lte=at, closed_at=None)

    def due(self, *, at: dt.date) -> Self:
        """Those of which all reports should be there on the day AT."""
        return self.filter(Q(closed_at__isnull=False) | Q(due_on__lt=at))

    def current(self, *, at: dt.date) -> SemesterWindow | None:
        """The one of a municipality's to work in on the day AT.

        The first that is open and not yet due; or else the newest that is open, the newest that
        began, the first to come. One that nobody closes does not stand in the way of the next.
        """
        open_now = self.open(at=at)
        return (
            open_now.filter(due_on__gte=at).order_by("semester").first()
            or open_now.order_by("-semester").first()
            or self.filter(opens_on__lte=at).order_by("-semester").first()
            or self.order_by("semester").first()
        )


class ProgressReportQuerySet(models.QuerySet["ProgressReport"]):
    def published(self) -> Self:
        """What the public may see: every published revision of a published plan."""
        return self.filter(state=ReportState.PUBLISHED, plan__version__gte=1)

    def open(self) -> Self:
        """What is still being prepared or reviewed."""
        return self.exclude(state=ReportState.PUBLISHED)

    def newest(self) -> Self:
        """One row for each element and semester: its newest revision."""
        return self.order_by("element_id", "semester", "-revision").distinct(
            "element_id", "semester"
        )

    def last_of_each(self) -> Self:
        """One row for each element: that of its newest semester, in its newest revision."""
        return self.order_by("element_id", "-semester", "-revision").distinct("element_id")

    def latest_before(self, semester: Semester) -> Self:
        """For each element its newest report of an earlier semester than SEMESTER."""
        return self.filter(semester__lt=semester).last_of_each()

    def in_document_order(self) -> Self:
        return self.order_by("element__position", "element_id")


class ReviewStepQuerySet(models.QuerySet["ReviewStep"]):
    def written_by(self, person: User) -> Self:
        """Those by which PERSON made a report their own: it takes somebody else to review it."""
        return self.filter(by=person, act__in=WRITING)

    def by_report(self, reports: Collection[ProgressReport]) -> dict[int, list[ReviewStep]]:
        """By its id, the steps of each of REPORTS, oldest first, each with its hand. One query."""
        steps_of: defaultdict[int, list[ReviewStep]] = defaultdict(list)
        rows = self.filter(report__in=reports).select_related("by", "token", "on_behalf_of")
        for step in rows.order_by("at", "pk"):
            steps_of[step.report_id].append(step)
        return dict(steps_of)

    def with_reasons(self, report: ProgressReport) -> Self:
        """Those that gave a reason, of every revision of REPORT's semester, each with its hand."""
        family = self.filter(report__element=report.element_id, report__semester=report.semester)
        return family.exclude(reason="").select_related("by", "token", "on_behalf_of")

    def returns_of(self, reports: Collection[ProgressReport]) -> dict[int, ReviewStep]:
        """By its id, why each of REPORTS that stands returned was returned. At most one query."""
        returned = [each.pk for each in reports if each.state == ReportState.RETURNED]
        if not returned:
            return {}
        steps = self.filter(report__in=returned, act=Act.RETURNED)
        newest = steps.order_by("report_id", "-at", "-pk").distinct("report_id")
        return {step.report_id: step for step in newest.select_related("by")}


class MessageQuerySet(models.QuerySet["Message"]):
    def about(self, report: ProgressReport) -> Self:
        """Those under any revision of REPORT's semester, each with who wrote it."""
        return self.filter(
            report__element=report.element_id, report__semester=report.semester
        ).select_related("by", "on_behalf_of")

    def newest_under(self, reports: Collection[ProgressReport]) -> dict[int, Message]:
        """By its id, the last message under each of REPORTS that has any. One query."""
        rows = self.filter(report__in=reports).order_by("report_id", "-at", "-pk")
        return {each.report_id: each for each in rows.distinct("report_id").select_related("by")}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def where_they_work(self) -> Self:
        """Those about a municipality in which the person whose they are still reports or plans."""
        works = Membership.objects.filter(
            user=OuterRef("user"),
            municipality=OuterRef("municipality"),
            role__in=(Role.REPORTER, Role.PLANNING),
            ended_on=None,
            user__is_active=True,
        )
        return self.filter(Exists(works))

    def to_mail(self, telling: Telling) -> Self:
        """What waits for a letter of those who chose to be told so: neither mailed nor read."""
        model: type[NoticeChoice] = apps.get_model("tracking", "NoticeChoice")
        chosen = model.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
        how = Coalesce(Subquery(chosen.values("telling")), Value(Telling.DAILY.value))
        waiting = self.unread().filter(mailed_at=None).where_they_work()
        return waiting.alias(how=how).filter(how=telling)

    def with_acts(self) -> Self:
        """Each with all that it says: the act, whose it was, and the promise."""
        return self.select_related(
            "municipality",
            "step__by",
            "step__token",
            "step__report__element",
            "message__by",
            "message__report__element",
            "deputyship__absent",
            "deputyship__deputy",
            "deputyship__named_by",
        )


class KeptFileQuerySet(models.QuerySet[KeptT_co]):
    """Files that were sent, with a report or a note."""

    def with_previews(self) -> Self:
        """Each with ``preview_width`` and ``preview_height``, None where no small picture is."""
        model: type[Preview] = apps.get_model("tracking", "Preview")
        made = model.objects.filter(original=OuterRef("sha256")).exclude(sha256="")
        return self.annotate(
            preview_width=Subquery(made.values("width")),
            preview_height=Subquery(made.values("height")),
        )


class SupportQuerySet(KeptFileQuerySet["Support"]):
    def published(self) -> Self:
        """What the public may know of; what was withheld shows its tombstone, not its content."""
        return self.filter(report__state=ReportState.PUBLISHED, report__plan__version__gte=1)

    def saying(self, words: str) -> Self:
        """Those that have each of WORDS in their title or place, whatever its accents."""
        rows = self.alias(said=_folded(Concat("title", Value(" "), "place")))
        for word in words.split():
            rows = rows.filter(said__contains=_folded(Value(word)))
        return rows

    def with_withholding(self) -> Self:
        """Each with ``is_withheld``: its content is withheld, here and wherever it is repeated."""
        return self.annotate(is_withheld=Exists(self._withholdings()))

    def not_withheld(self) -> Self:
        """Those whose content may be seen."""
        return self.filter(~Exists(self._withholdings()))

    def with_tombstones(self) -> Self:
        """Each with ``withheld_at`` and ``withheld_reason``, None where its content may be seen."""
        withheld = self._withholdings()
        return self.annotate(
            withheld_at=Subquery(withheld.values("at")),
            withheld_reason=Subquery(withheld.values("reason")),
        )

    def by_report(self) -> defaultdict[int, list[Support]]:
        """What sustains each report, by its id, in the order in which it was added. One query."""
        supports_of: defaultdict[int, list[Support]] = defaultdict(list)
        for support in self.order_by("pk"):
            supports_of[support.report_id].append(support)
        return supports_of

    def _withholdings(self) -> models.QuerySet[Withholding]:
        """The one that withholds the content of each, wherever it is repeated; or none."""
        model: type[Withholding] = apps.get_model("tracking", "Withholding")
        return model.objects.filter(
            municipality=OuterRef("report__municipality"), sha256=OuterRef("sha256")
        )


class NoteQuerySet(models.QuerySet["Note"]):
    def waiting(self, semester: Semester) -> Self:
        """Those of a day of SEMESTER that no report has taken, oldest first."""
        return self.filter(self._waits(semester)).order_by("day", "pk")

    def with_waiting(self, semester: Semester) -> Self:
        """Each with ``is_waiting``: whether it is among those."""
        return self.annotate(is_waiting=ExpressionWrapper(self._waits(semester), BooleanField()))

    def _waits(self, semester: Semester) -> Q:
        return Q(taken_to=None, day__range=(semester.first_day, semester.last_day))


class PreviewQuerySet(models.QuerySet["Preview"]):
    def waiting(self, *, at: dt.datetime) -> Self:
        """Those to be made at the instant AT, oldest first: what failed waits for a while."""
        is_rested = Q(tried_at=None) | Q(tried_at__lte=at - BETWEEN_TRIES)
        return self.filter(is_rested, made_at=None).order_by("pk")

    def given_up(self) -> Self:
        """Those that nobody tries to make any more."""
        return self.filter(made_at__isnull=False, sha256="")


class ExpenditureQuerySet(models.QuerySet["Expenditure"]):
    def published(self) -> Self:
        """What the public may see: every revision of what a published plan's activities cost."""
        return self.filter(plan__version__gte=1)

    def in_force(self) -> Self:
        """One row for each activity and year: its newest revision."""
        return self.order_by("element_id", "year", "-revision").distinct("element_id", "year")


class AccountabilityReportQuerySet(models.QuerySet["AccountabilityReport"]):
    def published(self) -> Self:
        """What the public may see: every edition, superseded or not, of a published plan."""
        return self.filter(plan__version__gte=1)

    def without_content(self) -> Self:
        """With their plan, and without the content: up to a megabyte each."""
        return self.select_related("plan__municipality").defer("content")

    def with_currency(self) -> Self:
        """Each with ``current``: whether no later edition supersedes it."""
        later = self.model._default_manager.filter(
            plan=OuterRef("plan"), semester=OuterRef("semester"), edition__gt=OuterRef("edition")
        )
        return self.annotate(current=~Exists(later))

    def current(self) -> Self:
        """One for each plan and semester: the edition that no other supersedes."""
        return self.with_currency().filter(current=True)


class RenderedFileQuerySet(models.QuerySet["RenderedFile"]):
    def published(self) -> Self:
        """What the public may have: files that are made, of a published plan."""
        return self.filter(data__isnull=False, report__plan__version__gte=1)

    def waiting(self) -> Self:
        """Those that nobody has made yet, oldest edition first."""
        return self.filter(data=None).order_by("report", "pk")


class SignedFileQuerySet(models.QuerySet["SignedFile"]):
    def published(self) -> Self:
        """What the public may have: that of an edition of a published plan."""
        return self.filter(report__plan__version__gte=1)

    def without_data(self) -> Self:
        """With their edition and its plan, and without the bytes: some megabytes each."""
        rows = self.select_related("report__plan__municipality", "withholding")
        return rows.defer("data", "report__content")


class GivenAnswerQuerySet(models.QuerySet["GivenAnswer"]):
    def old(self, *, at: dt.datetime) -> Self:
        """Those that at the instant AT are not given again any more."""
        return self.filter(at__lt=at - ANSWERS_KEPT)


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> Self:
        """What somebody wants letters of, as was said from the address itself."""
        return self.filter(confirmed_at__isnull=False)

    def told_before(self, day: dt.date) -> Self:
        """Those due for the letter of DAY."""
        return self.confirmed().filter(told_on__lt=day)

    def with_news(self) -> Self:
        """Of those told at once, whose promise or its plan was published of since they were."""
        model: type[LedgerEntry] = apps.get_model("tracking", "LedgerEntry")
        later = model.objects.filter(
            municipality=OuterRef("municipality"), number__gt=OuterRef("told_number")
        )
        of_it = later.filter(Q(ref=OuterRef("element__ref")) | Q(act=LedgerAct.PLAN))
        return self.confirmed().filter(at_once=True).filter(Exists(of_it))
