"""An edition freezes where each promise was worked so far; an earlier one has no word of it."""

import csv
import io

import pytest

from accounts.models import Municipality
from plans.locations import read, written
from tests.factories import make_district
from tests.tracking.issued import Accounted, content_of, promise_of
from tracking.accountability.printing.table import csv_of
from tracking.choices import LedgerAct
from tracking.ledger.chain import canonical
from tracking.ledger.kinds import KIND_OF
from tracking.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(puno: Municipality) -> Municipality:
    make_district(puno, "Coata", "210107")
    return puno


def test_an_edition_says_where_in_its_data_and_its_table(
    accounted: Accounted, province: Municipality
) -> None:
    assert "locations" not in accounted.issue().content
    accounted.correct(locations=read("Coata: Sucasco, -15.57, -69.95", province))
    again = accounted.issue(edition=2, reason="Se dijo dónde.")
    where = promise_of(again, "S.1.1.1").locations
    assert written(where) == "Coata: Sucasco, -15.57000, -69.95000"
    assert promise_of(again, "S.1.1.2").locations == ()
    text = csv_of(content_of(again), "0" * 12).decode("utf-8-sig")
    told = {row["codigo"]: row["lugares"] for row in csv.DictReader(io.StringIO(text))}
    assert (told["S.1.1.1"], told["S.1.1.2"]) == (written(where), "")


def test_the_ledger_has_a_word_of_it_only_where_it_was_said(
    accounted: Accounted, province: Municipality
) -> None:
    reports = KIND_OF[LedgerAct.REPORT]
    assert '"lugares"' not in (reports.content(accounted.report.pk) or "")
    where = read("Coata", province)
    corrected = accounted.correct(locations=where)
    assert f'"lugares":{canonical(where)}' in (reports.content(corrected.pk) or "")
    entries = LedgerEntry.objects.filter(act__in=reports.acts).order_by("number")
    recorded = {each.subject_id: each.digest for each in reports.recorded()}
    assert [each.digest for each in entries] == [recorded[each.subject_id] for each in entries]
