"""A head of the log that somebody kept tells what nothing inside can."""

import pytest

from accounts.models import Municipality
from tests.tracking.transparency.trees import NOON, enter
from tracking.models import LedgerEntry, LogHead
from tracking.transparency.growing import grow
from tracking.transparency.heads import with_first_head
from tracking.transparency.held import Held, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def heads(puno: Municipality) -> tuple[LogHead, LogHead]:
    """Of three leaves, and of five."""
    for count in (3, 2):
        enter(puno, count)
        grow(at=NOON)
    first, second = LogHead.objects.all()
    return first, second


def test_a_log_that_grew_goes_on_from_each_of_its_heads(heads: tuple[LogHead, LogHead]) -> None:
    assert [held(each.size, each.root) for each in heads] == [Held.KEPT, Held.KEPT]
    assert held(3, heads[0].root[:12]) is Held.KEPT
    assert held(3, heads[1].root) is Held.OTHER
    assert held(6, heads[1].root) is Held.SHORT


def test_before_it_has_a_leaf_it_goes_on_from_none() -> None:
    assert held(1, "0" * 64) is Held.SHORT


def test_an_entry_has_the_first_head_that_covers_it(
    heads: tuple[LogHead, LogHead], puno: Municipality
) -> None:
    enter(puno, 1)
    found = with_first_head(LedgerEntry.objects.order_by("number"))
    first, second = ((each.size, each.root) for each in heads)
    assert [(each.head_size, each.head_root) for each in found] == [
        *[first] * 3,
        *[second] * 2,
        (None, None),
    ]
