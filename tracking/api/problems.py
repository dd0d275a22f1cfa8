"""What the API answers when it cannot do what it is asked: problem details (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

MEDIA_TYPE: Final = "application/problem+json"
API: Final = "/api/"


class BadParameters(exceptions.APIException):
    """A parameter that does not exist, or a value that it cannot have.

    ``errors`` has an object for each: ``parameter``, ``detail``, and ``allowed`` where these are
    few.
    """

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(_("No se puede responder a esa pregunta: corrija sus parámetros."))
        self.errors = list(errors)


class Unfit(exceptions.APIException):
    """What was sent does not fit. ``errors``: of each member, its ``pointer`` and ``detail``.

    The pointer is RFC 6901's: "#/as_of". ``warnings`` are those of what is unlikely, each with its
    ``name``: they can be accepted.
    """

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(
        self,
        errors: Sequence[Mapping[str, Any]],
        detail: str = "",
        warnings: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(detail or _("No se guardó nada: corrija lo que se indica."))
        self.errors, self.warnings = list(errors), list(warnings)


class Refused(exceptions.APIException):
    """As things stand, it cannot be done: DETAILS say why. ``current`` is how they stand."""

    status_code = HTTPStatus.CONFLICT

    def __init__(self, details: Sequence[str], current: Mapping[str, Any] | None = None) -> None:
        super().__init__(" ".join(details))
        self.current = current


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to ERROR; None for what nobody foresaw, which is the server's own failure."""
    if isinstance(error, Http404):
        detail = getattr(context["view"], "absent", "") or _("Aquí no hay nada publicado.")
        error = exceptions.NotFound(detail)
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error))
    answer = exception_handler(error, context)
    if answer is None:
        return None
    answer.data = described(answer.status_code, _detail(error, context["view"]))
    if isinstance(error, BadParameters | Unfit) and error.errors:
        answer.data["errors"] = error.errors
    if isinstance(error, Unfit) and error.warnings:
        answer.data["warnings"] = error.warnings
    if isinstance(error, Refused) and error.current:
        answer.data["current"] = error.current
    answer.content_type = MEDIA_TYPE
    return answer


def described(status: int, detail: str) -> dict[str, Any]:
    """A problem as RFC 9457 has it: its kind is what its status says."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def asks_the_api(request: HttpRequest) -> bool:
    """Whether a program asks; the pages about the API are for people."""
    return request.path.startswith(API) and request.path != reverse("api:docs")


def problem_answer(status: int, detail: str) -> JsonResponse:
    """A problem of which no resource of the API could tell."""
    letters = {"ensure_ascii": False}
    content = described(status, detail)
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE, json_dumps_params=letters)


def _detail(error: Exception, view: Any) -> str:
    """What went wrong and what to do, in our words; the framework's are of many applications."""
    if isinstance(error, exceptions.MethodNotAllowed):
        allowed = [each for each in view.allowed_methods if each != "OPTIONS"]
        if set(allowed) <= {"GET", "HEAD"}:
            return _("Aquí solo se lee: pregunte con GET o HEAD.")
        return _("Eso no se hace aquí: pida con %s.") % ", ".join(allowed)
    if isinstance(error, exceptions.NotAcceptable):
        return _("Solo se contesta en JSON: pida «application/json».")
    if isinstance(error, exceptions.UnsupportedMediaType):
        read = _(" o ").join(parser.media_type for parser in view.parser_classes)
        return _("Eso no se lee aquí: envíelo como %s.") % read
    if isinstance(error, exceptions.Throttled):
        return _("Son demasiadas preguntas seguidas: espere %s segundos.") % int(
            getattr(error, "wait", None) or 1
        )
    return str(getattr(error, "detail", ""))


class Nothing(APIView):
    """Answers 404 for every unknown address below the API's."""

    schema = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.http_method_names = [request.method.lower()]
        setattr(self, request.method.lower(), self._nothing)
        return super().dispatch(request, *args, **kwargs)

    def _nothing(self, request: Request, **kwargs: Any) -> Response:
        raise Http404
