"""The files of an accountability report, as the public downloads them."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality
from plans.models import Plan
from tests.conftest import MakeOnce
from tests.pages import shown
from tests.tracking.issued import Accounted, issued_and_printed
from tracking.models import AccountabilityReport

pytestmark = pytest.mark.django_db

ALL = "/rendicion/"
OF_PLAN = "/m/puno/2019-2022/rendicion/"
PAGE = f"{OF_PLAN}2019-I/"
NEWEST_PDF, NEWEST_JSON = f"{OF_PLAN}2019-I.pdf", f"{OF_PLAN}2019-I.json"


@pytest.fixture(scope="module")
def issued(make_once: MakeOnce) -> Accounted:
    return make_once(issued_and_printed)


@pytest.fixture
def report(issued: Accounted) -> AccountabilityReport:
    found: AccountabilityReport = issued.plan.accountability_reports.get()
    return found


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8"), ("json", "application/json")],
)
def test_a_file_comes_with_its_name_its_digest_and_its_type(
    client: Client, report: AccountabilityReport, extension: str, media_type: str
) -> None:
    newest = client.get(f"{OF_PLAN}2019-I.{extension}")
    own = client.get(f"{PAGE}edicion-1.{extension}")
    assert newest.content == own.content
    assert newest["Content-Type"] == media_type
    name = f'filename="puno-rendicion-2019-I-edicion-1.{extension}"'
    assert name in newest["Content-Disposition"]
    stored = report.files.filter(kind=extension).first()
    assert newest["ETag"] == f'"{stored.sha256 if stored else report.sha256}"'
    again = client.get(f"{OF_PLAN}2019-I.{extension}", headers={"if-none-match": newest["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_stored_pdf_takes_three_queries(
    client: Client, report: AccountabilityReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        answer = client.get(NEWEST_PDF)
    with django_assert_num_queries(2):
        client.get(NEWEST_PDF, headers={"if-none-match": answer["ETag"]})


def test_the_json_is_the_frozen_content_byte_for_byte(
    client: Client, report: AccountabilityReport
) -> None:
    assert client.get(NEWEST_JSON).content == report.content.encode()
    assert json.loads(report.content)["edition"] == 1


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}edicion-2/",
        f"{PAGE}edicion-0/",
        f"{PAGE}edicion-1.exe",
        f"{OF_PLAN}2019-I.xml",
        f"{OF_PLAN}2019-III/",
        f"{OF_PLAN}2020-I/",
        "/m/puno/2023-2026/rendicion/",
        "/m/lima/2019-2022/rendicion/2019-I.pdf",
        f"{PAGE}edicion-99999999999999999999/",
    ],
)
def test_what_was_not_issued_is_not_found(
    client: Client, report: AccountabilityReport, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_of_a_plan_that_is_not_published_nothing_is(
    client: Client, report: AccountabilityReport
) -> None:
    Plan.objects.update(version=0)
    Municipality.objects.let_pages_know()
    assert report.printed_code not in shown(client, ALL)
    for address in (OF_PLAN, PAGE, NEWEST_PDF, NEWEST_JSON):
        assert client.get(address).status_code == 404
