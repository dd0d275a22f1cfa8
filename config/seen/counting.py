"""What each process of the server counts of the requests that it answers.

Labels are names of views, never addresses, which hold what people look for. A process counts in a
file of its own, and ``python -m config.seen`` adds them up.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

from config.middleware import Answer

SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
KNOWN: Final = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

REQUESTS = Counter("vigia_requests", "Answered requests.", ["view", "method", "status"])
DURATION = Histogram("vigia_request_seconds", "Until the answer begins.", ["view"], buckets=SECONDS)
QUERIES = Counter("vigia_queries", "Queries to the database.", ["view"])
QUERY_TIME = Counter("vigia_query_seconds", "Waited for the database.", ["view"])
PAGES = Counter("vigia_public_pages", "Public pages, by where they were taken from.", ["taken"])


class Queries:
    """Of one request, on all connections of its thread."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began


def count_requests(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        queries, began = Queries(), time.perf_counter()
        used = connections.all()
        for each in used:
            each.execute_wrappers.append(queries)
        status = 500  # where not even an error page could be made
        try:
            response = get_response(request)
            status = response.status_code
            return response
        finally:
            for each in used:
                each.execute_wrappers.remove(queries)
            _count(request, status, time.perf_counter() - began, queries)

    return answer


def _count(request: HttpRequest, status: int, seconds: float, queries: Queries) -> None:
    match = request.resolver_match
    view = (match.view_name if match else "") or "-"
    method = request.method if request.method in KNOWN else "-"
    REQUESTS.labels(view, method, status).inc()
    DURATION.labels(view).observe(seconds)
    QUERIES.labels(view).inc(queries.count)
    QUERY_TIME.labels(view).inc(queries.seconds)
    if taken := getattr(request, "taken_from", ""):
        PAGES.labels(taken).inc()
