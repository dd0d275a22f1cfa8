"""The PDF is what it says that it is, PDF/A-3a and PDF/UA-1, whatever the content it prints."""

from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from tests.conftest import MakeOnce
from tests.tracking.accountability.printing.conforming import elements, faults
from tests.tracking.accountability.printing.pdfs import (
    opened,
    print_out,
    printed,
    squeezed,
    text_of,
)
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.content import Content
from tracking.accountability.printing import paper
from tracking.models import AccountabilityReport

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def report(make_once: MakeOnce, accounted_once: Accounted) -> AccountabilityReport:
    def made() -> AccountabilityReport:
        accounted_once.spend()
        return accounted_once.issue()

    return make_once(made)


def nothing_reported(content: Content) -> Content:
    return replace(content, promises=[replace(each, report=None) for each in content.promises])


def two_offices(content: Content) -> Content:
    units = ["Gerencia de Desarrollo Urbano", "Gerencia de Desarrollo Social"]
    return replace(content, promises=[replace(each, units=units) for each in content.promises])


def four_letters(content: Content) -> Content:
    return stated(content, "Agua")


def two_thousand_letters(content: Content) -> Content:
    return stated(content, "Agua y desagüe para todos. " * 74)


def without_a_glyph(content: Content) -> Content:
    return stated(content, "水道 👩‍👩‍👧‍👦 ༀ\ue000")


def foreworded(content: Content) -> Content:
    return replace(content, foreword="Uno.\n\n<b>Dos</b> https://municipalidad.example/ &amp; ]]>")


def table_of_many_pages(content: Content) -> Content:
    told = next(each for each in content.promises if each.report)
    more = [replace(told, ref=f"S.1.1.{n}") for n in range(100, 160)]
    return replace(content, promises=[*content.promises, *more])


def stated(content: Content, text: str) -> Content:
    told = [
        replace(each, statement=text, report=replace(each.report, narrative=text))
        if each.report
        else replace(each, statement=text)
        for each in content.promises
    ]
    return replace(content, promises=told)


@pytest.mark.parametrize(
    "changed",
    [
        *(nothing_reported, two_offices, four_letters, two_thousand_letters),
        *(without_a_glyph, foreworded, table_of_many_pages),
    ],
)
def test_it_keeps_to_both_standards(
    report: AccountabilityReport, changed: Callable[[Content], Content]
) -> None:
    assert faults(print_out(changed(content_of(report)), report)) == []


def test_a_real_plan_keeps_to_both_standards(simulated: AccountabilityReport) -> None:
    pdf = printed(simulated)
    assert faults(pdf) == []
    with opened(pdf) as document:
        kinds = [kind for kind, _, _ in elements(document)]
    assert {"/H1", "/H2", "/Figure", "/TH", "/TD", "/LI", "/Link"} <= set(kinds)


def test_what_falls_short_is_seen(
    report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What checks the others is checked: of a PDF as it is before its tags are mended."""
    monkeypatch.setattr(paper, "_finish", lambda document, pdf: None)
    found = " ".join(faults(printed(report)))
    for fault in (
        *("no PDF/UA-1 identifier", "without an alternative text", "without a scope"),
        *("is in no element", "each once"),
    ):
        assert fault in found


def test_no_photograph_is_in_it_so_none_is_left_when_it_is_withheld(
    report: AccountabilityReport,
) -> None:
    """Its file may be made after a photograph was withheld: it has words of it alone."""
    pdf = printed(report)
    assert any(each.report and each.report.supports for each in content_of(report).promises)
    with opened(pdf) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        assert [each.objgen for each in streams if each.get("/Subtype") == "/Image"] == []
    assert squeezed("mientras no se retire") in text_of(pdf)


def test_signs_that_nobody_sees_are_shown(report: AccountabilityReport) -> None:
    """ "100 de 50", turned around by a sign, would read as another figure."""
    changed = stated(content_of(report), "Van \u202e05 ed 001\u202c\x00 comedores\u2067\x07")
    text = text_of(print_out(changed, report))
    assert "Van\ufffd05ed001\ufffd\ufffdcomedores\ufffd\ufffd" in text
