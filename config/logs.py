"""What reaches the log, and how its lines are written. Standard library only: gunicorn reads it."""

import logging
import os
import re
import time
from typing import Any, Final

SECRET: Final = re.compile(
    r"(/cuenta/(?:invitacion|clave/nueva)/|/seguir/(?:confirmar|dejar|mio)/)[^\s?'\"]+"
)


class Line(logging.Formatter):
    """``2026-11-29T01:33:25.120Z WARNING vigia.security …``, in UTC, before every single line.

    What opens an account, or changes what somebody follows, is cut from addresses (an invitation's
    token, the key of a reset, the links of letters), in tracebacks too: Django logs the address of
    each form that it refuses, and of each error.
    """

    def format(self, record: logging.LogRecord) -> str:
        instant = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        before = f"{instant}.{int(record.msecs):03}Z {record.levelname} {record.name}"
        text = SECRET.sub(r"\1…", super().format(record))
        return "\n".join(f"{before} {line}" for line in text.splitlines() or [""])


FORMATTERS: Final = {"line": "config.logs.Line", "json": "config.seen.json_lines.JsonLine"}


def _chosen() -> str:
    name = os.environ.get("LOG_FORMAT") or "line"
    if name not in FORMATTERS:
        raise ValueError(f"LOG_FORMAT es «{name}»: diga line o json.")
    return name


HANDLER: Final[dict[str, Any]] = {"class": "logging.StreamHandler", "formatter": _chosen()}
CONSOLE: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {name: {"()": path} for name, path in FORMATTERS.items()},
    "handlers": {"console": HANDLER},
    "root": {"handlers": ["console"], "level": "INFO"},
}
"""Everything on the console, line by line."""

PORTAL: Final[dict[str, Any]] = {
    **CONSOLE,
    "filters": {
        "brief": {"()": "accounts.security.Brief"},
        "outage_in_one_line": {"()": "config.outages.OutageInOneLine"},
    },
    "handlers": {"console": {**HANDLER, "filters": ["brief"]}},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["outage_in_one_line"]},
        "weasyprint": {"level": "ERROR"},  # these tell of every page of a PDF what they do
        "weasyprint.progress": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
"""What the portal itself tells."""

SERVER: Final[dict[str, Any]] = {
    **CONSOLE,
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": ["console"], "propagate": False},
        # Who asked for what is the proxy's to keep: an address holds what a reader looked for.
        "gunicorn.access": {"level": "WARNING"},
        # Django leaves it to the server to drop the page that answers a HEAD: it tells of each.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
"""The server's own lines too."""
