"""What a notice says, on its page and in a letter, and where it leads."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.choices import Role
from accounts.models import Deputyship, Membership
from plans.models import PlanElement, Responsibility
from plans.semester import Semester
from tracking.choices import FOR_PLANNING, NoticeKind, ReportState
from tracking.models import Notice, ProgressReport

TALK: Final = "#conversacion"
SAID: Final[dict[str, str | Promise]] = {
    NoticeKind.RETURNED: gettext_lazy("%(who)s devolvió %(ref)s."),
    NoticeKind.QUESTION: gettext_lazy("%(who)s pregunta sobre %(ref)s."),
    NoticeKind.ANSWER: gettext_lazy("%(who)s escribió sobre %(ref)s."),
    NoticeKind.PUBLISHED: gettext_lazy("Se publicó el informe de %(ref)s."),
    NoticeKind.CORRECTED: gettext_lazy("%(who)s escribió en el informe de %(ref)s."),
}


@dataclass(frozen=True)
class Told:
    """One notice in words. ``lost``: why it is no longer the person's, "" where it is.

    ``waiting``: how many reports wait today where it tells that some were sent.
    """

    notice: Notice
    lost: str
    waiting: int

    @property
    def sentence(self) -> str:
        notice = self.notice
        if notice.kind == NoticeKind.SENT:
            return self._sent
        if notice.deputyship:
            return _of_deputyship(notice.deputyship, notice)
        if notice.kind == NoticeKind.CORRECTED and self.reason:
            said: str | Promise = _("%(who)s comenzó una corrección de %(ref)s.")
        else:
            said = SAID[notice.kind]
        return str(said) % {"who": notice.act.by, "ref": self.element.ref}

    @property
    def _sent(self) -> str:
        if self.lost:
            return _("Se enviaron informes a revisión.")
        if not self.waiting:
            return _("Se enviaron informes a revisión; ninguno espera ya.")
        return ngettext(
            "Se enviaron informes a revisión: espera %s.",
            "Se enviaron informes a revisión: esperan %s.",
            self.waiting,
        ) % (self.waiting,)

    @property
    def element(self) -> PlanElement:
        return self.notice.report.element

    @property
    def is_of_one_report(self) -> bool:
        return self.notice.kind != NoticeKind.SENT and not self.notice.is_of_deputy

    @property
    def is_simulated(self) -> bool:
        return not self.notice.is_of_deputy and self.notice.report.simulated

    @property
    def reason(self) -> str:
        """Why it was returned or corrected: all that a letter quotes."""
        step = self.notice.step
        is_quoted = step and self.is_of_one_report and not self.lost
        return step.reason if step and is_quoted else ""

    @property
    def words(self) -> str:
        """What the notice quotes in place: also a message of the talk."""
        message = self.notice.message
        return message.text if message and not self.lost else self.reason

    @property
    def withdrawn(self) -> str:
        """What became of the promise since."""
        if self.is_of_one_report and self.element.is_withdrawn:
            return _("La promesa se retiró del plan: lo que se informó se conserva.")
        return ""

    @cached_property
    def path(self) -> str:
        """The page that it is about; "" where it is no longer the person's to see."""
        notice = self.notice
        if notice.is_of_deputy and not self.lost:
            return reverse("office:deputies", args=[notice.municipality.slug])
        place = [notice.municipality.slug, notice.semester]
        if self.lost:
            return ""
        if notice.kind == NoticeKind.SENT:
            return reverse("office:review", args=place)
        if notice.kind == NoticeKind.ANSWER:
            return reverse("office:review_report", args=[*place, notice.report.pk]) + TALK
        page = reverse("office:report", args=[*place, self.element.ref])
        return page + TALK if notice.kind == NoticeKind.QUESTION else page

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.path


def _of_deputyship(deputyship: Deputyship, notice: Notice) -> str:
    """What NOTICE tells one of its two people: it was named, or ended before its day."""
    shown = {
        "deputy": deputyship.deputy,
        "absent": deputyship.absent,
        "from": date_format(deputyship.starts_on),
        "to": date_format(deputyship.ends_on),
    }
    if deputyship.ended_at and deputyship.ended_at <= notice.at:
        return _("Terminó el reemplazo de %(absent)s por %(deputy)s.") % shown
    if notice.user_id == deputyship.deputy_id:
        return _("Usted informa por %(absent)s del %(from)s al %(to)s.") % shown
    return _("%(deputy)s informa por usted del %(from)s al %(to)s.") % shown


def told(notices: Collection[Notice], memberships: Iterable[Membership]) -> list[Told]:
    """NOTICES in words, in their order, for people who have MEMBERSHIPS today.

    At most two queries, however many they are: what of them is still whose, and what waits.
    """
    lost_of = _losses(notices, memberships)
    waiting = _waiting(notices)
    return [
        Told(each, lost_of(each), waiting.get((each.municipality_id, each.semester), 0))
        for each in notices
    ]


def _losses(
    notices: Iterable[Notice], memberships: Iterable[Membership]
) -> Callable[[Notice], str]:
    """Why a notice is no longer its person's: they left, or their unit no longer answers for it."""
    plans, reports = set(), set()
    units: defaultdict[tuple[int, int | None], set[int | None]] = defaultdict(set)
    for each in memberships:
        if each.role == Role.PLANNING:
            plans.add((each.user_id, each.municipality_id))
        elif each.role == Role.REPORTER:
            reports.add((each.user_id, each.municipality_id))
            units[each.user_id, each.municipality_id].add(each.unit_id)
    elements = {
        each.report.element_id
        for each in notices
        if each.kind != NoticeKind.SENT and not each.is_of_deputy
    }
    answering: defaultdict[int, set[int]] = defaultdict(set)
    rows = Responsibility.objects.filter(element__in=elements)
    for element, unit in rows.values_list("element_id", "unit_id"):
        answering[element].add(unit)

    def lost(notice: Notice) -> str:
        here = notice.user_id, notice.municipality_id
        if here in plans:
            return ""
        if notice.kind in FOR_PLANNING or here not in reports:
            return _("Usted ya no trabaja en eso: no se abre.")
        if not notice.is_of_deputy and not answering[notice.report.element_id] & units[here]:
            return _("Su unidad ya no responde por esa promesa: no se abre.")
        return ""

    return lost


def _waiting(notices: Iterable[Notice]) -> dict[tuple[int, Semester], int]:
    """How many reports wait where some of NOTICES tell that some were sent."""
    places = {each.municipality_id for each in notices if each.kind == NoticeKind.SENT}
    submitted = ProgressReport.objects.filter(
        municipality__in=places, state=ReportState.SUBMITTED
    ).order_by()
    counted = submitted.values_list("municipality", "semester").annotate(n=Count("pk"))
    return {(place, semester): n for place, semester, n in counted}
