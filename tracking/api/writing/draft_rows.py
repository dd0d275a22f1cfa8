"""What the API says of a report that is on its way, to whoever may write it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from plans.choices import Level
from plans.models import MeasuringTerms, PlanElement
from tracking.api import fields
from tracking.api.problems import Refused
from tracking.choices import ReportState, Step
from tracking.measuring.entry import WRITABLE, entry_of
from tracking.measuring.missing import missing_in
from tracking.models import ProgressReport, ReviewStep, Support
from tracking.services.drafts import EditConflict

ON_ITS_WAY: Final = [
    (state.value, state.label) for state in ReportState if state != ReportState.PUBLISHED
]


class DraftSupportRow(serializers.ModelSerializer[Support]):
    """One that its person sees, whether or not the public will."""

    place = fields.Known()
    link = fields.Known(source="url")
    file_name = fields.Known()
    media_type = fields.Known()
    withheld = serializers.BooleanField(source="is_withheld", read_only=True)

    class Meta:
        model = Support
        fields = (
            *("id", "title", "taken_on", "place", "link", "file_name", "media_type", "size"),
            *("sha256", "withheld"),
        )
        read_only_fields = fields


class DraftRow(serializers.ModelSerializer[ProgressReport]):
    """With what `described` adds."""

    url = fields.OwnAddress("drafts")
    page = fields.Address(source="element.get_absolute_url")
    municipality = serializers.SlugField(source="element.plan.municipality.slug", read_only=True)
    plan = serializers.IntegerField(source="plan_id", read_only=True)
    term = serializers.CharField(source="element.plan.term", read_only=True)
    ref = serializers.CharField(source="element.ref", read_only=True)
    level = fields.Word(Level.choices, source="element.level")
    dimension = fields.Known(source="element.dimension")
    semester = fields.SemesterText(read_only=True)
    review_state = serializers.ChoiceField(ON_ITS_WAY, source="state", read_only=True)
    returned_because = fields.Known()
    asks = serializers.ListField(child=serializers.CharField(), read_only=True)
    terms_version = serializers.IntegerField(read_only=True)
    missing = serializers.ListField(child=serializers.CharField(), read_only=True)
    step = serializers.ChoiceField(choices=Step.choices, read_only=True, allow_null=True)
    value = fields.Figure(18, 4, read_only=True, allow_null=True)
    parts_done = serializers.ListField(child=serializers.CharField(), read_only=True)
    locations = fields.Location(many=True, read_only=True)
    supports = DraftSupportRow(many=True, read_only=True, source="sustained_by")
    submitted_at = fields.Instant(read_only=True, allow_null=True)
    updated_at = fields.Instant(read_only=True)

    class Meta:
        model = ProgressReport
        fields = (
            *("id", "url", "page", "municipality", "plan", "term", "element", "ref", "level"),
            *("dimension", "semester", "revision", "review_state", "returned_because", "edit"),
            *("asks", "terms_version", "missing", *WRITABLE, "supports", "correction_reason"),
            *("submitted_at", "updated_at", "simulated"),
        )
        read_only_fields = fields


def described(reports: Sequence[ProgressReport]) -> Sequence[ProgressReport]:
    """REPORTS, each with what it is asked for and what it lacks. Four queries for all."""
    ids = {each.element_id for each in reports}
    elements = PlanElement.objects.filter(pk__in=ids).with_reportability()
    by_id = elements.select_related("plan__municipality").defer("search", "spans").in_bulk()
    terms = {
        row.element_id: row for row in MeasuringTerms.objects.filter(element__in=ids).in_force()
    }
    returned = ReviewStep.objects.returns_of(reports)
    sustained = Support.objects.filter(report__in=reports).with_withholding().by_report()
    for report in reports:
        report.element = by_id[report.element_id]
        is_reportable = report.element.is_reportable
        newest = terms.get(report.element_id)
        entry = entry_of(report.element, newest, is_reportable=is_reportable)
        row: Any = report
        row.terms_version = newest.version if newest else 0
        row.asks, row.missing = entry.asks, list(missing_in(report, entry).values())
        row.sustained_by = sustained[report.pk]
        step = returned.get(report.pk)
        row.returned_because = step.reason if step else ""
    return reports


def content_of(report: ProgressReport) -> dict[str, Any]:
    """What the API says of REPORT."""
    (row,) = described([report])
    return dict(DraftRow(row).data)


@contextmanager
def or_refused(report: ProgressReport | None) -> Iterator[None]:
    """What a service refuses of REPORT, if there is one, is a 409 that says how it stands."""
    try:
        yield
    except EditConflict as conflict:
        current = content_of(conflict.stored)
        details = [str(conflict)]
        if conflict.is_begun:
            details.append(_("Está en %s: cámbielo ahí.") % current["url"])
        raise Refused(details, current) from conflict
    except ValidationError as refusal:
        raise Refused(refusal.messages, content_of(report) if report else None) from refusal
