"""The schema says what the API answers, and the API answers what the schema says."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from schemathesis import Case, HookContext
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.meta import CoveragePhaseData
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from tests.conftest import MakeOnce
from tests.tracking.api.asking import LISTS
from tests.tracking.issued import Accounted
from tests.tracking.office.acting import System

SCHEMA: Final = "/api/v1/schema/"
BODY: Final = ParameterLocation.BODY
MANY: Final = re.compile(r"\d+ optional properties")


def test_it_validates_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yaml"))


def test_it_describes_every_list_and_every_row(db: None) -> None:
    paths = Client().get(SCHEMA).json()["paths"]
    lists = {f"/api/v1/{name}/" for name in LISTS}
    items = {f"/api/v1/{name}/{{id}}/" for name in LISTS}
    acts = {f"/api/v1/drafts/{{id}}/{act}/" for act in ("submit", "recall")}
    acts |= {f"/api/v1/drafts/{{draft}}/supports/{each}" for each in ("", "{id}/")}
    private = {"/api/v1/worklist/", "/api/v1/drafts/", "/api/v1/drafts/{id}/", *acts}
    assert set(paths) == lists | items | private | {"/api/v1/plans/{id}/tree/"}
    for path, methods in paths.items():
        for described in methods.values():
            assert described.get("security", []) == ([{"token": []}] if path in private else [])


def test_it_says_what_a_writer_has_to_send(db: None) -> None:
    described = Client().get(SCHEMA).json()
    schemas = described["components"]["schemas"]
    assert schemas["OldDraft"]["required"] == ["edit"]
    assert schemas["NewFile"]["properties"]["file"]["format"] == "binary"
    assert "nullable" not in schemas["NewFile"]["properties"]["file"]
    assert "current" in schemas["Problem"]["properties"]
    change = described["paths"]["/api/v1/drafts/{id}/"]["patch"]
    assert change["requestBody"]["required"] is True
    assert {"409", "422"} <= set(change["responses"])
    assert change["responses"]["429"]["headers"]["Retry-After"]["schema"] == {"type": "integer"}
    assert not {"409", "422"} & set(described["paths"]["/api/v1/drafts/"]["get"]["responses"])


def test_what_it_says_to_people_is_spanish(db: None) -> None:
    paths = Client().get(SCHEMA).json()["paths"]
    assert paths["/api/v1/reports/"]["get"]["description"] == (
        "Los informes publicados, en todas sus revisiones."
    )


def test_the_console_is_of_our_own_host(db: None) -> None:
    page = Client().get(reverse("api:docs"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "https://" not in text.replace("https://schema.org", "")
    assert "style-src 'self' 'unsafe-inline'" in page["Content-Security-Policy"]
    assert page["Content-Security-Policy"].count("unsafe-inline") == 1


generator: Any = SchemaGenerator
schema = schemathesis.openapi.from_dict(generator().get_schema(public=True))
schema.app = application
tried: set[tuple[object, ...]] = set()


@schema.hook
def filter_case(_context: HookContext, case: Case[Any]) -> bool:
    """Let each mistake be made once at each parameter: it comes alone and again among others.

    In an address every wrong type is a text; in a body each is another, and all are tried. Of what
    is right all values are, and of the many at once one set.
    """
    about = case.meta.phase.data if case.meta else None
    if not isinstance(about, CoveragePhaseData) or about.parameter_location == BODY:
        return True
    if case.meta and case.meta.generation.mode == GenerationMode.NEGATIVE:
        what = about.description.rpartition(": ")[2]  # without the way to the value
    elif MANY.search(about.description):
        what = "many"
    else:
        return True
    attempt = (case.operation.label, case.method, about.scenario, about.parameter, what)
    if attempt in tried:
        return False
    tried.add(attempt)
    return True


@pytest.fixture(scope="module")
def token(make_once: MakeOnce, accounted_once: Accounted) -> str:
    """With which a report is begun."""

    def make() -> str:
        accounted_once.spend()
        accounted_once.issue()
        system = System(accounted_once.planner, accounted_once.plan.municipality)
        system.begin(ref="S.1.1.2", narrative="Se hizo.")
        return system.text

    return make_once(make)


@pytest.fixture
def served(db: None, token: str) -> Iterator[str]:
    """Asked as a server is, but for the connection to the database, which is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield token
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_is_described(case: Any, served: str) -> None:
    """Every check but one: of the values that a type allows, a place is one of those there are."""
    headers = {"Accept-Encoding": "identity", "Authorization": f"Bearer {served}"}
    case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
