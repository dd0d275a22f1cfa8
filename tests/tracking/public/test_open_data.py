"""Open data in files to take home: the page, the catalogue and the downloads."""

import csv
import io
import json
import re
from collections.abc import Generator, Iterator
from contextlib import closing
from html import unescape

import pytest
from django.core.cache import caches
from django.db import OperationalError, ProgrammingError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality
from plans.models import Plan, PlanElement
from tests.tracking.issued import Accounted
from tests.tracking.taken import PLAN, content, fill, table
from tracking.models import ProgressReport
from tracking.public.opendata.copying import copied
from tracking.public.opendata.sizes import Size, size_of
from tracking.public.opendata.turns import AT_ONCE, NoPlace, Turn
from tracking.reading.published.columns import Column, code
from tracking.reading.published.tables import TABLES

pytestmark = pytest.mark.django_db

PIPE = 64 * 1024  # bytes that wait in it


def test_every_column_is_explained(puno_plan: Plan) -> None:
    text = content("/datos/dictionary.csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = [(name, each.name) for name, table in TABLES.items() for each in table.columns]
    assert [(row["table"], row["column"]) for row in rows] == columns
    assert all(row["description"] for row in rows)
    told = {(row["table"], row["column"]): (row["type"], row["values"]) for row in rows}
    assert told["reports", "progress"] == ("decimal", "")
    assert told["reports", "as_of"] == ("día (AAAA-MM-DD)", "")
    kind, values = told["asked", "signal"]
    assert (kind, values.startswith("al día: Al día; con retraso: ")) == ("código", True)


def test_every_table_is_explained_for_people(puno_plan: Plan) -> None:
    page = unescape(Client().get("/datos/columnas/").content.decode())
    for each in TABLES.values():
        assert f'<h2 id="{each.name}">' in page
        assert all(str(column.words) in page for column in each.columns)
    assert "alcanzada: Con la cifra alcanzada; " in page


def test_a_column_of_which_nothing_more_is_said_is_never_a_formula(puno: Municipality) -> None:
    """Whoever adds one and forgets its kind publishes text that is safe."""
    Municipality.objects.update(region="=1+1")
    for column, cell in ((Column("region", ""), "'=1+1"), (code("region", ""), "=1+1")):
        text = b"".join(copied(Municipality.objects.all(), (column,), "csv")).decode()
        assert text == f"\ufeffregion\n{cell}\n"


def test_the_page_names_every_file_the_licence_and_the_day(puno_plan: Plan) -> None:
    for where in ("/datos/", PLAN):
        page = Client().get(where).content.decode()
        for name in TABLES:
            assert f'href="{where}{name}.csv"' in page
            assert f'href="{where}{name}.jsonl"' in page
        assert "CC BY 4.0" in page
        assert "Cada archivo se saca en el momento" in page


def test_many_rows_are_told_as_the_database_estimates_them(
    puno_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = Client().get("/datos/").context["tables"]
    sizes = {each["table"].name: each["size"] for each in exact}
    assert (sizes["elements"].rows, sizes["elements"].is_exact) == (6, True)
    monkeypatch.setattr("tracking.public.opendata.sizes.FEW", 0)
    rows = PlanElement.objects.all()
    expected = json.loads(rows.values("pk").explain(format="json"))[0]["Plan"]["Plan Rows"]
    told = size_of(rows)
    assert told == Size(round(expected, 2 - len(str(expected))), is_exact=False)


def test_of_many_plans_those_of_a_region_are_listed(
    puno_plan: Plan, lamas_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    page = client.get("/datos/").content.decode()
    links = [each for each in re.findall(r'href="([^"]+)"', page) if "2019-2022" in each]
    assert len(links) == 2
    monkeypatch.setattr("tracking.public.views.open_data.MOST_PLANS", 1)
    caches["pages"].clear()
    page = client.get("/datos/").content.decode()
    assert "2019-2022" not in page
    assert re.findall(r'href="\?region=([^"#]+)', page) == ["Puno", "San%20Mart%C3%ADn"]
    page = client.get("/datos/", {"region": "San Martín"}).content.decode()
    assert [each for each in re.findall(r'href="([^"]+)"', page) if "2019-2022" in each] == [
        links[0]
    ]
    assert client.get("/datos/", {"region": "Nada"}).status_code == 404


def test_every_file_of_the_catalogue_is_there(accounted: Accounted) -> None:
    fill(accounted)
    catalogue = Client().get(reverse("tracking:catalog"))
    assert catalogue["Content-Type"] == "application/ld+json"
    told = catalogue.json()
    assert told["@type"] == "dcat:Catalog"
    parts = [Client().get(each["@id"]).json() for each in told["dcat:catalog"]]
    assert [each["dct:title"] for each in parts] == ["Planes de gobierno de Puno"]
    found = [
        each["dcat:downloadURL"]["@id"]
        for part in (told, *parts)
        for dataset in part["dcat:dataset"]
        for each in dataset["dcat:distribution"]
    ]
    assert len(found) == len(set(found)) == 2 * 2 * len(TABLES)
    assert all(content(address) for address in found)


@pytest.mark.parametrize(
    "address",
    [
        "/datos/catalog.jsonld?region=Narnia",
        "/datos/nada.csv",
        "/datos/reports.xlsx",
        "/datos/users.csv",
        f"{PLAN}x.csv",
    ],
)
def test_what_is_no_table_is_not_there(puno_plan: Plan, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_file_that_no_pipe_holds_comes_whole(puno_plan: Plan) -> None:
    """While it is copied its connection is asked nothing else."""
    Municipality.objects.bulk_create(
        Municipality(kind="distrital", name=f"Lugar {n}", inei=f"{n:06}", slug=f"lugar-{n}")
        for n in range(1, 801)
    )
    assert len(content("/datos/municipalities.csv")) > PIPE
    assert len(table("municipalities")) == 801


def test_it_is_only_read(puno_plan: Plan) -> None:
    assert Client().post("/datos/reports.csv").status_code == 405
    head = Client().head("/datos/reports.csv")
    assert head.status_code == 200
    assert "attachment" in head["Content-Disposition"]


def test_whoever_has_a_file_is_told_that_it_is_the_same(
    puno_plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = Client().head("/datos/plans.csv")["ETag"]
    with django_assert_num_queries(1):
        again = Client().get("/datos/plans.csv", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_what_is_simulated_is_not_for_search_engines(puno_plan: Plan) -> None:
    assert "X-Robots-Tag" not in Client().head("/datos/plans.csv").headers
    Plan.objects.update(simulated=True)
    assert Client().head("/datos/plans.csv")["X-Robots-Tag"] == "noindex"


def test_other_pages_of_the_web_may_read_it(puno_plan: Plan) -> None:
    answer = Client().head("/datos/plans.csv", headers={"Origin": "https://diario.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"


def pieces(name: str) -> Iterator[bytes]:
    table_ = TABLES[name]
    return copied(table_.rows(), table_.columns, "csv")


def test_whoever_leaves_in_the_middle_leaves_nothing_behind(accounted: Accounted) -> None:
    with closing(pieces("reports")) as taken:  # type: ignore[type-var]
        next(taken)
    assert ProgressReport.objects.count() == 1


def test_what_fails_in_the_middle_breaks_off_the_answer(
    accounted: Accounted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.public.opendata.copying.PATIENCE", "1ms")
    slow = TABLES["reports"].rows().extra(where=["pg_sleep(1) IS NOT NULL"])
    with pytest.raises(OperationalError):
        b"".join(copied(slow, TABLES["reports"].columns, "csv"))


def nothing() -> Generator[bytes]:
    yield b""


def test_whoever_leaves_lets_go_of_what_was_begun() -> None:
    left = []

    def pieces() -> Generator[bytes]:
        try:
            yield b"a"
            yield b"b"
        except GeneratorExit:
            left.append("in the middle")
            raise

    turn = Turn(pieces())
    assert next(iter(turn)) == b"a"
    turn.close()
    assert left == ["in the middle"]


def test_downloads_leave_threads_for_the_pages(puno_plan: Plan) -> None:
    begun = [Turn(nothing()) for _each in range(AT_ONCE)]
    etag = Client().head("/datos/plans.csv")["ETag"]
    refused = Client().get("/datos/plans.csv")
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert "Hay muchas descargas a la vez" in refused.content.decode()
    again = Client().get("/datos/plans.csv", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert Client().get("/datos/").status_code == 200
    for _twice in range(2):
        begun[0].close()  # which nobody read
    assert [len(table("plans")) for _twice in range(2)] == [1, 1]  # read to its end, it is free
    begun.append(Turn(nothing()))
    with pytest.raises(NoPlace):
        Turn(nothing())
    for turn in begun:
        turn.close()


def test_whoever_asks_for_whatever_there_is_takes_no_place(puno_plan: Plan) -> None:
    for _each in range(AT_ONCE + 1):
        answer = Client().get("/datos/plans.csv", headers={"If-None-Match": "*"})
        assert answer.status_code == 304
    assert len(table("plans")) == 1


def test_a_copy_that_cannot_begin_lets_go_of_its_place(puno_plan: Plan) -> None:
    impossible = TABLES["plans"].rows().extra(where=["no_such_column"])
    for _each in range(AT_ONCE + 1):
        with pytest.raises(ProgrammingError):
            Turn(copied(impossible, TABLES["plans"].columns, "csv"))
