"""What sustains a report that is on its way: a system adds it, and takes it away."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.choices import TokenScope
from tracking.api.parsing import Json, Parts
from tracking.api.problems import Unfit
from tracking.api.writing.draft_rows import DraftRow, content_of, or_refused
from tracking.api.writing.drafts import locked_report
from tracking.api.writing.private import Private
from tracking.api.writing.repeating import REPEATABLE, once
from tracking.api.writing.sent import Day, Text, pointed, read
from tracking.files.sustaining import check_support
from tracking.models import ProgressReport, Support
from tracking.services import supports

OWN_NAMES: Final = {"url": "link"}
"""What the project calls otherwise than the API."""


@extend_schema_field(OpenApiTypes.BINARY)
class SentFile(serializers.FileField):
    pass


class NewLink(serializers.Serializer[Any]):
    title = Text(help_text=gettext_lazy("Qué es: «Acta de recepción»."))
    taken_on = Day(help_text=gettext_lazy("La fecha del documento: «2021-12-31»."))
    place = Text(
        required=False,
        allow_blank=True,
        allow_null=True,
        help_text=gettext_lazy("Dónde, si lo tiene."),
    )
    link = Text(
        required=False,
        allow_null=True,
        help_text=gettext_lazy("Dónde está ya publicado: «https://…»."),
    )


class NewFile(NewLink):
    file = SentFile(
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("PDF, JPEG, PNG, XLSX o DOCX, de hasta 20 MB."),
    )
    keeps_position = serializers.BooleanField(
        required=False,
        help_text=gettext_lazy("Si se conserva dónde se tomó la fotografía: «true» o «false»."),
    )


OF_A_DRAFT: Final = OpenApiParameter("draft", OpenApiTypes.INT, OpenApiParameter.PATH)


@extend_schema_view(
    create=extend_schema(
        parameters=[OF_A_DRAFT],
        request={"application/json": NewLink, "multipart/form-data": NewFile},
        responses={201: DraftRow},
    ),
    destroy=extend_schema(
        parameters=[OF_A_DRAFT, OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)],
        responses={200: DraftRow},
    ),
)
class DraftSupports(Private):
    summary_by_action = {
        "create": gettext_lazy("Agrega un sustento: un archivo, o un enlace a lo ya público."),
        "destroy": gettext_lazy("Quita un sustento de un informe que no se ha enviado."),
    }
    scopes = {"create": TokenScope.WRITE, "destroy": TokenScope.WRITE}
    serializer_class = DraftRow
    parser_classes = (Json, Parts)

    @REPEATABLE
    def create(self, request: Request, draft: int) -> Response:
        return once(request, self.token, lambda: self._add(draft))

    @REPEATABLE
    def destroy(self, request: Request, draft: int, id: int) -> Response:
        return once(request, self.token, lambda: self._remove(draft, id))

    def _add(self, draft: int) -> Response:
        sent = self.request.data
        given = read(NewFile, sent.dict() if hasattr(sent, "dict") else sent)
        link = given.get("link") or ""
        try:
            received = check_support({**given, "url": link})
        except ValidationError as refusal:
            faults = refusal.message_dict.items()
            raise Unfit(
                pointed({OWN_NAMES.get(name, name): " ".join(each) for name, each in faults})
            ) from refusal
        about = supports.About(given["title"], given["taken_on"], given.get("place") or "")
        report = locked_report(self.token, draft)
        if received:
            add = partial(supports.add_file, report, received, about)
        else:
            add = partial(supports.add_link, report, link, about)
        return self._done(report, add, HTTPStatus.CREATED)

    def _remove(self, draft: int, pk: int) -> Response:
        report = locked_report(self.token, draft)
        support = Support.objects.filter(report=report, pk=pk).first()
        if support is None:
            raise NotFound(_("Ese sustento no está en el informe."))
        support.report = report
        return self._done(report, partial(supports.remove_support, support), HTTPStatus.OK)

    def _done(self, report: ProgressReport, act: Callable[..., Any], status: int) -> Response:
        with or_refused(report):
            act(by=self.token.person, token=self.token)
        report.refresh_from_db()
        return Response(content_of(report), status=status)

    def get_queryset(self) -> Any:
        return ProgressReport.objects.none()
