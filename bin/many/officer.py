"""Who publishes while parts are killed, and what became of all that they were told was done.

It needs Django: ``bin.many.faults`` sets it up, connected as a web host is.
"""

import itertools
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError, connections
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from accounts.sessions import SessionStore
from bin.many.load import Asked, post, post_file
from plans.models import PlanElement
from tracking.choices import LedgerAct
from tracking.demo.files import pdf
from tracking.files.kept import is_whole
from tracking.measuring.entry import entry_of
from tracking.models import LedgerEntry, ProgressReport, Support
from tracking.services.drafts import save_draft, submit
from tracking.services.review import start_correction

FILES: Final = 4
AGAIN: Final = 40  # times that somebody asks again before they go home


class Officer:
    """Two of planning, of the demonstration: one corrects, the other reviews and publishes."""

    def __init__(self, slug: str) -> None:
        people = User.objects.filter(
            memberships__municipality__slug=slug,
            memberships__role=Role.PLANNING,
            memberships__ended_on=None,
        )
        self.slug = slug
        self.writer, self.reviewer = people.order_by("pk")[:2]
        self.sessions = {each.pk: _session(each) for each in (self.writer, self.reviewer)}
        self.published: list[int] = []
        self.uploaded: list[str] = []

    def works(self) -> Iterator[list[Asked]]:
        for number in itertools.count(1):
            try:
                yield from self._corrects(number)
            except (DatabaseError, InterfaceError, ValidationError):
                connections.close_all()
                yield []

    def files(self) -> list[str]:
        """Where some files are that anybody may have."""
        rows = Support.objects.published().filter(report__municipality__slug=self.slug, url="")
        rows = rows.select_related("report__plan__municipality", "report__element")
        chosen = rows.order_by("sha256").distinct("sha256")[:FILES]
        return [f"{each.report.element.get_absolute_url()}sustento/{each.pk}/" for each in chosen]

    def lost(self) -> tuple[int, int]:
        """Publications and files that were acknowledged and are not there, whole."""
        connections.close_all()  # the one that was open may have been cut since
        published, uploaded = set(self.published), set(self.uploaded)  # more come meanwhile
        acts = (LedgerAct.REPORT, LedgerAct.CORRECTION)
        entered = LedgerEntry.objects.filter(act__in=acts)
        known = set(entered.filter(subject_id__in=published).values_list("subject_id", flat=True))
        kept = Support.objects.filter(sha256__in=uploaded)
        whole = {each.sha256 for each in kept if is_whole(each.storage_name, each.sha256)}
        return len(published - known), len(uploaded - whole)

    def _corrects(self, number: int) -> Iterator[list[Asked]]:
        report = self._next()
        element = self._element(report)
        begun = start_correction(report, f"Se precisa, vez {number}.", by=self.writer)
        text = f"{report.narrative[:200]} Precisado, vez {number}."
        save_draft(element, report.semester, {"narrative": text}, by=self.writer, edit=begun.edit)
        yield [self._uploads(report, element, number)]
        draft = ProgressReport.objects.get(pk=begun.pk)
        terms = element.terms.order_by("-version").first()
        entry = entry_of(element, terms, is_reportable=element.is_reportable)
        sent = submit(draft, entry, by=self.writer)
        mark = f"{sent.pk}:{sent.edit}:{terms.version if terms else 0}"
        address = reverse("office:review_report", args=[self.slug, sent.semester, sent.pk])
        for _time in range(AGAIN):
            asked = post("publish", address, {"read": mark}, self.sessions[self.reviewer.pk])
            if asked.status == 302:
                self.published.append(sent.pk)
            yield [asked]
            if asked.status in {302, 422}:  # 422: it was published, and nobody was told
                return

    def _uploads(self, report: ProgressReport, element: PlanElement, number: int) -> Asked:
        address = reverse("office:add_support", args=[self.slug, report.semester, element.ref])
        day = str(report.as_of or report.semester.last_day)
        content = pdf((f"Acta {report.pk}", f"vez {number}"))
        fields = {"title": f"Acta, vez {number}", "taken_on": day}
        asked, sha256 = post_file(address, fields, content, self.sessions[self.writer.pk])
        if asked.status == 201:
            self.uploaded.append(sha256)
        return asked

    def _next(self) -> ProgressReport:
        """The published report that was not corrected for longest."""
        rows = ProgressReport.objects.filter(municipality__slug=self.slug)
        rows = rows.exclude(element__in=rows.open().values("element"))
        newest = rows.published().exclude(narrative="").newest()
        found: ProgressReport = rows.filter(pk__in=newest.values("pk")).order_by("published_at")[0]
        return found

    def _element(self, report: ProgressReport) -> Any:
        rows = PlanElement.objects.with_reportability()
        return rows.select_related("plan__municipality").get(pk=report.element_id)


def _session(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key or ""
