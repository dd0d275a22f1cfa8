"""Tell people what was done about what concerns them, in the transaction that does it.

Nobody is told what they did themselves; who acts on a report has seen what they were told of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Deputyship, Membership, User
from plans.models import Responsibility
from plans.semester import Semester
from tracking.choices import WRITING, NoticeKind, Telling
from tracking.models import Message, Notice, NoticeChoice, ProgressReport, ReviewStep
from tracking.permissions import reviewers_of


def tell_writers(kind: NoticeKind, steps: Collection[ReviewStep]) -> None:
    """Tell of STEPS whoever writes their reports. Their number does not change that of queries."""
    if not steps:
        return
    reports = [step.report for step in steps]
    writers = _writers_of(reports)
    Notice.objects.bulk_create(
        _notice(kind, step.report, person, step=step)
        for step in steps
        for person in sorted(writers[step.report_id] - {step.by_id})
    )
    _settle(reports, {step.by_id for step in steps})


def tell_author(author: int, step: ReviewStep) -> None:
    """Tell AUTHOR that somebody else, by STEP, wrote in what they had written last."""
    if author != step.by_id:
        _notice(NoticeKind.CORRECTED, step.report, author, step=step).save()


def tell_reviewers(steps: Sequence[ReviewStep]) -> None:
    """Tell those who review that STEPS sent something; each of them once in a day and semester."""
    if not steps:
        return
    first = {(step.report.municipality_id, step.report.semester): step for step in reversed(steps)}
    Notice.objects.bulk_create(
        (
            _notice(NoticeKind.SENT, step.report, person, step=step)
            for (place, _semester), step in first.items()
            for person in sorted(reviewers_of(place) - {step.by_id})
        ),
        ignore_conflicts=True,
    )
    _settle([step.report for step in steps], {step.by_id for step in steps})


def tell_of_message(message: Message) -> None:
    """Tell of MESSAGE the other side: what planning asks, or what a unit answers."""
    report = message.report
    if message.is_from_planning:
        kind, people = NoticeKind.QUESTION, _writers_of([report])[report.pk]
    else:
        kind, people = NoticeKind.ANSWER, set(reviewers_of(report.municipality_id))
    Notice.objects.bulk_create(
        _notice(kind, report, person, message=message)
        for person in sorted(people - {message.by_id})
    )
    _settle([report], {message.by_id})


def tell_of_deputy(deputyship: Deputyship, *, by: User) -> None:
    """Tell both people of DEPUTYSHIP that it was named, or that it was ended."""
    Notice.objects.bulk_create(
        Notice(
            user_id=person,
            kind=NoticeKind.DEPUTY,
            municipality_id=deputyship.municipality_id,
            semester=Semester.of(timezone.localdate()),
            deputyship=deputyship,
        )
        for person in (deputyship.absent_id, deputyship.deputy_id)
        if person != by.pk
    )


def mark_read(notices: Iterable[int], *, by: User) -> int:
    """Mark those of BY among NOTICES (ids) as read; how many were not."""
    rows = Notice.objects.unread().filter(user=by, pk__in=notices)
    return rows.update(read_at=timezone.now())


def mark_all_read(*, by: User, until: int) -> int:
    """Mark all of BY as read, up to the id UNTIL: what came after the page was drawn stays."""
    rows = Notice.objects.unread().filter(user=by, pk__lte=until)
    return rows.update(read_at=timezone.now())


def choose_tellings(tellings: Mapping[NoticeKind, Telling], *, by: User) -> None:
    """Keep how BY wants to be told of each kind."""
    NoticeChoice.objects.bulk_create(
        (NoticeChoice(user=by, kind=kind, telling=telling) for kind, telling in tellings.items()),
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["telling"],
    )


def _notice(
    kind: NoticeKind,
    report: ProgressReport,
    person: int,
    *,
    step: ReviewStep | None = None,
    message: Message | None = None,
) -> Notice:
    return Notice(
        user_id=person,
        kind=kind,
        municipality_id=report.municipality_id,
        semester=report.semester,
        step=step,
        message=message,
    )


def _settle(reports: Collection[ProgressReport], people: Collection[int]) -> None:
    """What PEOPLE were told of REPORTS is read: they just acted on them."""
    about = Q(step__report__in=reports) | Q(message__report__in=reports)
    sent = Q(
        kind=NoticeKind.SENT,
        municipality__in={each.municipality_id for each in reports},
        semester__in={each.semester for each in reports},
    )
    theirs = Notice.objects.unread().filter(user__in=people).filter(about | sent)
    theirs.update(read_at=timezone.now())


def _writers_of(reports: Collection[ProgressReport]) -> dict[int, set[int]]:
    """By the id of each of REPORTS, those who write it: its units' people, and whoever wrote in it.

    In any revision; and of those who still work there. Three queries.
    """
    working, people_of = _working_in({each.municipality_id for each in reports})
    elements = {each.element_id for each in reports}
    answering = Responsibility.objects.filter(element__in=elements, unit__closed_on=None)
    writers: defaultdict[int, set[int]] = defaultdict(set)
    for element, unit in answering.values_list("element_id", "unit_id"):
        writers[element] |= people_of[unit]
    written = ReviewStep.objects.filter(
        report__element__in=elements,
        report__semester__in={each.semester for each in reports},
        act__in=WRITING,
    )
    hands: defaultdict[tuple[int, Semester], set[int]] = defaultdict(set)
    for element, semester, hand in written.values_list(
        "report__element_id", "report__semester", "by_id"
    ):
        hands[element, semester].add(hand)
    return {
        each.pk: writers[each.element_id]
        | hands[each.element_id, each.semester] & working[each.municipality_id]
        for each in reports
    }


def _working_in(
    municipalities: Collection[int],
) -> tuple[defaultdict[int, set[int]], defaultdict[int, set[int]]]:
    """Who reports or plans in each of MUNICIPALITIES today, and who reports for each unit.

    Whoever stands in for somebody today reports for that person's units too.
    """
    lent = Deputyship.objects.in_force(at=timezone.localdate()).filter(
        absent=OuterRef("user"), municipality=OuterRef("municipality")
    )
    members = Membership.objects.working(Role.REPORTER, Role.PLANNING)
    members = members.filter(municipality__in=municipalities)
    members = members.annotate(deputies=ArraySubquery(lent.values("deputy")))
    working: defaultdict[int, set[int]] = defaultdict(set)
    people_of: defaultdict[int, set[int]] = defaultdict(set)
    for each in members:
        working[each.municipality_id or 0].add(each.user_id)
        if each.role == Role.REPORTER:
            deputies: list[int] = each.deputies  # type: ignore[attr-defined]
            people_of[each.unit_id or 0] |= {each.user_id, *deputies}
    return working, people_of
