"""Whatever percentage was frozen is read on paper, on the page and in the table."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string

from tests.tracking.accountability.printing.pdfs import print_out, squeezed, text_of
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.chapters import Chapters
from tracking.accountability.content import Content, Promise
from tracking.accountability.edition import Edition
from tracking.accountability.printing.coverage import printed_means
from tracking.accountability.printing.table import csv_of

pytestmark = pytest.mark.django_db

MEASURES: list[dict[str, Any]] = [
    {"value": Decimal(45), "progress": Decimal("56.25"), "measured": "valor de 45 %"},
    {"value": Decimal(50), "progress": Decimal(50), "measured": "valor de 50 %"},
    {"value": Decimal(48), "progress": Decimal(-30), "measured": "valor de 48; retrocedió"},
    {"value": Decimal(1500), "progress": Decimal(75), "measured": "1,500 de 2,000 viviendas"},
    {"value": Decimal(2100), "progress": Decimal(105), "measured": "2,100 de 2,000 viviendas"},
    {"progress": Decimal("37.5"), "measured": "en ejecución, 3 de 8 partes"},
    {"progress": Decimal("83.333333"), "measured": "5 de 6 cumplidos"},
    {"progress": Decimal(0), "measured": "sin actividad, 0 de 8 partes"},
    {"progress": None, "value": Decimal(7), "measured": "valor de 7 casos"},
]
SHOWN = Counter(["56.3", "50", "-30", "75", "105", "37.5", "83.3", "0"])


def of_every_kind(content: Content) -> Iterator[Promise]:
    told = next(each for each in content.promises if each.report)
    for n, measure in enumerate(MEASURES):
        yield replace(told, ref=f"S.9.{n}", report=replace(told.report, **measure))  # type: ignore[type-var]


def test_every_percentage_is_on_paper_on_the_page_and_in_the_table(accounted: Accounted) -> None:
    report = accounted.issue()
    issued = content_of(report)
    content = replace(issued, promises=list(of_every_kind(issued)))
    edition = Edition(content)
    context = {
        "edition": edition,
        "content": content,
        "chapters": Chapters(edition, is_whole=True),
    }
    page = squeezed(unescape(render_to_string("tracking/accountability/_whole.html", context)))
    for text in (text_of(print_out(content, report)), page):
        assert Counter(re.findall(r"·(-?[\d.,]+)%deavance[·<]", text)) == SHOWN
    table = csv.DictReader(csv_of(content, report.code).decode("utf-8-sig").splitlines())
    percentages = [each["progress"] for each in MEASURES]
    assert [row["avance_pct"] for row in table] == [
        "" if each is None else f"{each:f}" for each in percentages
    ]


def test_paper_keeps_the_words_of_the_first_editions(accounted: Accounted) -> None:
    """Those of a screen change: an edition must give the same file however late it is made."""
    balance = Edition(content_of(accounted.issue())).balances[0]
    means = {
        "nivel": {"of": 6, "measured": 1, "mean": None},
        "entrega": {"of": 6, "measured": 6, "mean": "33.2"},
    }
    counted = replace(balance, standing=replace(balance.standing, means=means))  # type: ignore[type-var]
    assert printed_means(counted) == [
        "De clase «nivel», 1 de 6 con porcentaje: no alcanza para un promedio.",
        "De clase «entrega», 33.2 % de avance en promedio (6 de 6 con porcentaje).",
    ]
