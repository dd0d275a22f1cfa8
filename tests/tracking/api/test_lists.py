"""Each list of the API: what it says of a row, where it stands alone, and what it costs."""

from decimal import Decimal
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit
from plans.models import Plan, PlanElement
from tests.factories import make_plan, make_unit
from tests.tracking.api.asking import LISTS, ROOT, ask, rows
from tests.tracking.issued import Accounted
from tests.tracking.signed import signed_by_somebody
from tests.tracking.simulated import simulated_plan
from tracking.accountability.rendering import make_files
from tracking.accountability.signing import withhold_signed
from tracking.ledger.chain import instant
from tracking.models import Support
from tracking.reading.addresses import absolute
from tracking.services.supports import withhold

pytestmark = pytest.mark.django_db

QUERIES = {"municipalities": 3, "units": 3, "semesters": 3, "plans": 3}
"""Two for a list by cursor: the public revision, and its rows. Others also count theirs."""
ISSUED = "accountability-reports"


def test_a_row_stands_alone_at_its_own_address(accounted: Accounted) -> None:
    accounted.issue()
    accounted.spend()
    for resource in LISTS:
        for row in rows(resource):
            alone = Client().get(row["url"])
            assert alone.status_code == 200, row["url"]
            assert alone.json() == row


def test_a_list_costs_the_same_however_long_it_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for slug in ("tarata", "otuzco"):
        simulated_plan(slug)
        for resource in (each for each in LISTS if each != ISSUED):
            with django_assert_num_queries(QUERIES.get(resource, 2), info=resource):
                ask(resource, page_size=500)


def test_editions_cost_one_query_more_for_their_files(
    accounted: Accounted, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    accounted.issue()
    with django_assert_num_queries(4):
        assert len(rows(ISSUED)) == 1
    accounted.correct()
    accounted.issue(2, "Se corrigió.")
    with django_assert_num_queries(4):
        assert [row["current"] for row in rows(ISSUED)] == [False, True]


def test_an_edition_has_the_files_that_people_signed_and_of_one_withheld_why(
    accounted: Accounted,
) -> None:
    report = accounted.issue()
    kept = signed_by_somebody(report, by=accounted.planner)
    gone = signed_by_somebody(report, by=accounted.planner, appended=b"otra")
    withheld = withhold_signed(gone, "No firmó quien responde.", by=accounted.planner)
    ((one, two),) = (row["signed"] for row in rows(ISSUED))
    assert one == {
        "number": 1,
        "url": absolute(kept.get_absolute_url()),
        "sha256": kept.sha256,
        "size": kept.size,
        "added_at": instant(kept.added_at),
        "withheld_at": None,
        "withheld_reason": None,
    }
    assert (two["url"], two["sha256"]) == (None, gone.sha256)
    assert (two["withheld_at"], two["withheld_reason"]) == (instant(withheld.at), withheld.reason)


def test_an_element_says_where_it_hangs_how_it_is_measured_and_how_it_stands(
    accounted: Accounted,
) -> None:
    (row,) = rows("elements", ref="s.1.1.1", municipality="puno")
    objective = PlanElement.objects.get(ref="S.1.1")
    problem = PlanElement.objects.get(ref="S.1")
    assert row["page"].endswith("/m/puno/2019-2022/S.1.1.1/")
    told = (row["parent"], row["objective"], row["problem"])
    assert told == (objective.pk, objective.pk, problem.pk)
    assert (row["level"], row["activity_kind"], row["dimension"]) == (
        "activity",
        "programa",
        "social",
    )
    assert row["units"] == [accounted.unit.pk]
    assert (row["semester"], row["state"], row["signal"]) == (
        "2019-I",
        "en-ejecucion",
        "sin cronograma",
    )
    assert (row["as_of"], row["declared_by"]) == ("2019-06-30", "la municipalidad")


def test_a_passage_says_on_which_line_of_which_document_it_stands(puno_plan: Plan) -> None:
    (row,) = rows("passages", q="nadie ha recogido", municipality="puno")
    assert row["line"] == 1
    assert row["page"].endswith("/m/puno/2019-2022/documento/#L1")
    assert row["text"] == " ".join(puno_plan.document.text.split())
    assert (row["plan"], row["document_sha256"]) == (puno_plan.pk, puno_plan.document.sha256)


def test_what_nobody_knows_is_null_and_never_zero(accounted: Accounted) -> None:
    (row,) = rows("targets")
    unknown = ("goal", "baseline", "state", "signal", "as_of", "semester", "declared_by")
    assert {name: row[name] for name in unknown} == dict.fromkeys(unknown)
    (report,) = rows("reports")
    assert (report["value"], report["progress"], report["done"]) == (None, None, None)


def test_a_correction_is_a_row_of_its_own_and_the_newest_is_current(accounted: Accounted) -> None:
    accounted.correct("Se contó mal.")
    told = [(row["revision"], row["current"], row["step"]) for row in rows("reports")]
    assert told == [(1, False, 2), (2, True, 3)]
    (row,) = rows("reports", current="true")
    assert row["correction_reason"] == "Se contó mal."


def test_a_withheld_support_tells_when_and_why_and_not_what_it_is(accounted: Accounted) -> None:
    (before,) = rows("supports")
    assert (before["title"], before["size"]) == ("Acta de recepción", 2048)
    assert before["file"].endswith(f"/S.1.1.1/sustento/{before['id']}/")
    withhold(Support.objects.get(), "Lleva una lista con DNI.", by=accounted.planner)
    (after,) = rows("supports")
    secrets = ("title", "taken_on", "place", "link", "file", "file_name", "media_type", "size")
    assert {name: after[name] for name in secrets} == dict.fromkeys(secrets)
    assert (after["withheld_reason"], after["sha256"]) == (
        "Lleva una lista con DNI.",
        before["sha256"],
    )


def test_spending_is_told_in_every_revision(accounted: Accounted) -> None:
    accounted.spend()
    (row,) = rows("expenditures")
    assert (row["pia"], row["pim"], row["accrued"]) == ("100", "200", "50")
    assert (row["financial_progress"], row["declared_by"]) == ("25", "la municipalidad")


def test_a_standing_leaves_out_what_there_is_none_of(accounted: Accounted) -> None:
    (row,) = rows("standings", scope="plan", level="activity")
    assert (row["asked"], row["reported"], row["states"]) == (1, 1, {"en-ejecucion": 1})
    assert {each["unit"] for each in rows("standings", scope="unit")} == {accounted.unit.pk}


def test_an_edition_has_its_files_whose_size_is_known_once_they_are_made(
    accounted: Accounted,
) -> None:
    report = accounted.issue()
    (row,) = rows("accountability-reports")
    assert row["code"] == report.printed_code
    assert [(each["kind"], each["size"]) for each in row["files"]] == [
        ("pdf", None),
        ("csv", None),
        ("json", len(report.content.encode())),
    ]
    make_files()
    (row,) = rows("accountability-reports")
    for each in row["files"]:
        assert len(Client().get(each["url"]).content) == each["size"]


def test_the_ledger_is_told_as_it_is_sealed(accounted: Accounted) -> None:
    entries = rows("ledger", municipality="puno")
    assert [each["number"] for each in entries] == list(range(1, len(entries) + 1))
    for before, after in pairwise(entries):
        assert after["previous"] == before["chain"]
    assert all(Client().get(each["content"]).status_code == 200 for each in entries)
    told = {each["act"]: each["texts"] for each in entries if each["texts"]}
    assert told == {"plan": absolute("/m/puno/2019-2022/textos.json")}


def test_what_is_simulated_says_so_in_every_row_and_figures_are_decimal_text(db: None) -> None:
    simulated_plan("otuzco")
    for resource in ("plans", "elements", "reports", "standings"):
        told = rows(resource)
        assert told
        assert all(row["simulated"] for row in told), resource
    told = rows("reports", page_size=500)
    assert {row["declared_by"] for row in told} == {"simulación"}
    figures = [row["progress"] for row in told if row["progress"]]
    assert figures
    assert all(isinstance(each, str) and Decimal(each) is not None for each in figures)


def test_what_was_withdrawn_is_found_by_asking_for_it(puno_plan: Plan) -> None:
    PlanElement.objects.filter(ref="L").update(until_version=1)
    assert [row["ref"] for row in rows("guidelines")] == []
    (row,) = rows("guidelines", withdrawn="true")
    assert (row["ref"], row["withdrawn"]) == ("L", True)
    assert ask(f"elements/{row['id']}")["withdrawn"] is True


def test_units_belong_to_their_municipality(puno_unit: Unit, lamas_unit: Unit) -> None:
    make_unit(puno_unit.municipality, "Secretaría General")
    assert [row["name"] for row in rows("units", municipality="lamas")] == [lamas_unit.name]
    assert [row["name"] for row in rows("units", ubigeo="210101")] == [
        puno_unit.name,
        "Secretaría General",
    ]


def test_only_its_own_level_is_in_a_level_s_list(puno_plan: Plan) -> None:
    assert [row["ref"] for row in rows("problems")] == ["S.1"]
    target = PlanElement.objects.get(ref="S.1.1.2")
    ask(f"problems/{target.pk}", status=404)


def test_whoever_has_an_answer_is_told_that_it_is_the_same(
    puno_plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    etag = client.get(f"{ROOT}elements/")["ETag"]
    with django_assert_num_queries(1):
        again = client.get(f"{ROOT}elements/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    make_plan(puno_plan.municipality, term=type(puno_plan.term)(2023, 2026))
    changed = client.get(f"{ROOT}elements/", headers={"If-None-Match": etag})
    assert changed.status_code == 200
