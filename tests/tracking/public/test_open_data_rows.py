"""What the rows of the open data say: everything that is published, and nothing else."""

import csv
import datetime as dt
import io
import json
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.models import Municipality, Unit, User
from plans.models import Plan
from plans.semester import Semester
from plans.term import Term
from tests.factories import make_plan, make_unit, state
from tests.tracking.api.asking import rows as listed
from tests.tracking.issued import Accounted, closed_semester
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish
from tests.tracking.simulated import simulated_plan
from tests.tracking.taken import PLAN, content, fill, lines, table
from tracking.accountability.rendering import make_files
from tracking.choices import LedgerAct
from tracking.ledger.chain import chain_value
from tracking.models import LedgerEntry, Support
from tracking.models.ledger import GENESIS
from tracking.reading.published.tables import TABLES
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold

pytestmark = pytest.mark.django_db

UNTOLD = {
    "plans": {"document"},
    "elements": {"level_label", "updated_at"},
    "expenditures": {"financial_progress"},
    "standings": {"means", "signals", "states"},
    "accountability-reports": {"files"},
    "municipalities": {"full_name", "inei", "slug"},
    "ledger": {"inei", "page", "texts", "unit"},
}
"""What only the API says: by another name here, a column for each, or to be computed."""


def test_both_kinds_of_file_say_the_same(accounted: Accounted) -> None:
    fill(accounted)
    for name in TABLES:
        from_csv, from_lines = table(name), lines(name)
        assert from_lines, name
        assert (
            list(from_csv[0]) == list(from_lines[0]) == [each.name for each in TABLES[name].columns]
        )
        plain = [{key: _as_csv(value) for key, value in row.items()} for row in from_lines]
        assert plain == from_csv


def _as_csv(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def test_a_file_has_the_rows_that_the_api_lists_and_says_of_them_the_same(
    accounted: Accounted,
) -> None:
    fill(accounted)
    for name in TABLES:
        told, taken = listed(name), lines(name)
        assert [row["id"] for row in taken] == [row["id"] for row in told], name
        for row, other in zip(taken, told, strict=True):
            assert set(other) - set(row) - {"url"} == UNTOLD.get(name, set()), name
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
    later = make_plan(accounted.plan.municipality, term=Term(2023, 2026))
    open_window(later.municipality, Semester(2023, 1))
    assert {row["semester"] for row in table("semesters")} == {"2019-I", "2023-I"}
    assert [row["semester"] for row in table("semesters", PLAN)] == ["2019-I"]
    assert [row["id"] for row in table("units", PLAN)] == [str(accounted.unit.pk)]
    assert len(table("units")) == 2


def test_of_a_semester_without_days_no_file_says_that_anything_was_asked(
    puno_plan: Plan, planner: User
) -> None:
    """A term that was joined late."""
    elect(puno_plan)
    close_semester(open_window(puno_plan.municipality, FIRST.next), by=planner)
    for name in ("semesters", "asked", "standings"):
        assert {row["semester"] for row in table(name)} == {"2019-II"}, name


def test_lists_within_a_row_are_json_in_a_cell(
    puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User
) -> None:
    parts = ["Posta de Acora", '=Posta de "Coata"']
    mine = closed_semester(puno_plan, puno_unit, planner, reporter)
    open_window(puno_plan.municipality, FIRST.next)
    schedule = {"2019-II": "50"}
    state(mine.target, planner, parts=parts, schedule=schedule)
    publish(draft(mine.target, FIRST.next, reporter, parts_done=parts[1:]), by=planner)
    report = lines("reports")[-1]
    assert report["parts_done"] == parts[1:]
    assert json.loads(table("reports")[-1]["parts_done"]) == parts[1:]
    terms = table("terms")[-1]
    assert (json.loads(terms["parts"]), json.loads(terms["schedule"])) == (parts, schedule)
    found = next(row for row in lines("elements") if row["ref"] == "S.1.1.2")
    assert found["units"] == [puno_unit.pk]


def test_what_is_not_published_is_in_no_file(
    puno_plan: Plan,
    puno_unit: Unit,
    planner: User,
    reporter: User,
    lamas_plan: Plan,
    lamas_unit: Unit,
) -> None:
    open_window(lamas_plan.municipality, FIRST)
    mine = closed_semester(puno_plan, puno_unit, planner, reporter)
    open_window(puno_plan.municipality, FIRST.next)
    secret = "Lo que nadie debe leer todavía."
    draft(mine.target, FIRST.next, reporter, step=None, value=7, narrative=secret)
    Plan.objects.filter(pk=lamas_plan.pk).update(version=0)
    for name in TABLES:
        text = content(f"/datos/{name}.csv")
        assert secret not in text
        # A municipality and its offices need no plan; what was published once stays in the ledger.
        needs_a_plan = name not in {"municipalities", "units", "ledger"}
        assert ("lamas" not in text.lower()) == needs_a_plan
    (lamas,) = (row for row in table("municipalities") if row["municipality"] == "lamas")
    assert lamas["has_plan"] == "false"
    assert Client().get("/m/lamas/2019-2022/datos/").status_code == 404
    assert Client().get("/m/lamas/2019-2022/datos/reports.csv").status_code == 404


def test_a_withheld_support_is_a_tombstone_here_too(accounted: Accounted) -> None:
    fill(accounted)
    words = ("Acta de recepción", "/sustento/", "https://puno.example/aviso", "Coata", "Aviso")
    assert all(word in content("/datos/supports.csv") for word in words)
    for support in Support.objects.filter(report__revision=2):
        withhold(support, "Lleva una lista con DNI.", by=accounted.planner)
    secrets = ("title", "taken_on", "place", "file_name", "media_type", "size", "link", "file")
    for row in lines("supports"):
        assert {row[name] for name in secrets} == {None}
        assert row["withheld_reason"] == "Lleva una lista con DNI."
    for extension in ("csv", "jsonl"):
        text = content(f"/datos/supports.{extension}")
        assert [word for word in words if word in text] == []


def test_every_file_has_the_ubigeo_in_a_form_that_a_spreadsheet_keeps(accounted: Accounted) -> None:
    fill(accounted)
    for name in TABLES:
        for row in table(name):
            assert row["ubigeo_text"] == f"INEI-{row['ubigeo']}", name


def test_so_have_the_tables_of_pages_and_editions(client: Client, accounted: Accounted) -> None:
    report = accounted.issue()
    make_files()
    pages = ("?formato=csv", "?formato=gasto")
    accounted.spend()
    addresses = [
        *(f"/m/puno/2019-2022/{page}" for page in pages),
        "/buscar/?q=puno&formato=csv",
        "/m/puno/registro/?formato=csv",
        f"{report.get_absolute_url()[:-1]}.csv",
    ]
    for address in addresses:
        rows = list(csv.DictReader(io.StringIO(said_at(client, address))))
        assert {row["ubigeo_texto"] for row in rows} == {"INEI-210101"}, address


def said_at(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(whole.decode("utf-8-sig"))


@pytest.mark.parametrize("typed", ["=1+1", "\n=1+1", "\r=1+1", "\t=1+1"])
def test_nor_is_the_name_of_a_place_a_formula(puno: Municipality, typed: str) -> None:
    Municipality.objects.update(region=typed)
    (row,) = table("municipalities")
    assert row["region"] == f"'{typed}"


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


def test_offices_and_days_of_a_demonstration_say_that_they_are_simulated(
    puno_plan: Plan, puno_unit: Unit, lamas_plan: Plan, lamas_unit: Unit
) -> None:
    for simulated in (False, True):
        Plan.objects.filter(pk=puno_plan.pk).update(simulated=simulated)
        assert said("units", "municipality") == {"puno": simulated, "lamas": False}


def test_they_still_do_beside_those_of_a_real_plan(puno_plan: Plan, puno_unit: Unit) -> None:
    real = make_plan(puno_plan.municipality, term=Term(2023, 2026))
    Plan.objects.filter(pk=puno_plan.pk).update(simulated=True)
    both, idle = (make_unit(puno_plan.municipality, name) for name in ("Ambas", "Ninguna"))
    for unit, plan in ((puno_unit, puno_plan), (both, puno_plan), (both, real)):
        element_of(plan, "S.1.1.1", unit)
    for semester in (FIRST, Semester(2023, 1)):
        open_window(puno_plan.municipality, semester)
    assert said("units", "name") == {puno_unit.name: True, both.name: False, idle.name: False}
    assert said("semesters", "semester") == {"2019-I": True, "2023-I": False}


def test_what_only_repeats_the_plan_s_text_is_not_simulated(db: None) -> None:
    simulated_plan("tarata")
    assert Counter(row["simulated"] for row in lines("terms")) == Counter(
        each["simulated"] for each in lines("ledger") if each["act"] == LedgerAct.TERMS
    )
    told = {row["simulated"] for row in lines("terms") if row["reason"].startswith("Recoge")}
    assert told == {False}


def said(name: str, column: str) -> dict[str, bool]:
    return {row[column]: row["simulated"] for row in lines(name)}


def test_whoever_has_the_ledger_s_file_can_compute_its_chain(accounted: Accounted) -> None:
    fill(accounted)
    Municipality.objects.filter(pk=accounted.plan.municipality_id).update(inei="219999")
    previous = GENESIS
    for row in lines("ledger"):
        assert row["previous"] == previous
        assert chain_value(SimpleNamespace(**_as_sealed(row))) == row["chain"]
        previous = row["chain"]
    assert previous == LedgerEntry.objects.latest("number").chain


def _as_sealed(row: dict[str, Any]) -> dict[str, Any]:
    instants = {name: dt.datetime.fromisoformat(row[name]) for name in ("happened_at", "at")}
    return {**row, **instants, "inei": row["ubigeo"], "unit": row["unit_name"]}
