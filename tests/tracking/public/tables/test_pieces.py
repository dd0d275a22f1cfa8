"""Long tables are read in pieces."""

import pytest
from pytest_django import DjangoAssertNumQueries

from plans.models import Plan, PlanElement
from tracking.public.tables.pieces import in_pieces


def test_rows_come_whole_and_in_their_order_with_a_query_for_each_piece(
    puno_plan: Plan,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("tracking.public.tables.pieces.PIECE", 4)
    rows = PlanElement.objects.select_related("plan").order_by("-ref")
    wanted = list(rows)
    with django_assert_num_queries(3):  # the ids of six, four of them, and two
        read = list(in_pieces(rows))
        assert [each.plan for each in read] == [puno_plan] * 6
    assert read == wanted
