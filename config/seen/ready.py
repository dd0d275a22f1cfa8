"""Whether this process can serve: what a balancer asks before it sends anybody here."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.doctor.schema import migrations_apart

KEY: Final = "readyz"
_known: dict[str, bool] = {}  # what cannot become untrue while the process lives


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer "ready", or 503 with the name of the part that is missing and nothing else of it."""
    for part, is_there in PARTS.items():
        if not _answers(is_there):
            answer = HttpResponse(f"not ready: {part}\n", "text/plain", status=503)
            answer["Retry-After"] = "5"
            return answer
    return HttpResponse("ready\n", "text/plain")


def _answers(is_there: Callable[[], bool]) -> bool:
    """Whatever a part says against it, it is not there: its own error is nobody's business."""
    try:
        return is_there()
    except Exception:
        return False


def _has_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _has_migrations() -> bool:
    """Whether the tables are those of this code; a newer database serves an older code."""
    if not _known.get("migrations"):
        missing, _unknown = migrations_apart()
        _known["migrations"] = not missing
    return _known["migrations"]


def _has_cache() -> bool:
    for name in ("default", "pages"):
        caches[name].set(KEY, DEFAULT_DB_ALIAS, 60)
    return all(caches[name].get(KEY) for name in ("default", "pages"))


def _has_storage() -> bool:
    """Whether a file that is sent could be kept."""
    location = getattr(default_storage, "location", None)
    if location and isinstance(location, str) and location.startswith("/"):
        folder = Path(location)
        while not folder.exists():  # the first file makes it
            folder = folder.parent
        return os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    default_storage.exists(KEY)
    return True


PARTS: Final[dict[str, Callable[[], bool]]] = {
    "database": _has_database,
    "migrations": _has_migrations,
    "cache": _has_cache,
    "storage": _has_storage,
}
