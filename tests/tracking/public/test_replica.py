"""What the public reads is read from a replica, as long as that is as new as it must be."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.cache import caches
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from accounts import replica
from accounts.models import Municipality, User
from accounts.replica import PRIMARY, REPLICA, Router
from accounts.revision import public_revision
from config.doctor import hosts
from config.doctor.findings import Grade
from plans.models import Plan
from tests.conftest import SignIn
from tracking.public.decorators import Scope, public_page

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

PLAN = "/m/puno/2019-2022/"
FILE = "/datos/plans.csv"


@public_page(scope=Scope.MUNICIPALITY)
def whence(request: HttpRequest, slug: str) -> HttpResponse:
    """Says which database it was read from."""
    return HttpResponse(Municipality.objects.get(slug=slug)._state.db)


urlpatterns = [path("whence/<slug:slug>/", whence), path("", include("config.urls"))]


@pytest.fixture
def with_replica(settings: Settings) -> Iterator[Callable[[Any], None]]:
    """Make a connection the replica's."""
    settings.DATABASE_ROUTERS = ["accounts.replica.Router"]
    connections.settings[REPLICA] = connections.settings[PRIMARY]

    def made(connection: Any) -> None:
        connections[REPLICA] = connection

    yield made
    if connections[REPLICA] is not connections[PRIMARY]:
        connections[REPLICA].close()
    del connections[REPLICA]
    del connections.settings[REPLICA]
    replica.absence.end()


@pytest.fixture
def close_behind(with_replica: Callable[[Any], None]) -> None:
    """A replica that has all that the primary has."""
    with_replica(connections[PRIMARY])


@pytest.fixture
def behind(with_replica: Callable[[Any], None]) -> None:
    """One to which nothing came of what the test writes: it sees no open transaction of ours."""
    with_replica(connections.create_connection(PRIMARY))


@pytest.fixture
def away(with_replica: Callable[[Any], None]) -> None:
    connection = connections.create_connection(PRIMARY)
    connection.settings_dict = {**connection.settings_dict, "HOST": "/nowhere"}
    with_replica(connection)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which databases were asked, query by query."""
    asked: list[str] = []
    read = Router.db_for_read

    def noted(self: Router, model: Any, **hints: Any) -> str:
        asked.append(read(self, model, **hints))
        return asked[-1]

    monkeypatch.setattr(Router, "db_for_read", noted)
    return asked


def said(client: Client) -> str:
    return client.get("/whence/puno/").content.decode()


def test_without_one_the_primary_is_read(client: Client, puno: Municipality) -> None:
    assert said(client) == PRIMARY


def test_a_page_is_read_from_a_replica_that_is_close_behind(
    client: Client, puno: Municipality, close_behind: None
) -> None:
    assert said(client) == REPLICA


def test_a_page_is_never_older_than_its_revision(
    client: Client, puno: Municipality, behind: None
) -> None:
    """What is stored under a revision would else be without what was published with it."""
    assert said(client) == PRIMARY
    Municipality.objects.filter(pk=puno.pk).let_pages_know()
    assert said(client) == PRIMARY


def test_who_is_signed_in_reads_the_primary(
    puno: Municipality, planner: User, signed_in: SignIn, close_behind: None
) -> None:
    assert said(signed_in(planner)) == PRIMARY


@pytest.mark.parametrize("address", [PLAN, "/", "/api/v1/plans/", FILE, "/m/puno/novedades.atom"])
def test_only_the_revision_is_asked_of_the_primary(
    client: Client, puno_plan: Plan, close_behind: None, asked: list[str], address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.getvalue()
    assert PRIMARY not in asked[1:]
    assert (asked[0], asked[-1]) == (PRIMARY, REPLICA)


@pytest.mark.parametrize("address", [PLAN, "/api/v1/plans/", FILE])
def test_what_is_away_or_behind_changes_nothing_of_an_answer(
    client: Client, puno_plan: Plan, request: pytest.FixtureRequest, address: str
) -> None:
    expected = client.get(address).getvalue()
    for state in ("behind", "away"):
        request.getfixturevalue(state)
        caches["pages"].clear()
        assert client.get(address).getvalue() == expected


def test_one_that_is_away_is_told_once(
    client: Client, puno: Municipality, away: None, caplog: pytest.LogCaptureFixture
) -> None:
    for _each in range(3):
        assert said(client) == PRIMARY
        caches["pages"].clear()
    assert [message.partition(" (")[0] for message in caplog.messages] == [
        "The replica does not answer"
    ]
    assert caplog.messages[0].endswith("the primary answers for it")


def test_the_doctor_tells_of_one_that_is_none(close_behind: None) -> None:
    """This one is in truth the primary."""
    [finding] = hosts.check()
    assert finding.grade is Grade.WRONG


@pytest.mark.parametrize(
    ("state", "is_begun_anew"), [("57P01", True), ("40001", True), ("57014", False)]
)
def test_a_page_whose_replica_fails_in_its_midst_is_begun_anew(
    close_behind: None, state: str, is_begun_anew: bool
) -> None:
    """Ended by an administrator, overtaken by the primary; but not one that took too long."""
    failure = OperationalError("failed")
    failure.__cause__ = Caused(state)
    read = mock.Mock(side_effect=[failure, "the page"])
    if is_begun_anew:
        assert replica.read_where(lambda: True, read) == "the page"
    else:
        with pytest.raises(OperationalError):
            replica.read_where(lambda: True, read)


class Caused(Exception):
    def __init__(self, state: str) -> None:
        self.pgcode = state


@pytest.fixture
def primary_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Nobody answers for the primary; who was asked for a revision."""
    asked: list[str] = []

    def answered(*place: Any, **whose: Any) -> int:
        asked.append(Router().db_for_read(Municipality))
        if asked[-1] == PRIMARY:
            raise OperationalError("server closed the connection unexpectedly")
        return public_revision(*place, **whose)

    monkeypatch.setattr("tracking.public.decorators.public_revision", answered)
    yield asked
    replica.absence_of_primary.end()


def test_while_the_primary_is_away_readers_are_answered_by_the_replica_alone(
    client: Client, puno: Municipality, close_behind: None, primary_away: list[str]
) -> None:
    for _time in range(2):
        caches["pages"].clear()
        assert said(client) == REPLICA
    assert primary_away == [PRIMARY, REPLICA, REPLICA]  # not asked again by each
    assert b"".join(client.get(FILE).streaming_content)  # type: ignore[attr-defined]


def test_who_is_signed_in_is_told_that_the_primary_is_away(
    puno: Municipality,
    planner: User,
    signed_in: SignIn,
    close_behind: None,
    primary_away: list[str],
) -> None:
    with pytest.raises(OperationalError):
        said(signed_in(planner))


def test_once_both_are_away_it_is_told_and_whoever_comes_back_is_asked(
    client: Client,
    puno: Municipality,
    away: None,
    primary_away: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(OperationalError):
        said(client)
    monkeypatch.undo()
    assert said(client) == PRIMARY
