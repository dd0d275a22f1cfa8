"""Lists come in pages: by number where they are short, by cursor where they grow without end."""

import re
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination, PageNumberPagination
from rest_framework.request import Request

from tracking.api.problems import BadParameters

PAGE_SIZE: Final = 50
LARGEST_PAGE: Final = 500
WHOLE: Final = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


PARAMETERS: Final[dict[str, tuple[str | Promise, dict[str, int]]]] = {
    "page": (gettext_lazy("El número de la página, desde 1."), {"minimum": 1}),
    "cursor": (gettext_lazy("El que dio la página anterior, tal como lo dio."), {}),
    "page_size": (
        gettext_lazy("Cuántas filas por página."),
        {"minimum": 1, "maximum": LARGEST_PAGE},
    ),
}
"""Each parameter in words, and its limits."""


def _described(parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The paging PARAMETERS of the schema, with their limits described in words."""
    for each in parameters:
        words, limits = PARAMETERS[each["name"]]
        each["description"] = str(words)
        each["schema"] |= limits
    return parameters


def _size(request: Request) -> int:
    """How many rows a page has: 50, or ``page_size``, up to 500."""
    written = request.query_params.get("page_size", str(PAGE_SIZE))
    if not WHOLE.fullmatch(written) or int(written) > LARGEST_PAGE:
        detail = _("Un número de 1 a %s.") % LARGEST_PAGE
        raise BadParameters([{"parameter": "page_size", "detail": detail}])
    return int(written)


class Pages(PageNumberPagination):
    """``?page=``, with how many rows there are."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE
    parameters = ("page", "page_size")

    def get_page_size(self, request: Request) -> int:
        return _size(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return _described(super().get_schema_operation_parameters(view))

    def get_page_number(self, request: Request, paginator: Any) -> str:
        written = request.query_params.get("page", "1")
        if not WHOLE.fullmatch(written):
            detail = _("Un número desde 1.")
            raise BadParameters([{"parameter": "page", "detail": detail}])
        return written

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except NotFound as error:
            raise NotFound(_("La lista no llega a esa página.")) from error


class Cursors(CursorPagination):
    """``?cursor=``, as the page before says it, in the order of ``id``.

    However long the list is, and whatever is published meanwhile, a page costs the same and none is
    told twice.
    """

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE
    ordering = "pk"
    parameters = ("cursor", "page_size")

    def get_page_size(self, request: Request) -> int:
        return _size(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return _described(super().get_schema_operation_parameters(view))

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """The filter may turn it round; nothing else is without equals."""
        written = request.query_params.get("ordering", "id")
        return ("-pk",) if written == "-id" else ("pk",)

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            cursor = Cursor(0, False, 0)
        if cursor and cursor.position is not None and not WHOLE.fullmatch(str(cursor.position)):
            detail = _("Use el cursor tal como lo dio la página anterior.")
            raise BadParameters([{"parameter": "cursor", "detail": detail}])
        return cursor
