"""A page of rows of which much is asked: it is asked of those that stand there, and no others."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

if TYPE_CHECKING:
    PaginatorBase = Paginator[Any]
else:
    PaginatorBase = Paginator


class PageRows(PaginatorBase):
    """For ordered rows with costly annotations, which neither filter nor order them.

    Of a plain slice the database computes them also for all that stands on earlier pages, or
    prepares for all rows what a few need.
    """

    def page(self, number: int | str) -> Any:
        page: Any = super().page(number)
        rows: Any = self.object_list
        page.object_list = rows.filter(pk__in=page.object_list.values("pk"))
        return page
