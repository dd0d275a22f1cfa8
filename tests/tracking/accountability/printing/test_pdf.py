"""The PDF: fit for an archive, for a screen reader, and for whoever takes it apart."""

import csv
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import MakeOnce
from tests.tracking.accountability.printing.conforming import elements
from tests.tracking.accountability.printing.pdfs import (
    opened,
    pages_of,
    print_out,
    printed,
    sizes_of,
    squeezed,
    text_of,
)
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.edition import Edition
from tracking.accountability.printing import paper as printing
from tracking.accountability.printing.table import csv_of
from tracking.models import AccountabilityReport, LogHead
from tracking.transparency.growing import grow

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def report(make_once: MakeOnce, accounted_once: Accounted) -> AccountabilityReport:
    """Issued when the log had all that was entered before it."""

    def issue() -> AccountabilityReport:
        grow(at=timezone.now())
        return accounted_once.issue()

    return make_once(issue)


@pytest.fixture(scope="module")
def pdf(report: AccountabilityReport) -> bytes:
    return printed(report)


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    return pages_of(pdf)


@pytest.fixture(scope="module")
def simulated_pdf(simulated: AccountabilityReport) -> bytes:
    return printed(simulated)


@pytest.fixture(scope="module")
def simulated_pages(simulated_pdf: bytes) -> list[str]:
    return pages_of(simulated_pdf)


def test_it_says_whose_it_is_and_how_it_goes(report: AccountabilityReport, pdf: bytes) -> None:
    with opened(pdf) as document:
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == Edition(content_of(report)).title
        assert str(document.docinfo["/Author"]) == "Municipalidad Provincial de Puno"
        assert "De 1 meta: 1 sin informe" in str(document.docinfo["/Subject"])


def test_its_cover_asks_to_compare_because_a_code_can_be_copied(pages: list[str]) -> None:
    cover = squeezed(pages[0])
    assert (
        squeezed("Compárelas con esta copia: una alterada puede llevar el mismo código.") in cover
    )


def test_nothing_is_printed_smaller_than_9_points(simulated_pdf: bytes) -> None:
    assert min(sizes_of(simulated_pdf)) >= 9


def test_a_figure_says_what_it_shows(pdf: bytes) -> None:
    with opened(pdf) as document:
        alternatives = [str(each.Alt) for kind, each, _ in elements(document) if kind == "/Figure"]
    assert any("2019-I: en ejecución" in each for each in alternatives)
    assert any(each.startswith("Código QR que lleva a") for each in alternatives)


def test_its_contents_and_bookmarks_lead_to_each_part(pdf: bytes) -> None:
    with opened(pdf) as document:
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
        links = sum(
            each.get("/Subtype") == "/Link"
            for page in document.pages
            for each in page.get("/Annots", [])
        )
    assert titles[0] == "Informe de rendición de cuentas Semestre 2019-I"
    assert "En una página" in titles
    assert "Dimensión social" in titles
    assert titles[-1] == "Glosario"
    assert links >= len(titles)


def test_its_contents_name_the_page_where_each_part_stands(simulated_pages: list[str]) -> None:
    contents = [line.split("....") for line in simulated_pages[2].splitlines() if "...." in line]
    named = {words[0].strip(". "): int(words[-1].strip(". \u2007")) for words in contents}
    assert named["En una página"] == 2
    assert len(named) > 10
    assert [
        title
        for title, number in named.items()
        if squeezed(title) not in squeezed(simulated_pages[number - 1])
    ] == []


@pytest.mark.parametrize("quarters", range(4))
def test_how_it_was_calculated_and_the_glossary_stand_on_one_page(
    report: AccountabilityReport, quarters: int
) -> None:
    """They take more than a quarter of one: of four places to begin, one has no room for both."""
    lines = "\n".join(["Una línea."] * (1 + 16 * quarters))
    pages = [squeezed(page) for page in pages_of(printed(report, foreword=lines))]
    first = squeezed("Se cuenta lo que el cierre del semestre fijó que se pedía.")
    last = squeezed("Lo demás, en la página «Metodología» del portal.")
    assert [first in page for page in pages] == [last in page for page in pages]
    assert any(last in page for page in pages)


def test_no_link_within_it_leads_nowhere(
    report: AccountabilityReport, caplog: pytest.LogCaptureFixture
) -> None:
    content = content_of(report)
    (told,) = (each for each in content.promises if each.report)
    why = {"difficulties": "", "next_steps": ""}
    late = [replace(told, report=replace(told.report, signal="con retraso", **why))]  # type: ignore[type-var]
    text = text_of(print_out(replace(content, promises=late), report))
    assert squeezed("Ningún informe dice por qué.") in text
    assert "No anchor" not in caplog.text


def test_the_code_and_the_page_stand_at_the_foot_of_every_page(
    report: AccountabilityReport, pages: list[str]
) -> None:
    for number, page in enumerate(pages, 1):
        assert f"código {report.printed_code}" in page
        assert f"Página {number} de {len(pages)}" in page


def test_the_head_of_the_ledger_is_printed_with_its_number(
    report: AccountabilityReport, pages: list[str]
) -> None:
    content = content_of(report)
    assert content.ledger_number > 0
    assert f"n.º{content.ledger_number}:{content.ledger_head}" in squeezed(" ".join(pages))


def test_the_head_of_the_log_is_printed_with_the_key_that_signs_it(
    report: AccountabilityReport, pages: list[str]
) -> None:
    log, paper = content_of(report).log, squeezed(" ".join(pages))
    assert log
    assert f"con{log.size}asientosdetodaslasmunicipalidades:{log.root}" in paper
    assert [key in paper for key in log.keys] == [True]
    assert LogHead.objects.filter(size=log.size, root=log.root, note=log.checkpoint).exists()


def test_each_row_of_the_table_has_the_heads_of_ledger_and_log(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    rows = list(csv.DictReader(csv_of(content, report.code).decode("utf-8-sig").splitlines()))
    heads = {(row["ultimo_asiento"], row["codigo_del_ultimo_asiento"]) for row in rows}
    assert heads == {(str(content.ledger_number), content.ledger_head)}
    columns = ("asientos_de_todo_el_portal", "cabeza_de_todo_el_portal")
    assert content.log
    assert {tuple(map(row.get, columns)) for row in rows} == {
        (str(content.log.size), content.log.root)
    }


def test_the_table_and_the_frozen_content_come_with_it(
    report: AccountabilityReport, pdf: bytes
) -> None:
    with opened(pdf) as document:
        files = document.attachments.items()
        attached = {name: file.get_file().read_bytes() for name, file in files}
        kinds = {str(each.AFRelationship) for each in document.Root.AF}
    assert attached == {
        "informe.json": report.content.encode(),
        "informe.csv": csv_of(content_of(report), report.code),
    }
    assert kinds == {"/Source", "/Data"}


def test_every_figure_and_every_difficulty_is_on_paper_and_every_text_in_its_table(
    simulated: AccountabilityReport, simulated_pages: list[str]
) -> None:
    """Whatever was published is in the file; what kept a promise from going on, on its pages."""
    text = squeezed(" ".join(simulated_pages))
    content = content_of(simulated)
    table = csv_of(content, simulated.code).decode("utf-8-sig")
    rows = {row["codigo"]: row for row in csv.DictReader(table.splitlines())}
    reported = [each for each in content.promises if each.report]
    assert len(reported) > 10
    for promise in content.promises:
        assert not promise.is_asked or squeezed(promise.ref) in text
        assert rows[promise.ref]["texto"] == promise.statement
    for promise in reported:
        said, row = promise.report, rows[promise.ref]
        assert said
        for piece in (said.measured, said.difficulties, said.halted_cause):
            assert squeezed(piece) in text, promise.ref
        for piece in (
            *(said.measured, said.narrative, said.difficulties, said.next_steps),
            *(said.halted_cause, said.correction_reason, *(each.code for each in said.supports)),
        ):
            assert piece in "\n".join(row.values()), promise.ref


def test_what_is_simulated_says_so_on_every_page(simulated_pages: list[str]) -> None:
    assert all("Avances simulados para demostración" in page for page in simulated_pages)
    assert "La municipalidad no emitió este informe" in simulated_pages[0]


def test_what_is_real_does_not(pages: list[str]) -> None:
    assert "simulad" not in " ".join(pages).lower()


def test_the_same_edition_gives_the_same_bytes(report: AccountabilityReport, pdf: bytes) -> None:
    assert printed(report) == pdf


WILD = [
    "<b>Con tres</b> comedores & una posta {{ 7|add:7 }} {% now 'Y' %} <script>alert(1)</script>",
    "Se inauguró 🎉 con 😀 y la bandera 🇵🇪 ❤️",
    '"><img src=x onerror=alert(1)><style>*{display:none}</style>',
    "Nota en árabe: سلام عليكم y en hebreo: שלום עליכם.",
]


def test_what_was_typed_is_printed_as_it_was_typed(report: AccountabilityReport) -> None:
    text = "\n".join(WILD)
    content = content_of(report)
    promises = [
        replace(each, report=replace(each.report, difficulties=text)) if each.report else each
        for each in content.promises
    ]
    typed = print_out(replace(content, foreword=text, promises=promises), report)
    found = text_of(typed)
    for line in WILD:
        for word in line.split():
            if word.isascii():
                assert found.count(squeezed(word)) >= 2, line
    with opened(typed) as document:
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in document.pages
            for font in page.Resources.Font.values()
        }
    assert all(name.startswith("Noto-") for name in fonts)


def test_a_difficulty_of_twenty_thousand_characters_is_printed_whole(
    report: AccountabilityReport,
) -> None:
    words = [f"palabra{n:04}" for n in range(1700)]
    content = content_of(report)
    promises = [
        replace(each, report=replace(each.report, difficulties=" ".join(words)))
        if each.report
        else each
        for each in content.promises
    ]
    text = text_of(print_out(replace(content, promises=promises), report))
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/", "https://example.org/x.png", "ftp://a/"],
)
def test_nothing_outside_the_page_is_ever_fetched(address: str) -> None:
    with pytest.raises(ValueError, match="disallowed protocol"):
        printing.NothingOutside().fetch(address)
    assert printing.NothingOutside().fetch("data:text/plain,si").read() == b"si"


def test_a_typed_address_is_text_and_is_not_opened(
    report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fetch = printing.NothingOutside.fetch

    def noted(self: Any, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(printing.NothingOutside, "fetch", noted)
    text = "file:///etc/passwd http://127.0.0.1:8000/ <img src='file:///etc/passwd'>"
    found = text_of(printed(report, foreword=text))
    assert "file:///etc/passwd" in found
    assert asked
    assert {each.partition(":")[0] for each in asked} == {"data"}


def test_a_row_taller_than_a_page_breaks(report: AccountabilityReport) -> None:
    """One that must not break cannot be laid out at all."""
    content = content_of(report)
    (told,) = (each for each in content.promises if each.report)
    promises = [
        replace(told, report=replace(told.report, **{where: text}))  # type: ignore[type-var]
        for where, between in product(["narrative", "difficulties"], [" ", "\n"])
        for text in [between.join(["palabra"] * 750)]
    ]
    assert print_out(replace(content, promises=promises), report).startswith(b"%PDF")


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=100, max_size=500))
def test_no_text_keeps_it_from_being_printed(report: AccountabilityReport, text: str) -> None:
    assert printed(report, foreword=text, projection=text).startswith(b"%PDF-1.7")
