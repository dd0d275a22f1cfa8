"""Reports of errors to a service that gathers them. Imported only where ``SENTRY_DSN`` is set."""

from typing import Any, Final

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.transport import Transport

from config.logs import SECRET

KEPT: Final = {"method", "url"}


def report_faults(dsn: str, release: str, transport: type[Transport] | None = None) -> None:
    """Report what failed, where in the code, and nothing of who asked or what they sent."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        transport=transport,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(middleware_spans=False, signals_spans=False, cache_spans=False),
            LoggingIntegration(level=None),
        ],
        before_send=without_people,
    )


def without_people(event: Any, hint: dict[str, Any]) -> Any:
    """The EVENT without who asked, from where, with which headers, for what: the path alone.

    An error's own words are left out: a database's say whose address is there twice.
    """
    request = event.get("request", {})
    event["request"] = {name: request[name] for name in KEPT if name in request}
    if url := event["request"].get("url"):
        event["request"]["url"] = SECRET.sub(r"\1…", url.partition("?")[0])
    for error in event.get("exception", {}).get("values", []):
        error.pop("value", None)
    if said := event.pop("logentry", None):
        event["logentry"] = {"message": said.get("message", "")}
    for unwanted in ("user", "breadcrumbs", "extra", "server_name"):
        event.pop(unwanted, None)
    return event
