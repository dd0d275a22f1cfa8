"""Two hosts behind one Redis, and one host without it."""

import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.cache import BaseCache, caches
from django.test import Client
from pytest_django import Settings

from config import shared_cache
from config.caches import A_DAY, caches_of
from plans.models import Plan
from tests.pages import lasting
from tests.redis import PROGRAM, redis_server
from tracking.api.throttling import Patience
from tracking.public.opendata.turns import EVERYWHERE, LEASE

PLAN = "/m/puno/2019-2022/"
ROWS = "/api/v1/plans/"
NOWHERE = Path("/nowhere/redis")

with_redis = pytest.mark.skipif(not PROGRAM, reason="redis-server is not installed")


@pytest.fixture(scope="module")
def address() -> Iterator[Path]:
    with redis_server() as found:
        yield found


@pytest.fixture
def redis(address: Path, settings: Settings) -> Iterator[Path]:
    settings.CACHES = caches_of(f"unix://{address}")
    caches["pages"].clear()
    yield address
    shared_cache.absence.end()


@pytest.fixture
def no_redis(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.CACHES = caches_of(f"unix://{NOWHERE}")
    monkeypatch.setattr(Patience, "cache", caches["readers"])
    yield
    shared_cache.absence.end()


def another_hosts(name: str) -> BaseCache:
    """That cache as another host has it, which shares nothing with this one but Redis."""
    return caches.create_connection(name)


def redis_of(cache: Any) -> Any:
    """The client by which CACHE asks."""
    return cache._cache.get_client()


def ttl(name: str, key: str) -> int:
    return int(redis_of(another_hosts(name)).ttl(caches[name].make_key(key)))


# With it.


@with_redis
@pytest.mark.django_db
def test_a_page_that_one_host_rendered_serves_all(
    redis: Path, client: Client, puno_plan: Plan
) -> None:
    page = client.get(PLAN)
    key = page["ETag"].removeprefix('W/"').removesuffix('"')
    assert another_hosts("pages").get(key)["Content-Encoding"] == "gzip"
    assert 0 < ttl("pages", key) <= A_DAY
    caches.close_all()
    with mock.patch("tracking.public.views.plan.render", side_effect=AssertionError):
        again = client.get(PLAN)
    assert (again.content, lasting(again)) == (page.content, lasting(page))


@with_redis
@pytest.mark.django_db
def test_downloads_are_counted_over_all_hosts(redis: Path, client: Client, puno_plan: Plan) -> None:
    elsewhere = [f"download:{number}" for number in range(EVERYWHERE)]
    for key in elsewhere:
        assert another_hosts("readers").add(key, "another host", LEASE)
    assert client.get("/datos/plans.csv").status_code == 503
    assert 0 < ttl("readers", elsewhere[-1]) <= LEASE  # it comes free, should that host die
    another_hosts("readers").delete(elsewhere[-1])
    for _twice in range(2):  # whoever took the last place leaves it at the end
        assert client.get("/datos/plans.csv").getvalue()


@with_redis
def test_what_is_good_once_is_good_once_on_all_hosts(redis: Path) -> None:
    used = [
        cache.add("code-used:1:123456", True, 60) for cache in map(another_hosts, ("default",) * 2)
    ]
    assert used == [True, False]


@with_redis
def test_nobody_else_makes_a_host_run_what_they_stored(
    redis: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, ...]:
            return (pytest.fail, ("it was run",))

    cache = caches["pages"]
    client = redis_of(another_hosts("pages"))
    client.set(cache.make_key("page"), b"0" * 32 + pickle.dumps(Harm()))
    assert cache.get("page", "nothing") == "nothing"
    for value in (7, -7, "text", [1.5], b"bytes"):
        cache.set("page", value)
        assert cache.get("page") == value


@with_redis
def test_what_was_stored_under_one_key_is_nothing_under_another(redis: Path) -> None:
    cache = caches["pages"]
    cache.set("page", "of one reader")
    client = redis_of(another_hosts("pages"))
    sealed = client.get(cache.make_key("page"))
    for name, key in (("pages", "another"), ("pictures", "page")):
        client.set(caches[name].make_key(key), sealed)
        assert caches[name].get(key, "nothing") == "nothing"


@with_redis
@pytest.mark.parametrize("foreign", [b"", b"-", b"9" * 5000, b"\x00" * 32, b"{}", b"x" * 10**6])
def test_what_somebody_else_stored_is_nothing(redis: Path, foreign: bytes) -> None:
    cache = caches["pages"]
    redis_of(another_hosts("pages")).set(cache.make_key("page"), foreign)
    assert cache.get("page", "nothing") == "nothing"
    cache.set("page", "ours")
    assert cache.get("page") == "ours"


@with_redis
def test_what_no_longer_can_be_read_is_nothing(redis: Path) -> None:
    """Another release stored it, of a class that is no more."""
    gone = type("Gone", (), {"__module__": __name__, "__qualname__": "Gone"})
    with mock.patch.dict(globals(), {"Gone": gone}):
        caches["pages"].set("page", gone())
    assert caches["pages"].get("page", "nothing") == "nothing"


@with_redis
def test_a_redis_that_refuses_or_is_slow_is_one_that_is_away(
    redis: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = caches["pages"]
    client = redis_of(another_hosts("pages"))
    client.rpush(cache.make_key("list"), "a list, which is no page")
    assert cache.get("list", "nothing") == "nothing"
    shared_cache.absence.end()
    client.config_set("maxmemory", 1)
    cache.set("page", "larger than there is room")
    client.config_set("maxmemory", 0)
    shared_cache.absence.end()
    monkeypatch.setattr(shared_cache, "ANSWERING", 0.01)
    client.client_pause(60_000, all=False)  # whoever writes waits
    another_hosts("pages").set("page", "kept here")
    assert cache.get("page") == "kept here"
    client.client_unpause()
    told = [message for message in caplog.messages if "does not answer" in message]
    assert len(told) == 3


@with_redis
def test_a_redis_that_was_started_again_is_not_noticed(
    redis: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caches["pages"].set("page", "text")
    redis_of(another_hosts("pages")).client_kill_filter(_type="normal")
    assert caches["pages"].get("page") == "text"
    assert caplog.messages == []


@with_redis
def test_once_it_is_back_it_is_asked_again(
    address: Path,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    away = tmp_path / "redis"
    settings.CACHES = caches_of(f"unix://{away}")
    caches["pages"].set("page", "ours")
    away.symlink_to(address)
    assert caches["pages"].get("page") == "ours"  # nobody asks so soon
    later = time.monotonic() + 3600
    monkeypatch.setattr("accounts.absence.time.monotonic", lambda: later)
    another_hosts("pages").set("page", "everybody's")
    assert caches["pages"].get("page") == "everybody's"
    assert [message.partition(" (")[0] for message in caplog.messages] == [
        "Redis does not answer",
        "Redis answers again",
    ]


# Without it.


@pytest.mark.django_db
def test_without_it_a_host_stores_and_counts_for_itself(
    no_redis: None,
    client: Client,
    puno_plan: Plan,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = client.get(PLAN)
    with mock.patch("tracking.public.views.plan.render", side_effect=AssertionError):
        assert client.get(PLAN).content == page.content
    monkeypatch.setattr(Patience, "get_rate", lambda _self: "2/min")
    assert [client.get(ROWS).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/datos/plans.csv").getvalue()
    told = [each for each in caplog.messages if "Redis" in each]
    assert len(told) == 1
    assert told[0].endswith("each process stores and counts for itself")


@pytest.mark.django_db
def test_without_it_tries_at_signing_in_are_counted_in_the_database(no_redis: None) -> None:
    used = [
        cache.add("code-used:1:123456", True, 60) for cache in map(another_hosts, ("default",) * 2)
    ]
    assert used == [True, False]
    assert caches["default.here"].get("code-used:1:123456") is True
