"""The reports that are on their way: a system writes them, and sends them to review.

It does what its person does on the officers' pages, by the same forms and services; publishing is
not among it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.choices import TokenScope
from accounts.models import Token
from plans.models import PlanElement
from plans.semester import Semester
from tracking.api import fields
from tracking.api.parameters import Ordering, SemesterFilter
from tracking.api.problems import Unfit
from tracking.api.writing.draft_rows import ON_ITS_WAY, DraftRow, content_of, described, or_refused
from tracking.api.writing.fitting import fitted
from tracking.api.writing.private import Private
from tracking.api.writing.repeating import REPEATABLE, once
from tracking.api.writing.sent import NewDraft, OldDraft, Seen, read
from tracking.measuring.entry import WRITABLE
from tracking.measuring.tasks import Task, task_to_write
from tracking.models import ProgressReport
from tracking.permissions import element_to_report, plan_of, reports_to_write
from tracking.services import drafts


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


def locked_report(token: Token, pk: Any) -> ProgressReport:
    """The report PK on its way that TOKEN's person may write, which nobody else changes meanwhile.

    Http404 where there is none.
    """
    rows = reports_to_write(token.person, token.municipality).select_for_update(of=("self",))
    report: ProgressReport | None = rows.filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


@extend_schema_view(
    create=extend_schema(
        parameters=[
            OpenApiParameter(
                "Location", OpenApiTypes.URI, OpenApiParameter.HEADER, response=[200, 201]
            )
        ],
        request=NewDraft,
        responses={200: DraftRow, 201: DraftRow},
    ),
    partial_update=extend_schema(request=OldDraft, responses=DraftRow),
)
class Drafts(Private):
    summary = gettext_lazy(
        "Los informes en camino que puede escribir quien creó la clave. Publicarlos es de las "
        "personas."
    )
    summary_by_action = {
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
        return Response(content_of(self.get_object()))

    @REPEATABLE
    def create(self, request: Request) -> Response:
        return once(request, self.token, self._begin)

    @REPEATABLE
    def partial_update(self, request: Request, pk: str) -> Response:
        return once(request, self.token, self._change)

    @REPEATABLE
    @extend_schema(request=Seen, responses=DraftRow)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        return once(request, self.token, self._submit)

    @REPEATABLE
    @extend_schema(request=Seen, responses=DraftRow)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> Response:
        return once(request, self.token, self._recall)

    def _begin(self) -> Response:
        sent = read(NewDraft, self.request.data)
        element = self._element(sent["semester"], sent["ref"])
        task = task_to_write(element, sent["semester"])
        begun = ProgressReport.objects.open().filter(element=element, semester=task.semester)
        status = HTTPStatus.OK if begun.exists() else HTTPStatus.CREATED
        report = self._saved(task, sent, edit=0)
        headers = {"Location": fields.OwnAddress("drafts").to_representation(report.pk)}
        return Response(content_of(report), status=status, headers=headers)

    def _change(self) -> Response:
        sent = read(OldDraft, self.request.data)
        if not sent.keys() & set(WRITABLE):
            raise Unfit([{"pointer": "#", "detail": _("Diga qué cambia."), "allowed": WRITABLE}])
        report = locked_report(self.token, self.kwargs["pk"])
        return Response(content_of(self._saved(self._task(report), sent, edit=sent["edit"])))

    def _submit(self) -> Response:
        report = self._as_seen()
        entry = self._task(report).entry
        return self._moved(report, partial(drafts.submit, report, entry))

    def _recall(self) -> Response:
        report = self._as_seen()
        return self._moved(report, partial(drafts.recall, report))

    def _moved(self, report: ProgressReport, move: Callable[..., ProgressReport]) -> Response:
        with or_refused(report):
            return Response(content_of(move(by=self.token.person, token=self.token)))

    def _as_seen(self) -> ProgressReport:
        """The report of this request, locked; refused unless it is at the edition that was sent."""
        sent = read(Seen, self.request.data)
        report = locked_report(self.token, self.kwargs["pk"])
        with or_refused(report):
            if report.edit != sent["edit"]:
                raise drafts.EditConflict(report, by=self.token.person, edit=sent["edit"])
        return report

    def _saved(self, task: Task, sent: Mapping[str, Any], *, edit: int) -> ProgressReport:
        report = task.report
        version = task.terms.version if task.terms else 0
        with or_refused(report):
            if sent.get("terms_version", version) != version:
                raise ValidationError(
                    _("La forma de medir esta promesa cambió: vuelva a leer qué se pide.")
                )
            return drafts.save_draft(
                task.element,
                task.semester,
                fitted(task, sent),
                by=self.token.person,
                edit=edit,
                token=self.token,
            )

    def _element(self, semester: Semester, ref: str) -> PlanElement:
        """The element that is named, for whoever may write on it."""
        try:
            plan_of(self.municipality, semester)
        except Http404 as unknown:
            raise Unfit([{"pointer": "#/semester", "detail": str(unknown)}]) from unknown
        try:
            return element_to_report(self.token.person, self.municipality, semester, ref)
        except Http404 as unknown:
            raise Unfit([{"pointer": "#/ref", "detail": str(unknown)}]) from unknown

    def _task(self, report: ProgressReport) -> Task:
        """What is asked of REPORT today."""
        ref = PlanElement.objects.values_list("ref", flat=True).get(pk=report.element_id)
        person, semester = self.token.person, report.semester
        element = element_to_report(person, self.municipality, semester, ref)
        return replace(task_to_write(element, semester), report=report)
