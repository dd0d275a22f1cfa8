"""What there is to report in a semester, for whoever the token acts for."""

import datetime as dt
from typing import Any

import django_filters
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.choices import TokenScope
from plans.choices import Bound, Direction, Level, MeasureKind, Nature
from plans.models import PlanElement
from plans.semester import Semester
from tracking.api import fields
from tracking.api.paging import Pages
from tracking.api.parameters import SemesterFilter, StrictFilters
from tracking.api.writing.private import Private
from tracking.choices import ReportState, Step
from tracking.measuring.tasks import Task, reportable_elements, tasks_of
from tracking.models import ProgressReport, SemesterWindow
from tracking.permissions import own, plan_of, window_of


class WorklistFilters(django_filters.FilterSet):  # type: ignore[misc]
    """Checks the parameters only; the view applies them, since the semester decides the plan."""

    semester = SemesterFilter(
        help_text=gettext_lazy("«2021-II»; sin él, el semestre que se está informando.")
    )


class PreviousRow(serializers.ModelSerializer[ProgressReport]):
    """The measure of the newest published report of an earlier semester."""

    semester = fields.SemesterText(read_only=True)
    step = serializers.ChoiceField(choices=Step.choices, read_only=True, allow_null=True)
    value = fields.Figure(18, 4, read_only=True, allow_null=True)
    parts_done = serializers.ListField(child=serializers.CharField(), read_only=True)
    locations = fields.Location(many=True, read_only=True)

    class Meta:
        model = ProgressReport
        fields = (
            "semester",
            "as_of",
            "step",
            "value",
            "parts_done",
            "done",
            "required",
            "locations",
        )
        read_only_fields = fields


class WorkRow(serializers.Serializer[Task]):
    """A promise, how it is measured and so what is asked of it, and how far its report is."""

    element = serializers.IntegerField(source="element.pk", read_only=True)
    page = fields.Address(source="element.get_absolute_url")
    municipality = serializers.SlugField(source="element.plan.municipality.slug", read_only=True)
    plan = serializers.IntegerField(source="element.plan.pk", read_only=True)
    term = serializers.CharField(source="element.plan.term", read_only=True)
    ref = serializers.CharField(source="element.ref", read_only=True)
    level = fields.Word(Level.choices, source="element.level")
    dimension = fields.Known(source="element.dimension")
    statement = serializers.CharField(source="element.statement", read_only=True)
    semester = fields.SemesterText(read_only=True)
    due_on = serializers.SerializerMethodField()
    kind = fields.Word(MeasureKind.choices, source="terms.kind", default=None)
    unit_of_measure = fields.Known(source="terms.unit_of_measure", default=None)
    goal = fields.Figure(18, 4, source="terms.goal", default=None, read_only=True, allow_null=True)
    baseline = fields.Figure(
        18, 4, source="terms.baseline", default=None, read_only=True, allow_null=True
    )
    direction = fields.Word(Direction.choices, source="terms.direction", default=None)
    bound = fields.Word(Bound.choices, source="terms.bound", default=None)
    tolerance = fields.Figure(
        18, 4, source="terms.tolerance", default=None, read_only=True, allow_null=True
    )
    nature = fields.Word(Nature.choices, source="terms.nature", default=None)
    parts = serializers.ListField(
        child=serializers.CharField(), source="terms.parts", default=list, read_only=True
    )
    counts = fields.Known(
        help_text=gettext_lazy("Qué cuenta la cifra que se pide, desde cuándo y en qué unidad.")
    )
    previous = PreviousRow(read_only=True, allow_null=True)
    asks = serializers.ListField(child=serializers.CharField(), source="entry.asks", read_only=True)
    terms_version = serializers.IntegerField(source="terms.version", default=0, read_only=True)
    review_state = fields.Word(ReportState.choices, source="state")
    draft = serializers.SerializerMethodField()
    edit = serializers.SerializerMethodField()
    simulated = serializers.BooleanField(source="element.plan.simulated", read_only=True)

    def get_due_on(self, task: Task) -> dt.date | None:
        window: SemesterWindow | None = self.context["window"]
        return window.due_on if window else None

    def get_draft(self, task: Task) -> int | None:
        return task.report.pk if task.report and not task.report.is_published else None

    def get_edit(self, task: Task) -> int | None:
        return task.edit or None


class Worklist(Private):
    summary = gettext_lazy(
        "Lo que quien creó la clave tiene que informar en un semestre: de cada promesa, qué datos "
        "se piden y cómo va su informe."
    )
    scopes = {"list": TokenScope.READ}
    serializer_class = WorkRow
    filterset_class = WorklistFilters
    pagination_class = Pages

    def get_queryset(self) -> Any:
        return PlanElement.objects.none()

    def list(self, request: Request) -> Response:
        asked = StrictFilters().asked(request, self.get_queryset(), self).form.cleaned_data
        semester = asked["semester"] or self._current(timezone.localdate())
        try:
            plan = plan_of(self.municipality, semester)
        except Http404 as unknown:
            raise NotFound(str(unknown)) from unknown
        page = self.paginate_queryset(own(reportable_elements(self.token.person, plan)))
        tasks = tasks_of(page or [], plan, semester)
        context = {"window": window_of(self.municipality, semester)}
        rows = [WorkRow(task, context=context).data for task in tasks]
        return self.get_paginated_response(rows)

    def _current(self, today: dt.date) -> Semester:
        window = self.municipality.windows.current(at=today)
        if window is None:
            raise NotFound(_("Ningún semestre tiene plazos: planificación los registra."))
        return window.semester
