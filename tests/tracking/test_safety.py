"""What every public page sends along."""

import re

import pytest
from django.test import Client

from plans.models import Plan

PAGES = [
    "/",
    "/municipios/",
    "/m/puno/",
    "/m/puno/2019-2022/",
    "/m/puno/2019-2022/S.1/",
    "/m/puno/2019-2022/documento/",
    "/buscar/?q=agua",
    "/metodologia/",
    "/nada/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_strict_policy_without_inline_style_or_script(
    client: Client, real_puno: Plan, address: str
) -> None:
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = response.content.decode().replace('<script type="application/ld+json">', "")  # only data
    page = re.sub(r'<script src="/static/js/[\w.]+" defer></script>', "", page)
    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=", page) == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_comes_from_another_host(client: Client, real_puno: Plan, address: str) -> None:
    page = client.get(address).content.decode()
    assert re.findall(r'(?:src|<link[^>]+href)="(?!/|http://localhost:8000/)[^"]*"', page) == []


@pytest.mark.parametrize("address", PAGES)
def test_a_first_load_is_small(client: Client, real_puno: Plan, address: str) -> None:
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert len(response.content) < 45_000


def test_a_page_that_did_not_change_answers_304(client: Client, real_puno: Plan) -> None:
    first = client.get("/m/puno/2019-2022/")
    again = client.get("/m/puno/2019-2022/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
