"""All places in which a search found something, to choose one."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from accounts.models import Municipality
from tracking.reading.facets import address_with

PAGE_SIZE: Final = 100


def found_places(counts: Mapping[int, int], parameters: QueryDict, number: str | None) -> Page[Any]:
    """Those of COUNTS, by the id of a municipality, in the order of their names.

    Each with how many it has, and the address of the same search there. Two queries.
    """
    page = Paginator(Municipality.objects.filter(pk__in=counts), PAGE_SIZE).get_page(number)
    there = QueryDict(address_with(parameters, "en", "").removeprefix("?"))
    page.object_list = [
        (place, counts[place.pk], address_with(there, "municipio", place.slug)) for place in page
    ]
    return page
