"""The original document: every promise marked, linked both ways, and the file itself."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plans.models import Plan
from tests.real_plans import FOLDER, PLACES, publish_real_plan


@pytest.mark.parametrize("slug", PLACES)
def test_each_promise_is_marked_once_and_leads_to_its_page(
    db: None, client: Client, slug: str
) -> None:
    plan = publish_real_plan(slug)
    page = client.get(f"/m/{slug}/2019-2022/documento/").content.decode()
    refs = list(plan.elements.values_list("ref", flat=True))
    anchors = re.findall(r'class="promise" href="\.\./([^/]+)/" id="([^"]+)"', page)
    assert sorted(anchors) == sorted((ref, ref) for ref in refs)


def test_markup_of_the_extraction_is_not_shown(client: Client, real_puno: Plan) -> None:
    page = client.get("/m/puno/2019-2022/documento/").content.decode()
    assert "&lt;b&gt;" not in page
    assert "**" not in page


@pytest.mark.parametrize("slug", PLACES)
def test_the_file_comes_byte_for_byte(db: None, client: Client, slug: str) -> None:
    publish_real_plan(slug)
    response = client.get(f"/m/{slug}/2019-2022/documento/?formato=texto")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == (FOLDER / f"{slug}-2019-2022.txt").read_bytes()


def test_it_costs_six_queries(
    client: Client, real_lamas: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        client.get("/m/lamas/2019-2022/documento/")
