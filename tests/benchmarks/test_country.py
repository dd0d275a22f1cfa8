"""A made-up country, as small as can be: the portal accepts it, and its seed makes it again."""

from collections import Counter
from random import Random
from statistics import mean

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from accounts.models import Membership
from benchmarks.country.build import check
from benchmarks.country.loading import follow_on, without_triggers
from benchmarks.country.log import leaves_of, write_log
from benchmarks.country.numbers import WRITTEN
from benchmarks.country.places import Order
from benchmarks.country.tree import LARGEST, SMALLEST, size_of, tree
from plans.choices import Level
from plans.models import Plan, PlanElement
from tests.benchmarks.made_up import WORDS, written
from tracking.models import (
    ClosedTotal,
    LedgerEntry,
    LogLeaf,
    NewestReport,
    PendingLeaf,
    ProgressReport,
)


def _rows() -> dict[str, list[str]]:
    """Every row that was written, but for secrets, which are encrypted anew."""
    said = {}
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in WRITTEN if model is not Authenticator):
            cursor.execute(f'SELECT row::text FROM "{table}" AS row ORDER BY id')
            said[table] = [text for (text,) in cursor.fetchall()]
    return said


def test_what_is_made_passes_the_portal_s_own_checks(country: list[Order]) -> None:
    """And all of it is said to be made up."""
    check(country)
    write_log(leaves_of([each]) for each in country)
    assert not PendingLeaf.objects.exists()
    assert LogLeaf.objects.count() == LedgerEntry.objects.count()
    call_command("verify_ledger")
    call_command("verify_plans")
    call_command("rebuild_standings", "--check")
    for model in (Plan, ProgressReport, LedgerEntry):
        assert set(model.objects.values_list("simulated", flat=True)) == {True}
    reported = ProgressReport.objects.published().values("element").distinct()
    assert NewestReport.objects.count() == reported.count()
    for plan in Plan.objects.all():
        assert "nadie lo prometió" in plan.document.text
    assert all(each.user.email.endswith(".example") for each in Membership.objects.all())


def test_a_changed_row_is_found_by_the_check(country: list[Order]) -> None:
    with without_triggers():
        PlanElement.objects.filter(level=Level.TARGET).update(statement="Otra cosa")
    with pytest.raises(RuntimeError, match="ya no dice lo que publicó su versión"):
        check(country)


def test_the_same_seed_makes_the_same_rows(country: list[Order]) -> None:
    first = _rows()
    assert all(first.values())
    models: list[type[Model]] = [ClosedTotal, NewestReport, *reversed(WRITTEN)]
    with without_triggers():
        for model in models:
            model._base_manager.all()._raw_delete(using="default")
    written()
    assert _rows() == first


def test_no_id_is_given_twice(db: None) -> None:
    """Sequences are not rolled back: set back, they would give rows of two tests the same id."""
    following = "SELECT nextval(pg_get_serial_sequence('tracking_progressreport', 'id'))"
    with connection.cursor() as cursor:
        cursor.execute(following)
        (given,) = cursor.fetchone()
        follow_on()
        cursor.execute(following)
        assert cursor.fetchone() == (given + 1,)


def test_plans_are_of_a_hundred_elements_and_most_are_smaller() -> None:
    sizes = [size_of(Random(number)) for number in range(2000)]
    assert (min(sizes), max(sizes)) == (SMALLEST, LARGEST)
    assert 95 < mean(sizes) < 110
    assert sum(size < 100 for size in sizes) > 1100


@pytest.mark.parametrize("size", [20, 21, 22, 99, 400])
def test_a_tree_has_as_many_elements_as_it_was_asked_for(size: int) -> None:
    nodes = list(tree(Random(size), size))
    refs = [node.ref for node in nodes]
    assert (len(nodes), len(set(refs))) == (size, size)
    assert {node.parent for node in nodes} <= {"", *refs}


def test_few_words_are_everywhere_and_most_are_rare() -> None:
    random = Random(1)
    said = Counter(
        word
        for _statement in range(2000)
        for word in WORDS.statement(random, Level.TARGET, "Coata").split()
    )
    counts = sorted(said.values(), reverse=True)
    assert sum(counts[: len(counts) // 10]) > sum(counts) * 0.6
    assert "Coata" in said
    assert "Lamas" not in said
