"""What every resource of the API has in common: it is read, and is the same for everybody."""

from functools import partial
from typing import Any, ClassVar, Final, TypeVar

from django.conf import settings
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import Promise
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.utils.model_meta import FieldInfo

from plans.semester_field import SemesterField
from tracking.api import fields
from tracking.api.paging import Cursors, Pages
from tracking.api.parameters import StrictFilters, refuse_unknown
from tracking.public.asked import Asked
from tracking.public.decorators import Scope, unchanged
from tracking.reading.published.columns import Column, ColumnKind
from tracking.reading.published.table import Table

Of = TypeVar("Of", bound=Model)
FieldClass = type[serializers.Field[Any, Any, Any, Any]]
Built = tuple[FieldClass, dict[str, Any]]


class PublishedRow(serializers.ModelSerializer[Of]):
    """A row of TABLE: its columns tell how its plain fields are written.

    What is joined or computed is declared; of what is neither a column, the model tells.
    """

    table: ClassVar[Table]

    def build_field(
        self, field_name: str, info: FieldInfo, model_class: type[Of], nested_depth: int
    ) -> Built:
        if field_name == "url":
            return fields.OwnAddress, {"resource": self.table.name}
        column = self.table.column(field_name)
        is_the_model_s = field_name in info.fields_and_pk or field_name in info.relations
        built = _plain(column, is_the_model_s) if column and column.field else None
        return built or super().build_field(field_name, info, model_class, nested_depth)

    def build_standard_field(self, field_name: str, model_field: "Field[Any, Any]") -> Built:
        if isinstance(model_field, SemesterField):
            return fields.SemesterText, {"read_only": True}
        return super().build_standard_field(field_name, model_field)


def _plain(column: Column, is_the_model_s: bool) -> Built | None:
    """The field that writes COLUMN; None where the model's own does."""
    known: dict[str, Any] = {"read_only": True}
    if column.field != column.name:
        known["source"] = column.field
    if column.choices:
        return fields.Word, {**known, "choices": column.choices}
    if column.empty_is_null:
        return fields.Known, known
    if column.kind == ColumnKind.FIGURE:
        return fields.Figure, {**known, "allow_null": True, **FIGURE}
    if column.kind == ColumnKind.INSTANT:
        return fields.Instant, known
    if is_the_model_s or column.kind not in ADDED:
        return None
    return ADDED[column.kind], {**known, "allow_null": column.optional}


FIGURE: Final = {"max_digits": 18, "decimal_places": 4}
ADDED: Final[dict[ColumnKind, FieldClass]] = {
    ColumnKind.FLAG: serializers.BooleanField,
    ColumnKind.NUMBER: serializers.IntegerField,
    ColumnKind.DAY: serializers.DateField,
}
"""What writes a column that the rows are given and the model does not have."""


class AboutPlan(serializers.Serializer[Any]):
    """What a row of a plan says of it."""

    municipality = serializers.SlugField(source="plan.municipality.slug", read_only=True)
    term = serializers.CharField(source="plan.term", read_only=True)


class Published(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """A list, and each of its rows by its ``id``.

    Like a page of the portal, an answer is a function of the release, its address, the day and the
    public revision: whoever has it already is answered 304, for the price of one query.
    """

    @property
    def summary(self) -> str | Promise:
        """What the list is, for whoever reads the schema."""
        table: Table = self.serializer_class.table
        return f"{table.title}."

    serializer_class: Any

    filter_backends = (StrictFilters,)
    pagination_class: type[Pages] | type[Cursors] = Cursors
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Any]:
        """What the public may see, anew for each question."""
        table: Table = self.serializer_class.table
        return table.rows()

    def filter_queryset(self, queryset: Any) -> Any:
        """Filters apply to lists; a single row is fetched by its id alone."""
        return queryset if self.detail else super().filter_queryset(queryset)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action:  # and not for a method that there is none of
            refuse_unknown(self)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or settings.DEBUG:
            return super().dispatch(request, *args, **kwargs)
        asked = Asked.of(request, Scope.PORTAL.asking())
        etag = f'W/"{asked.key}"'
        dispatch = partial(super().dispatch, request, *args, **kwargs)
        answer = unchanged(request, etag) or asked.read(dispatch)
        if answer.status_code in {200, 304}:
            answer["ETag"] = etag
            answer["X-Robots-Tag"] = "noindex"  # people find its pages, some of them simulated
            patch_cache_control(answer, public=True, no_cache=True)
            patch_vary_headers(answer, ["Accept", "Accept-Encoding"])
        return answer
