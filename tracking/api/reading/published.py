"""What every resource of the API has in common: it is read, and is the same for everybody."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import Promise
from rest_framework import mixins, viewsets
from rest_framework.request import Request

from tracking.api.paging import Cursors, Pages
from tracking.api.parameters import StrictFilters, refuse_unknown
from tracking.public.decorators import page_key, unchanged

Rows = Callable[[], QuerySet[Any]]


class Published(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """A list, and each of its rows by its ``id``.

    ``rows`` gives those that the public may see, said anew for each question. Like a page of the
    portal, an answer is a function of the release, its address, the day and the public revision:
    whoever has it already is answered 304, for the price of one query.
    """

    rows: Rows
    told: ClassVar[str | Promise] = ""
    """What the list is, for whoever reads the schema."""

    filter_backends = (StrictFilters,)
    pagination_class: type[Pages] | type[Cursors] = Pages
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Any]:
        return type(self).rows()

    def filter_queryset(self, queryset: Any) -> Any:
        """A row that is asked for by its id is not filtered."""
        return queryset if self.detail else super().filter_queryset(queryset)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action:  # and not for a method that there is none of
            refuse_unknown(self)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or settings.DEBUG:
            return super().dispatch(request, *args, **kwargs)
        etag = f'W/"{page_key(request, None)}"'
        answer = unchanged(request, etag) or super().dispatch(request, *args, **kwargs)
        if answer.status_code in {200, 304}:
            answer["ETag"] = etag
            answer["X-Robots-Tag"] = "noindex"  # people find its pages, some of them simulated
            patch_cache_control(answer, public=True, no_cache=True)
            patch_vary_headers(answer, ["Accept", "Accept-Encoding"])
        return answer
