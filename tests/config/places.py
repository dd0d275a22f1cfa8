"""A municipality at work, with something at every address of the office."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.choices import Role, TokenScope
from accounts.models import Authority, Deputyship, User
from accounts.services.invitations import invite
from accounts.services.tokens import make_token
from plans.choices import Standing
from plans.models import Plan, PlanElement, Responsibility
from plans.plan_path import PlanPath
from plans.semester import Semester
from plans.services.publishing import add_document
from tests.factories import TERM, document_of, make_municipality, make_person, make_plan, make_unit
from tests.files import pdf
from tests.plans.sent import send
from tests.tracking.published import closed_window
from tests.tracking.signed import signed_by_somebody
from tracking.accountability.issuing import issue
from tracking.choices import Step
from tracking.files.uploads import receive
from tracking.measuring.entry import Entry
from tracking.measuring.windows import proposed_window
from tracking.models import Preview, SemesterWindow, Support
from tracking.services.drafts import save_draft, submit
from tracking.services.notebook import add_note, keep_with_note
from tracking.services.review import publish_reports


def paths_under(prefix: str) -> dict[str, str]:
    """Every address whose path begins with PREFIX, by its name; one without a name by its path."""

    def walk(resolver: Any, path: str, space: str) -> Iterator[tuple[str, str]]:
        for each in resolver.url_patterns:
            deeper = path + str(each.pattern)
            if isinstance(each, URLResolver):
                inner = f"{space}{each.namespace}:" if each.namespace else space
                yield from walk(each, deeper, inner)
            elif isinstance(each, URLPattern):
                yield deeper, f"{space}{each.name}" if each.name else deeper

    found = walk(get_resolver(), "", "")
    return {name: path for path, name in found if path.startswith(prefix)}


PATHS: Final = paths_under("gestion/")
SEMESTER, REF, PUBLISHED = Semester(2019, 1), "S.1.1.1", "S.1.1.2"
ITEM: Final = 1  # of the draft that is on its way in
CLOSED: Final = Semester(2019, 2)
PDF: Final = b"%PDF-1.4 acta"


class Place:
    """A municipality at work, and the parts of every address that names something of it."""

    def __init__(self, name: str, inei: str) -> None:
        self.municipality = make_municipality(name, inei)
        self.unit = make_unit(self.municipality)
        self.people = {
            role: make_person(f"{role}@{self.municipality.slug}.pe", role, self.municipality, unit)
            for role, unit in (
                (Role.REPORTER, self.unit),
                (Role.PLANNING, None),
                (Role.ADMINISTRATION, None),
            )
        }
        self._kwargs = self._make_rows()

    def _make_rows(self) -> dict[str, int]:
        """Ids by the name of the address that takes one."""
        make_plan(self.municipality, list_slug="renovar")
        plan = make_plan(self.municipality)
        plan.standing, plan.standing_source = (
            Standing.ELECTED,
            "Acta de proclamación, 7 de noviembre de 2018",
        )
        plan.save()
        proposed_window(self.municipality, SEMESTER).save()
        closed_window(self.municipality, CLOSED, self.people[Role.PLANNING])
        element = plan.elements.with_reportability().select_related("plan").get(ref=REF)
        Responsibility(element=element, unit=self.unit).save()
        reporter = self.people[Role.REPORTER]
        values = {"step": Step.RUNNING, "narrative": "Se hizo.", "as_of": SEMESTER.last_day}
        draft = save_draft(element, SEMESTER, values, by=reporter, edit=0)
        support = Support.objects.create(
            report=draft,
            title="Acta",
            taken_on=SEMESTER.last_day,
            file_name="acta.pdf",
            media_type="application/pdf",
            size=len(PDF),
            sha256=hashlib.sha256(PDF).hexdigest(),
            added_by=reporter,
        )
        default_storage.save(support.storage_name, ContentFile(PDF))
        noted = add_note(element, SEMESTER.last_day, "Se midió el terreno.", by=reporter)
        kept = keep_with_note(
            noted, receive(SimpleUploadedFile("acta.pdf", pdf())), "Acta", by=reporter
        )
        small, is_new = Preview.objects.get_or_create(
            original=support.sha256,
            defaults={
                "sha256": support.sha256,
                "width": 1,
                "height": 1,
                "made_at": timezone.now(),
            },
        )
        if is_new:
            default_storage.save(small.storage_name, ContentFile(PDF))
        report = submit(draft, Entry.STEP, by=reporter)
        self._publish(plan.elements.with_reportability().select_related("plan").get(ref=PUBLISHED))
        asked = invite(
            f"nueva@{self.municipality.slug}.pe",
            Role.PLANNING,
            by=self.people[Role.ADMINISTRATION],
            municipality=self.municipality,
        )
        authority = Authority.objects.create(
            municipality=self.municipality,
            name="A",
            office="Alcaldesa",
            since=SEMESTER.first_day,
            source="JNE",
        )
        text = document_of("Programa de huertos\n")
        by = self.people[Role.PLANNING]
        added = add_document(plan, text, added_on=SEMESTER.first_day, added_by="Concejo", by=by)
        sent = send(self.municipality, self.people[Role.PLANNING]).pk
        membership = reporter.memberships.get().pk
        token = self._token(reporter)
        return {
            "office:review_report": report.pk,
            "office:note": noted.pk,
            "office:remove_note": noted.pk,
            "office:note_file": kept.pk,
            "office:remove_note_file": kept.pk,
            "office:support": support.pk,
            "office:support_preview": support.pk,
            "office:describe_support": support.pk,
            "office:remove_support": support.pk,
            "office:withhold": support.pk,
            **{name: sent for name in PATHS if name.startswith("office_plans:import_")},
            "office:accountability_sign": (signed := self._signed_edition(plan)),
            "office:accountability_withhold": signed,
            "office_plans:import": sent,
            "office_plans:document": added.number,
            "office:end_deputyship": self._deputyship(reporter),
            "office_accounts:resend": asked.pk,
            "office_accounts:revoke": asked.pk,
            "office_accounts:role": membership,
            "office_accounts:end_role": membership,
            "office_accounts:remove_second_factor": membership,
            "office_accounts:deactivate": reporter.pk,
            "office_accounts:unit": self.unit.pk,
            "office_accounts:authority": authority.pk,
            "office_accounts:made_token": token,
            "office_accounts:revoke_token": token,
        }

    def _deputyship(self, absent: User) -> int:
        days = {"starts_on": SEMESTER.first_day, "ends_on": SEMESTER.last_day}
        planner = self.people[Role.PLANNING]
        row = Deputyship.objects.create(
            municipality=self.municipality, absent=absent, deputy=planner, named_by=absent, **days
        )
        return row.pk

    def _signed_edition(self, plan: Plan) -> int:
        """The number of an edition, and that of its signed file."""
        window = SemesterWindow.objects.get(municipality=self.municipality, semester=CLOSED)
        by = self.people[Role.PLANNING]
        report = issue(plan, window, edition=1, by=by)
        return signed_by_somebody(report, by=by).number

    def _token(self, person: User) -> int:
        lasts = dt.timedelta(days=30)
        token, _text = make_token(person, self.municipality, "Obras", TokenScope.READ, lasts=lasts)
        return token.pk

    def _publish(self, element: PlanElement) -> None:
        Responsibility(element=element, unit=self.unit).save()
        values = {"narrative": "Se hizo.", "as_of": SEMESTER.last_day}
        draft = save_draft(element, SEMESTER, values, by=self.people[Role.REPORTER], edit=0)
        sent = submit(draft, Entry.NARRATIVE, by=self.people[Role.REPORTER])
        publish_reports({sent.pk: sent.edit}, self.municipality, by=self.people[Role.PLANNING])

    def address(self, name: str) -> str:
        """The address NAME, about this municipality."""
        parts: dict[str, Any] = {
            "slug": self.municipality.slug,
            "semester": CLOSED if "accountability" in name else SEMESTER,
            "term": TERM,
            "path": PlanPath(TERM, "renovar" if name == "office:come_in_force" else ""),
            "ref": PUBLISHED if name == "office:correct" else REF,
            "year": SEMESTER.year,
            "pk": self._kwargs.get(name),
            "key": ITEM,
            "chapter": "cada-semestre",
            "number": self._kwargs.get(name),
            "edition": self._kwargs.get(name),
        }
        taken = re.findall(r"<(?:\w+:)?(\w+)>", PATHS[name])
        return reverse(name, kwargs={each: parts[each] for each in taken})
