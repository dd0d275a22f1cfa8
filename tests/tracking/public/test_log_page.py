"""The page of the portal's log answers how anybody knows that no history was made anew."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Municipality
from tests.tracking.transparency.authority import keep_stamp
from tests.tracking.transparency.trees import enter
from tracking.models import Cosignature, Witness
from tracking.public.views.log_page import MOST_STAMPS, days_ago
from tracking.transparency.growing import grow
from tracking.transparency.heads import newest_head
from tracking.transparency.notes import Algorithm, Signer
from tracking.transparency.witnesses import register

NOW = timezone.now()


def page(client: Client) -> str:
    answer = client.get("/registro/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"
    return str(answer.content.decode())


@pytest.fixture
def grown(puno: Municipality) -> None:
    enter(puno, 3)
    grow(at=NOW)


def new_witness(name: str) -> Witness:
    return register(name, str(Signer.new("t.example.pe", Algorithm.COSIGNATURE).verifier))


def cosigned(witness: Witness, *, days: int) -> None:
    head = newest_head()
    assert head
    Cosignature.objects.create(
        witness=witness,
        size=head.size,
        root=head.root,
        signed_at=timezone.now() - dt.timedelta(days=days),  # NOW may be of the day before
        line="— t.example.pe AAAA",
    )


def test_it_shows_the_head_and_the_key(client: Client, grown: None, settings: Settings) -> None:
    said = page(client)
    head = newest_head()
    assert head
    assert head.root in said
    assert "3 asientos" in said
    assert settings.LOG_PUBLIC_KEYS[0] in said.replace("&#x2B;", "+")
    assert "Ningún testigo todavía" in said
    assert "no tiene clave" not in said
    assert "responde por él" not in said
    settings.OPERATOR = "Universidad de Ejemplo"
    assert "responde por él: Universidad de Ejemplo." in page(client)


def test_without_a_leaf_or_a_key_it_says_so(
    client: Client, puno: Municipality, settings: Settings
) -> None:
    assert "Todavía no hay nada asentado" in page(client)
    settings.LOG_KEYS, settings.LOG_PUBLIC_KEYS = [], []
    enter(puno, 1)
    grow(at=NOW)
    assert "No va firmada: este portal todavía no tiene clave" in page(client)


def test_witnesses_stand_with_the_age_of_what_they_signed_last(client: Client, grown: None) -> None:
    old, new, silent = new_witness("Colegio"), new_witness("Universidad"), new_witness("Diario")
    for witness, days in ((old, 9), (old, 8), (new, 3)):
        cosigned(witness, days=days)
    ended = new_witness("Anterior")
    ended.ended_at = NOW
    ended.save()
    said = page(client)
    assert "2 testigos; el último lo refrendó hace 3 días" in said
    assert said.index("Universidad") < said.index("Colegio") < said.index(silent.name)
    assert "3 asientos, hace 8 días" in said
    assert "hace 9 días" not in said
    assert "todavía no ha refrendado ninguna" in said
    assert "Anterior" not in said


def test_what_programs_have_to_know(client: Client, grown: None, settings: Settings) -> None:
    former = str(Signer.new(settings.LOG_ORIGIN).verifier)
    settings.LOG_FORMER_KEYS = [former]
    witness = new_witness("Colegio")
    assert client.get("/.well-known/vigia-log.json").json() == {
        "origin": "localhost/registro",
        "keys": settings.LOG_PUBLIC_KEYS,
        "former_keys": [former],
        "witnesses": [{"name": "Colegio", "key": witness.key}],
        "stamps": [],
    }


def test_stamps_stand_with_their_hour_and_whose_they_are_newest_first(
    client: Client, grown: None
) -> None:
    assert 'id="sellos"' not in page(client)
    first = dt.datetime(2027, 1, 4, 4, 59, tzinfo=dt.UTC)  # a Sunday night in Lima
    keep_stamp(first, authority="Sellos <b>S. A.</b>")
    keep_stamp(first + dt.timedelta(days=7), authority="Otra")
    said = page(client)
    assert said.index("10 de enero de 2027, 23:59") < said.index("3 de enero de 2027")
    assert "Sellos &lt;b&gt;S. A.&lt;/b&gt;" in said
    told = client.get("/.well-known/vigia-log.json").json()["stamps"]
    assert [each["week"] for each in told] == ["2027-W01", "2026-W53"]
    assert told[1] == {
        "week": "2026-W53",
        "size": 3,
        "at": "2027-01-04T04:59:00+00:00",
        "authority": "Sellos <b>S. A.</b>",
    }


def test_the_page_shows_those_of_a_quarter_and_programs_are_told_of_all(
    client: Client, grown: None
) -> None:
    for weeks in range(MOST_STAMPS + 1):
        keep_stamp(NOW + dt.timedelta(weeks=weeks))
    assert page(client).count(".tsr") == MOST_STAMPS
    assert len(client.get("/.well-known/vigia-log.json").json()["stamps"]) == MOST_STAMPS + 1


def test_a_stamp_is_served_as_it_came_with_the_head_that_it_is_of(
    client: Client, grown: None
) -> None:
    kept = keep_stamp(NOW, b"0\x03sello")
    answer = client.get(f"/registro/sellos/{kept.week}.tsr")
    assert (answer.content, answer["Content-Type"]) == (
        b"0\x03sello",
        "application/timestamp-reply",
    )
    assert "immutable" in answer["Cache-Control"]
    answer = client.get(f"/registro/sellos/{kept.week}.checkpoint")
    assert answer.content.decode() == kept.head.note
    for name in ("2020-W01.tsr", "2020-W01.checkpoint", "x.tsr"):
        assert client.get(f"/registro/sellos/{name}").status_code == 404


def test_it_costs_the_same_however_many_there_are(
    client: Client, grown: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(6):
        cosigned(new_witness(f"Testigo {each}"), days=each)
        keep_stamp(NOW + dt.timedelta(weeks=each))
    with django_assert_num_queries(5):
        client.get("/registro/")


@pytest.mark.parametrize(
    ("days", "said"), [(0, "hoy"), (1, "hace 1 día"), (40, "hace 40 días"), (-1, "hoy")]
)
def test_ages_are_days_of_the_calendar(days: int, said: str) -> None:
    assert days_ago(timezone.now() - dt.timedelta(days=days)) == said
