"""The editions that were issued, as the public finds them, each with its files."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.tracking.issued import Accounted
from tests.tracking.published import FIRST
from tracking.accountability.rendering import make_file
from tracking.models import AccountabilityReport
from tracking.reading.editions import editions_of, file_address, issued


@pytest.fixture
def edition(accounted: Accounted) -> AccountabilityReport:
    return accounted.issue()


def test_a_file_that_is_being_made_has_no_size_yet(
    edition: AccountabilityReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_file(edition.files.get(kind="csv").pk)
    with django_assert_num_queries(2):
        (one,) = issued(editions_of(edition.plan, FIRST))
    sizes = {each.extension: each.size for each in one.downloads}
    assert (one.is_current, sizes["pdf"], sizes["json"]) == (
        True,
        None,
        len(edition.content.encode()),
    )
    assert sizes["csv"]
    assert [each.label for each in one.downloads] == ["PDF", "CSV", "JSON"]


def test_the_newest_comes_first_and_supersedes_the_others(
    accounted: Accounted, edition: AccountabilityReport
) -> None:
    accounted.correct()
    accounted.issue(2, "Se corrigió un informe.")
    told = issued(editions_of(accounted.plan, FIRST))
    assert [(each.report.edition, each.is_current) for each in told] == [(2, True), (1, False)]
    assert not editions_of(accounted.plan, FIRST.next)


def test_a_files_address_stays_whatever_is_issued_later(edition: AccountabilityReport) -> None:
    address = file_address(edition, "pdf")
    assert address.startswith("/m/puno/2019-2022/")
    assert "2019-I" in address
    assert address.endswith("pdf")
