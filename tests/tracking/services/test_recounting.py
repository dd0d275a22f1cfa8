"""Whatever a page counts can be counted again from the open data, and from nothing else."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from tests.tracking.issued import Accounted
from tests.tracking.published import draft, open_window, publish, sustain
from tests.tracking.taken import fill, table
from tracking.choices import Stage
from tracking.models import Standing
from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS

pytestmark = pytest.mark.django_db

SIGNALS = {signal.value: column for signal, column in SIGNAL_COLUMNS.items()}
Row = dict[str, str]
Scope = tuple[str, str, str, str]


def asked() -> Iterator[tuple[Row, str, str, list[int]]]:
    """What each semester asked: its row, its semester, its kind and its offices."""
    for row in table("asked"):
        yield row, row["semester"], row["kind"], json.loads(row["units"])
    taken = {row["plan"] for row in table("plans") if row["standing"] == "autoridad elegida"}
    for window in (row for row in table("semesters") if not row["closed_at"]):
        for row in table("elements"):
            if row["reportable"] == "true" and row["plan"] in taken:
                yield (
                    {**row, "element": row["id"]},
                    window["semester"],
                    row["kind"],
                    json.loads(row["units"]),
                )


def counted() -> dict[Scope, Counter[str]]:
    """Each standing, by its semester, dimension, office and level."""
    due = {row["semester"]: row["due_on"] for row in table("semesters")}
    supported = {row["report"] for row in table("supports")}
    revisions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table("reports"):
        revisions[row["element"], row["semester"]].append(row)
    found: dict[Scope, Counter[str]] = defaultdict(Counter)
    for row, semester, kind_asked, units in asked():
        told = revisions.get((row["element"], semester), [])
        counts, kind = Counter(["asked"]), kind_asked
        if told:
            (newest,) = (each for each in told if each["current"] == "true")
            (first,) = (each for each in told if each["revision"] == "1")
            kind = newest["kind"]
            counts += Counter(
                {
                    "reported": 1,
                    STAGE_COLUMNS[Stage(newest["state"])]: 1,
                    SIGNALS[newest["signal"]]: 1,
                    "punctual": int(first["sent_on"] <= due[semester]),
                    "supported": int(newest["id"] in supported),
                    "corrected": int(newest["revision"] != "1"),
                    "halted": int(bool(newest["halted_since"])),
                    f"of {kind}": 1,
                }
            )
        else:
            counts[f"of {kind}"] += 1
        counts["unverifiable"] += kind == "no verificable"
        for dimension, unit in {("", ""), (row["dimension"], ""), *(("", str(n)) for n in units)}:
            found[semester, dimension, unit, row["level"]] += counts
    return found


def kept() -> dict[Scope, Standing]:
    return {
        (str(row.semester), row.dimension, str(row.unit_id or ""), row.level): row
        for row in Standing.objects.all()
    }


@pytest.fixture
def reported(accounted: Accounted, planner: User, reporter: User) -> Accounted:
    """A closed semester with a correction, and an open one with a report that came late."""
    fill(accounted)
    window = open_window(accounted.plan.municipality, accounted.window.semester.next)
    late = draft(accounted.activity, window.semester, reporter)
    sustain(late)
    publish(late, sent_on=window.closes_on, by=planner)
    return accounted


def test_the_balances_of_pages_come_out_again(reported: Accounted) -> None:
    again, standings = counted(), kept()
    assert again.keys() == standings.keys()
    columns: list[Any] = ["asked", "reported", *STAGE_COLUMNS.values(), *SIGNAL_COLUMNS.values()]
    columns += ["punctual", "supported", "corrected", "halted", "unverifiable"]
    for scope, standing in standings.items():
        for column in columns:
            assert again[scope][column] == getattr(standing, column), (scope, column)


def test_the_kind_that_a_page_counts_by_is_told(reported: Accounted) -> None:
    activity = next(row for row in table("elements") if row["ref"] == "S.1.1.1")
    assert activity["kind"] == "entrega"
    assert {row["kind"] for row in table("reports")} == {"entrega"}
    assert counted()["2019-I", "", "", "activity"]["of entrega"] == 1
