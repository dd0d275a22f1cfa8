"""The bytes of each support, as they lie in the storage, and their digest."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import Municipality
from tracking.files.kept import DamagedError, whole_file
from tracking.models import Support

CHUNK: Final = 2000


class Trouble(Enum):
    """What can be wrong with the bytes of a file, each with what is said of it."""

    CHANGED = gettext_lazy(
        "%(place)s: un sustento del informe %(semester)s de %(ref)s tiene otros bytes que los "
        "publicados (código %(code)s)."
    )
    MISSING = gettext_lazy(
        "%(place)s: falta, o no se puede leer, el archivo de un sustento del informe %(semester)s "
        "de %(ref)s (código %(code)s)."
    )


def changed_files(places: QuerySet[Municipality]) -> Iterator[str]:
    """Published supports whose bytes are not those of their digest, are gone, or cannot be read.

    Each digest is read once, in pieces, and told once for each municipality. What was withheld is
    left out: nobody is served it, and its bytes may have been taken away for what they show.
    """
    known, trouble = "", None
    for support in _files(places).iterator(CHUNK):
        if support.sha256 != known:
            known, trouble = support.sha256, _trouble_with(support)
        if trouble:
            yield str(trouble.value) % {
                "place": support.place_inei,
                "ref": support.ref,
                "semester": support.semester,
                "code": support.sha256,
            }


def _trouble_with(support: Support) -> Trouble | None:
    try:
        whole_file(support.storage_name, support.sha256).close()
    except DamagedError as damaged:
        return Trouble.MISSING if damaged.is_gone else Trouble.CHANGED
    return None


def _files(places: QuerySet[Municipality]) -> QuerySet[Any]:
    rows: QuerySet[Any] = Support.objects.published().with_withholding()
    rows = rows.filter(url="", is_withheld=False, report__municipality__in=places)
    rows = rows.annotate(
        place_inei=F("report__municipality__inei"),
        ref=F("report__element__ref"),
        semester=F("report__semester"),
    )
    rows = rows.order_by("sha256", "report__municipality_id", "pk")
    return rows.distinct("sha256", "report__municipality_id")
