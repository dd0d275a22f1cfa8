"""The reports that are on their way: a system writes them, and sends them to review.

It does what its person does on the officers' pages, by the same forms and services; publishing is
not among it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import django_filters
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.choices import TokenScope
from accounts.models import Token
from plans.choices import Dimension, Level
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.api import fields
from tracking.api.parameters import Ordering, SemesterFilter
from tracking.api.private import Private
from tracking.api.problems import Refused, Unfit
from tracking.api.repeating import HEADER, once
from tracking.api.sent import NewDraft, OldDraft, fitted, read
from tracking.choices import ReportState, Step
from tracking.desk.cases import supports_of
from tracking.desk.returned import returns_of
from tracking.desk.scope import element_to_report, reports_to_write
from tracking.desk.worklist import Row, row_to_write
from tracking.entry import WRITABLE, entry_of
from tracking.models import ProgressReport, Support
from tracking.services import drafts

ON_ITS_WAY: Final = [
    (state.value, state.label) for state in ReportState if state != ReportState.PUBLISHED
]


class DraftFilters(django_filters.FilterSet):  # type: ignore[misc]
    semester = SemesterFilter(help_text=gettext_lazy("«2021-II»."))
    review_state = django_filters.ChoiceFilter(field_name="state", choices=ON_ITS_WAY)
    ref = django_filters.CharFilter(
        field_name="element__ref",
        lookup_expr="iexact",
        max_length=30,
        help_text=gettext_lazy("El código de Vigía: «S.2.1»."),
    )
    ordering = Ordering("id")


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
    dimension = fields.Word(Dimension.choices, source="element.dimension")
    semester = fields.SemesterText(read_only=True)
    review_state = serializers.ChoiceField(ON_ITS_WAY, source="state", read_only=True)
    returned_because = fields.Known()
    asks = serializers.ListField(child=serializers.CharField(), read_only=True)
    missing = serializers.ListField(child=serializers.CharField(), read_only=True)
    step = serializers.ChoiceField(choices=Step.choices, read_only=True, allow_null=True)
    value = fields.Figure(18, 4, read_only=True, allow_null=True)
    parts_done = serializers.ListField(child=serializers.CharField(), read_only=True)
    supports = DraftSupportRow(many=True, read_only=True, source="sustained_by")
    submitted_at = fields.Instant(read_only=True, allow_null=True)
    updated_at = fields.Instant(read_only=True)

    class Meta:
        model = ProgressReport
        fields = (
            *("id", "url", "page", "municipality", "plan", "term", "element", "ref", "level"),
            *("dimension", "semester", "revision", "review_state", "returned_because", "edit"),
            *("asks", "missing", *WRITABLE, "supports", "correction_reason"),
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
    returned = returns_of(reports)
    sustained = supports_of(reports)
    for report in reports:
        report.element = by_id[report.element_id]
        is_reportable = report.element.is_reportable
        entry = entry_of(report.element, terms.get(report.element_id), is_reportable=is_reportable)
        told: Any = report
        told.asks, told.missing = entry.asks, drafts.missing_in(report, entry)
        told.sustained_by = sustained[report.pk]
        step = returned.get(report.pk)
        told.returned_because = step.reason if step else ""
    return reports


def told_of(report: ProgressReport) -> dict[str, Any]:
    """What the API says of REPORT."""
    (told,) = described([report])
    return dict(DraftRow(told).data)


def locked_report(token: Token, pk: Any) -> ProgressReport:
    """The report PK on its way that TOKEN's person may write, which nobody else changes meanwhile.

    Http404 where there is none.
    """
    rows = reports_to_write(token.person, token.municipality).select_for_update(of=("self",))
    report: ProgressReport | None = rows.filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


REPEATABLE: Final = extend_schema(
    parameters=[
        OpenApiParameter(
            HEADER,
            str,
            OpenApiParameter.HEADER,
            description=str(
                gettext_lazy(
                    "Un nombre nuevo para lo que se pide: pedirlo otra vez con él no lo hace dos "
                    "veces, y da la misma respuesta durante siete días."
                )
            ),
        )
    ]
)


@extend_schema_view(
    create=extend_schema(request=NewDraft, responses={201: DraftRow}),
    partial_update=extend_schema(request=OldDraft, responses=DraftRow),
)
class Drafts(Private):
    told = gettext_lazy(
        "Los informes en camino que puede escribir quien creó la clave. Publicarlos es de las "
        "personas."
    )
    told_of = {
        "create": gettext_lazy("Comienza el informe de una promesa en un semestre."),
        "partial_update": gettext_lazy(
            "Cambia lo que se envía y deja lo demás; «edit» es el del informe que se leyó."
        ),
        "submit": gettext_lazy("Envía el informe a revisión, tal como está guardado."),
        "recall": gettext_lazy("Lo recupera para cambiarlo, si nadie lo ha revisado todavía."),
    }
    scopes = {
        "list": TokenScope.READ,
        "retrieve": TokenScope.READ,
        "create": TokenScope.WRITE,
        "partial_update": TokenScope.WRITE,
        "recall": TokenScope.SUBMIT,
        "submit": TokenScope.SUBMIT,
    }
    serializer_class = DraftRow
    filterset_class = DraftFilters

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return ProgressReport.objects.none()
        return reports_to_write(self.token.person, self.municipality)

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(DraftRow(described(page or []), many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(told_of(self.get_object()))

    @REPEATABLE
    def create(self, request: Request) -> Response:
        return once(request, self.token, self._begin)

    @REPEATABLE
    def partial_update(self, request: Request, pk: str) -> Response:
        return once(request, self.token, self._change)

    @REPEATABLE
    @extend_schema(request=None, responses=DraftRow)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        return once(request, self.token, self._submit)

    @REPEATABLE
    @extend_schema(request=None, responses=DraftRow)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> Response:
        return once(request, self.token, self._recall)

    def _begin(self) -> Response:
        said = read(NewDraft, self.request.data)
        element = self._element(said["semester"], said["ref"])
        row = row_to_write(element, said["semester"])
        report = self._saved(row, said, edit=0)
        headers = {"Location": fields.OwnAddress("drafts").to_representation(report.pk)}
        return Response(told_of(report), status=201, headers=headers)

    def _change(self) -> Response:
        said = read(OldDraft, self.request.data)
        row = self._row(locked_report(self.token, self.kwargs["pk"]))
        return Response(told_of(self._saved(row, said, edit=said["edit"])))

    def _submit(self) -> Response:
        report = locked_report(self.token, self.kwargs["pk"])
        entry = self._row(report).entry
        try:
            return Response(told_of(drafts.submit(report, entry, by=self.token.person)))
        except ValidationError as refusal:
            raise Refused(refusal.messages, told_of(report)) from refusal

    def _recall(self) -> Response:
        report = locked_report(self.token, self.kwargs["pk"])
        try:
            return Response(told_of(drafts.recall(report, by=self.token.person)))
        except ValidationError as refusal:
            raise Refused(refusal.messages, told_of(report)) from refusal

    def _saved(self, row: Row, said: Mapping[str, Any], *, edit: int) -> ProgressReport:
        values = fitted(row, said)
        try:
            return drafts.save_draft(
                row.element, row.semester, values, by=self.token.person, edit=edit
            )
        except drafts.EditConflict as conflict:
            raise Refused([str(conflict)], told_of(conflict.stored)) from conflict
        except ValidationError as refusal:
            raise Refused(refusal.messages) from refusal

    def _element(self, semester: Semester, ref: str) -> PlanElement:
        try:
            return element_to_report(self.token.person, self.municipality, semester, ref)
        except Http404 as unknown:
            raise Unfit([{"pointer": "#/ref", "detail": str(unknown)}]) from unknown

    def _row(self, report: ProgressReport) -> Row:
        """What is asked of REPORT today."""
        ref = PlanElement.objects.values_list("ref", flat=True).get(pk=report.element_id)
        element = self._element(report.semester, ref)
        row = row_to_write(element, report.semester)
        return replace(row, report=report)
