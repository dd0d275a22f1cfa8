"""How the portal works, in ten lines and in its chapters."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.pages import shown
from tracking.measuring.verdicts import RULES
from tracking.public.methods import CHAPTERS

pytestmark = pytest.mark.django_db


def test_every_section_is_named_on_the_first_page_by_its_anchor_and_stands_in_its_chapter(
    client: Client,
) -> None:
    first = shown(client, "/metodologia/")
    for chapter in CHAPTERS:
        page = shown(client, chapter.address)
        assert re.findall(r'<h2 id="([^"]+)">([^<]+)</h2>', page) == [
            (anchor, str(title)) for anchor, title in chapter.sections.items()
        ]
        for anchor in chapter.sections:
            assert f'<li id="{anchor}"><a href="{chapter.address}#{anchor}">' in first


def test_the_rule_is_printed_in_its_order(client: Client) -> None:
    page = shown(client, "/metodologia/").replace("\N{NO-BREAK SPACE}%", " %")
    told = re.findall(r"</svg> ([^<]+)</b> <span>([^<]+)</span>", page)
    assert told == [(str(rule.verdict.label), str(rule.words)) for rule in RULES]


def test_a_chapter_that_is_not_there_says_so(client: Client) -> None:
    answer = client.get("/metodologia/nada/")
    assert answer.status_code == 404
    assert "La metodología no tiene un capítulo con ese nombre." in unescape(
        answer.content.decode()
    )
