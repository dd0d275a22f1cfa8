"""Open data: everything that is published, and nothing else, in files to take home."""

import csv
import io
import json
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit, User
from plans.choices import MeasureKind
from plans.models import Plan
from plans.semester import Semester
from tests.tracking.api.asking import rows as listed
from tests.tracking.issued import Accounted, closed_semester
from tests.tracking.office.acting import measured
from tests.tracking.published import FIRST, draft, open_window, publish
from tracking.models import ProgressReport, Support
from tracking.opendata.copying import FIGURES, FLAGS, INSTANTS, NESTED, TYPED, WORDLIKE, copied
from tracking.opendata.tables import TABLES, columns_of
from tracking.opendata.turns import AT_ONCE, NoPlace, Turn
from tracking.opendata.words import WORDS
from tracking.services.supports import withhold

pytestmark = pytest.mark.django_db

PLAN = "/m/puno/2019-2022/datos/"


def content(address: str) -> str:
    answer: Any = Client().get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def table(name: str, where: str = "/datos/") -> list[dict[str, str]]:
    text = content(f"{where}{name}.csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def lines(name: str, where: str = "/datos/") -> list[dict[str, Any]]:
    return [json.loads(line) for line in content(f"{where}{name}.jsonl").splitlines()]


@pytest.mark.parametrize("name", TABLES)
def test_both_kinds_of_file_say_the_same(accounted: Accounted, name: str) -> None:
    _fill(accounted)
    from_csv, from_lines = table(name), lines(name)
    assert from_lines
    assert list(from_csv[0]) == list(from_lines[0]) == columns_of(TABLES[name])
    plain = [{key: _as_csv(value) for key, value in row.items()} for row in from_lines]
    assert plain == from_csv


def _fill(accounted: Accounted) -> None:
    """A row in every table, and a second edition."""
    accounted.spend()
    accounted.issue()
    accounted.correct("Se contó mal.")
    accounted.issue(2, "Se corrigió.")


def _as_csv(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", TABLES)
def test_a_file_has_the_rows_that_the_api_lists_and_says_of_them_the_same(
    accounted: Accounted, name: str
) -> None:
    _fill(accounted)
    told = listed(name)
    taken = lines(name)
    assert [row["id"] for row in taken] == [row["id"] for row in told]
    for row, other in zip(taken, told, strict=True):
        shared = (set(row) & set(other)) - {"standing", "plan"}
        assert {key: row[key] for key in shared} == {key: other[key] for key in shared}


def test_a_plan_s_files_hold_that_plan_alone(accounted: Accounted, lamas_plan: Plan) -> None:
    assert {row["municipality"] for row in table("elements")} == {"puno", "lamas"}
    assert {row["municipality"] for row in table("elements", PLAN)} == {"puno"}
    for name in ("plans", "municipalities"):
        assert [row["municipality"] for row in table(name, PLAN)] == ["puno"]


def test_of_a_municipality_s_rows_a_plan_has_those_of_its_term(
    accounted: Accounted, lamas_unit: Unit
) -> None:
    later = Semester(2023, 1)
    open_window(accounted.plan.municipality, later)
    assert {row["semester"] for row in table("semesters")} == {"2019-I", "2023-I"}
    assert [row["semester"] for row in table("semesters", PLAN)] == ["2019-I"]
    assert [row["id"] for row in table("units", PLAN)] == [str(accounted.unit.pk)]
    assert len(table("units")) == 2


def test_lists_within_a_row_are_json_in_a_cell(
    puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User
) -> None:
    parts = ["Posta de Acora", '=Posta de "Coata"']
    mine = closed_semester(puno_plan, puno_unit, planner, reporter)
    open_window(puno_plan.municipality, FIRST.next)
    schedule = {"2019-II": "50"}
    measured(mine.target, planner, kind=MeasureKind.DELIVERY, parts=parts, schedule=schedule)
    publish(draft(mine.target, FIRST.next, reporter, parts_done=parts[1:]), by=planner)
    report = lines("reports")[-1]
    assert report["parts_done"] == parts[1:]
    assert json.loads(table("reports")[-1]["parts_done"]) == parts[1:]
    terms = table("terms")[-1]
    assert (json.loads(terms["parts"]), json.loads(terms["schedule"])) == (parts, schedule)
    found = next(row for row in lines("elements") if row["ref"] == "S.1.1.2")
    assert found["units"] == [puno_unit.pk]


def test_what_is_not_published_is_in_no_file(
    puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User, lamas_plan: Plan
) -> None:
    mine = closed_semester(puno_plan, puno_unit, planner, reporter)
    open_window(puno_plan.municipality, FIRST.next)
    secret = "Lo que nadie debe leer todavía."
    draft(mine.target, FIRST.next, reporter, step=None, value=7, narrative=secret)
    Plan.objects.filter(pk=lamas_plan.pk).update(version=0)
    for name in TABLES:
        text = content(f"/datos/{name}.csv")
        assert secret not in text
        # A municipality is there without a plan, and what was published once stays in its ledger.
        assert name in {"municipalities", "ledger"} or "lamas" not in text.lower()
    (lamas,) = (row for row in table("municipalities") if row["municipality"] == "lamas")
    assert lamas["has_plan"] == "false"
    assert Client().get("/m/lamas/2019-2022/datos/").status_code == 404
    assert Client().get("/m/lamas/2019-2022/datos/reports.csv").status_code == 404


def test_a_withheld_support_is_a_tombstone_here_too(accounted: Accounted) -> None:
    withhold(Support.objects.get(), "Lleva una lista con DNI.", by=accounted.planner)
    (row,) = lines("supports")
    secrets = ("title", "taken_on", "place", "media_type", "link", "file")
    assert {row[name] for name in secrets} == {None}
    assert row["withheld_reason"] == "Lleva una lista con DNI."
    assert "Acta de recepción" not in content("/datos/supports.csv")


HARD = [
    "=SUMA(A1)",
    "- uno\n- dos",
    'Dijo: "no", y\\n se fue; 100 % {x} %s',
    "\\.",
    "ñandú\t\u202eאב 😀",
]


@pytest.mark.parametrize("typed", HARD)
def test_whatever_was_typed_comes_out_as_it_was_and_is_no_formula(
    puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User, typed: str
) -> None:
    mine = closed_semester(puno_plan, puno_unit, planner, reporter)
    open_window(puno_plan.municipality, FIRST.next)
    begun = draft(mine.target, FIRST.next, reporter, step=None, value=7, narrative=typed)
    publish(begun, by=planner)
    (told,) = (row["narrative"] for row in lines("reports") if row["semester"] == "2019-II")
    assert told == typed
    (cell,) = (row["narrative"] for row in table("reports") if row["semester"] == "2019-II")
    assert cell == (f"'{typed}" if typed[0] in "=-+@" else typed)


def test_every_column_is_explained(puno_plan: Plan) -> None:
    columns = {name: columns_of(table) for name, table in TABLES.items()}
    used = {each for names in columns.values() for each in names}
    apart = {f"{name}.{each}" for name, names in columns.items() for each in names}
    assert used <= set(WORDS) <= used | apart
    assert used >= FIGURES | FLAGS | INSTANTS | NESTED | TYPED | WORDLIKE
    text = content("/datos/dictionary.csv").removeprefix("\ufeff")
    told = [(row["table"], row["column"]) for row in csv.DictReader(io.StringIO(text))]
    assert told == [(name, each) for name in TABLES for each in columns_of(TABLES[name])]


def test_the_page_names_every_file_the_licence_and_the_day(puno_plan: Plan) -> None:
    for where in ("/datos/", PLAN):
        page = Client().get(where).content.decode()
        for name in TABLES:
            assert f'href="{where}{name}.csv"' in page
            assert f'href="{where}{name}.jsonl"' in page
        assert "CC BY 4.0" in page
        assert "Cada archivo se saca en el momento" in page


def test_every_file_of_the_catalogue_is_there(accounted: Accounted) -> None:
    _fill(accounted)
    catalogue = Client().get(reverse("tracking:catalog"))
    assert catalogue["Content-Type"] == "application/ld+json"
    told = catalogue.json()
    assert told["@type"] == "dcat:Catalog"
    found = [
        each["dcat:downloadURL"]["@id"]
        for dataset in told["dcat:dataset"]
        for each in dataset["dcat:distribution"]
    ]
    assert len(found) == len(set(found)) == 2 * 2 * len(TABLES)
    assert all(content(address) for address in found)


@pytest.mark.parametrize(
    "address", ["/datos/nada.csv", "/datos/reports.xlsx", "/datos/users.csv", f"{PLAN}x.csv"]
)
def test_what_is_no_table_is_not_there(puno_plan: Plan, address: str) -> None:
    assert Client().get(address).status_code == 404


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
    return copied(*TABLES[name].of(None), "csv")


def test_whoever_leaves_in_the_middle_leaves_nothing_behind(accounted: Accounted) -> None:
    with closing(pieces("reports")) as taken:  # type: ignore[type-var]
        next(taken)
    assert ProgressReport.objects.count() == 1


def test_what_fails_in_the_middle_breaks_off_the_answer(accounted: Accounted) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
    table_, columns = TABLES["reports"].of(None)
    slow = table_.extra(where=["pg_sleep(1) IS NOT NULL"])
    with pytest.raises(OperationalError):
        b"".join(copied(slow, columns, "csv"))


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


def test_offices_and_days_of_a_demonstration_say_that_they_are_simulated(
    puno_plan: Plan, puno_unit: Unit, lamas_plan: Plan, lamas_unit: Unit
) -> None:
    for semester in (FIRST, Semester(2023, 1)):
        open_window(puno_plan.municipality, semester)
    for simulated in (False, True):
        Plan.objects.filter(pk=puno_plan.pk).update(simulated=simulated)
        told = {row["municipality"]: row["simulated"] for row in lines("units")}
        assert told == {"puno": simulated, "lamas": False}
        told = {row["semester"]: row["simulated"] for row in lines("semesters")}
        assert told == {"2019-I": simulated, "2023-I": False}
