"""What is carried into a hearing, by its page and by its four printed ones."""

import datetime as dt
from dataclasses import replace
from html import unescape
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from django.core.cache import caches
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import ActivityKind, Level
from plans.models import Plan, PlanElement
from plans.term import Term
from tests.factories import SMALL_PLAN, make_plan
from tests.tracking.accountability.printing.conforming import faults
from tests.tracking.accountability.printing.pdfs import pages_of, squeezed
from tests.tracking.issued import HARD, Accounted, on
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish
from tracking.accountability.issuing import save_draft_of
from tracking.accountability.pack.gathering import pack_of
from tracking.accountability.pack.lines import briefly, shares
from tracking.accountability.pack.pack import MOST_WORST, Pack
from tracking.accountability.pack.words import PackWords
from tracking.accountability.printing import pack as printing
from tracking.public.figures.changes import Changes

NEXT_TERM = Term(2023, 2026)
ADDRESS = "/m/puno/2019-2022/rendicion/audiencia"
IN_TERM = dt.date(2020, 3, 1)
NOTICE = "No es un informe emitido"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    caches["pages"].clear()


@pytest.fixture
def halted(plan: Plan, puno_unit: Unit, planner: User, reporter: User) -> Plan:
    """Puno's plan, whose activity is halted."""
    open_window(plan.municipality, FIRST)
    activity = element_of(plan, "S.1.1.1", puno_unit)
    values = {"halted_since": dt.date(2019, 4, 3), "halted_cause": HARD}
    publish(draft(activity, FIRST, reporter, **values), by=planner)
    return plan


def page(client: Client, address: str = f"{ADDRESS}/") -> str:
    return unescape(client.get(address).text)


def test_it_says_for_which_hearing_it_is_and_that_it_was_not_issued(
    client: Client, puno_plan: Plan
) -> None:
    with on(IN_TERM):
        shown = page(client)
    assert "La próxima audiencia es en mayo de 2020 y trata del semestre 2019-II." in shown
    assert NOTICE in shown
    assert f'href="{ADDRESS}.pdf"' in shown


def test_of_a_plan_of_which_nothing_was_asked_it_tells_what_was_promised(
    client: Client, plan: Plan
) -> None:
    shown = page(client)
    assert "Todavía no se ha pedido ningún informe: no se sabe cómo van." in shown
    assert "“Programa de comedores de Puno”" in shown


def test_what_is_halted_is_told_with_its_day_and_its_cause(halted: Plan) -> None:
    (line,) = pack_of(halted, at=IN_TERM).worst[0].lines
    assert (line.ref, line.row.why) == ("S.1.1.1", HARD)
    assert line.dated_row.why == f"Desde el 03/04/2019. Al 30/06/2019. {HARD}"
    assert line.said == "paralizada desde el 03/04/2019, al 30/06/2019"
    assert line.question.startswith("Paralizada desde el 03/04/2019")


def test_of_what_no_office_answers_for_paper_says_so(halted: Plan) -> None:
    listed = pack_of(halted, at=IN_TERM).worst[0]
    (line,) = listed.lines
    of_nobody = listed._replace(lines=[line._replace(row=line.row._replace(who=""))])
    printed = render_to_string("accountability/pack/_listed.html", {"listed": of_nobody})
    assert "al 30/06/2019 · Sin oficina asignada" in printed


def test_it_tells_what_the_last_semester_brought(halted: Plan) -> None:
    moved = [PlanElement(ref=f"S.1.{n}") for n in range(1, 7)]
    overview: Any = SimpleNamespace(changes=Changes(FIRST, back=moved, corrected=moved[:1]))
    words = PackWords(replace(pack_of(halted, at=IN_TERM), overview=overview))
    assert strip_tags(words.changed) == (
        "Retrocedieron: 6 (S.1.1, S.1.2, S.1.3, S.1.4 y 2 más). "
        "Corregidas después de publicarse: 1 (S.1.1)."
    )
    overview.changes = None
    assert words.changed == ""


def test_a_term_that_is_over_leads_to_its_reports(client: Client, puno_plan: Plan) -> None:
    with on(dt.date(2023, 2, 1)):
        shown = page(client)
    assert "El periodo terminó" in shown
    assert 'href="/m/puno/2019-2022/rendicion/">Los informes que se emitieron' in shown


def test_it_tells_what_the_former_term_left_halted(
    client: Client, puno: Municipality, halted: Plan
) -> None:
    elect(make_plan(puno, term=NEXT_TERM))
    with on(dt.date(2023, 5, 2)):
        shown = page(client, "/m/puno/2023-2026/rendicion/audiencia/")
    assert "es la primera del periodo: trata del semestre 2022-II, que fue del anterior" in shown
    assert "/m/puno/2019-2022/S.1.1.1/" in shown


def test_its_first_lines_say_up_to_when_it_tells_and_who_answers(
    client: Client, halted: Plan
) -> None:
    halted.municipality.authorities.create(
        name="Ana Quispe", office="Alcaldesa", since=dt.date(2019, 1, 1), source="JNE"
    )
    with on(IN_TERM):
        head, _rest = page(client).split("<h2>", 1)
    assert "El informe más reciente es al 30 de junio de 2019." in head
    assert "Quién responde:</b> Ana Quispe, Alcaldesa. Fuente: JNE" in head


def test_without_a_plan_of_the_former_term_it_says_so(client: Client, puno_plan: Plan) -> None:
    assert "No se sabe aquí" in page(client)


def test_it_names_the_newest_edition_with_its_code(accounted: Accounted) -> None:
    report = accounted.issue()
    words = PackWords(pack_of(accounted.plan, at=IN_TERM))
    assert f"edición 1, código {report.printed_code}" in words.edition_words


def test_it_tells_the_day_and_place_that_an_edition_announced(accounted: Accounted) -> None:
    texts = {"hearing_on": dt.date(2020, 5, 15), "hearing_place": "Coliseo Municipal"}
    save_draft_of(accounted.plan, FIRST, texts, seen=0, by=accounted.planner)
    accounted.issue()
    words = PackWords(pack_of(accounted.plan, at=IN_TERM))
    assert words.occasion == (
        "La audiencia es el 15 de mayo de 2020 (Coliseo Municipal), y trata del semestre 2019-I."
    )
    over = PackWords(pack_of(accounted.plan, at=dt.date(2020, 5, 16)))
    assert over.occasion.startswith("La próxima audiencia es en mayo de 2020")


def test_its_queries_do_not_grow_with_the_plan(
    puno: Municipality, halted: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    longer = elect(make_plan(puno, term=NEXT_TERM, more=20))
    with django_assert_num_queries(13):
        pack_of(halted, at=IN_TERM)
    with django_assert_num_queries(21):
        pack_of(longer, at=dt.date(2023, 5, 2))


def test_the_printed_pages_are_four_each_of_which_says_that_it_is_no_edition(
    halted: Plan,
) -> None:
    pdf = printing.print_out(pack_of(halted, at=IN_TERM))
    assert faults(pdf) == []
    pages = pages_of(pdf)
    assert len(pages) == 4
    assert all(squeezed(NOTICE) in squeezed(each) for each in pages)
    assert squeezed("Hoja de preguntas") in squeezed(pages[3])


def test_whoever_answers_and_every_cause_of_the_worst_are_whole_on_one_page(
    halted: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = pack_of(halted, at=IN_TERM)
    listed = pack.worst[0]
    (line,) = listed.lines
    who = "Gerencia de Infraestructura, Desarrollo Urbano y Rural y Transporte"
    why = (
        "Falta que otra entidad dé su conformidad al expediente técnico, y su presupuesto del año."
    )
    long = line._replace(row=line.row._replace(words="Promesa larga " * 8, who=who, why=why))
    lists = [listed._replace(lines=[long] * n, more=9) for n in shares([9, 9, 9], MOST_WORST)]
    monkeypatch.setattr(Pack, "printed_worst", lists)
    pages = pages_of(printing.print_out(pack))
    assert len(pages) == 4
    told = squeezed(pages[1])
    assert (told.count(squeezed(who)), told.count(squeezed(why))) == (MOST_WORST, MOST_WORST)


def test_a_plan_of_four_hundred_promises_with_endless_words_has_four_pages(
    puno: Municipality, puno_unit: Unit
) -> None:
    words = "Promesa {n} de {place} " + "W" * 300
    rows = [
        (
            f"S.1.1.{n}",
            "S.1.1",
            Level.ACTIVITY,
            ActivityKind.PROGRAMME,
            words.replace("{n}", str(n)),
        )
        for n in range(1, 401)
    ]
    plan = elect(make_plan(puno, rows=(*SMALL_PLAN[:3], *rows)))
    pages = pages_of(printing.print_out(pack_of(plan, at=IN_TERM)))
    assert len(pages) == 4
    assert squeezed("Y 375 más, en el portal. http://localhost:8000/m/puno/2019-2022/") in squeezed(
        pages[1]
    )


def test_the_file_is_made_once_for_each_state_and_has_one_address(
    client: Client, puno_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_out = mock.Mock(return_value=b"%PDF-")
    monkeypatch.setattr(printing, "print_out", print_out)
    first = client.get(f"{ADDRESS}.pdf")
    assert (first.content, first["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert client.get(f"{ADDRESS}.pdf").content == b"%PDF-"
    assert client.get(f"{ADDRESS}.pdf?x=1")["Location"] == f"{ADDRESS}.pdf"
    again = client.get(f"{ADDRESS}.pdf", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    print_out.assert_called_once()


def test_whoever_comes_while_another_one_is_made_is_told_when_to_come_again(
    client: Client, puno_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "WAIT", 0)
    with printing.making:
        busy = client.get(f"{ADDRESS}.pdf")
    assert (busy.status_code, busy["Retry-After"]) == (503, "30")


def test_room_is_shared_and_what_one_leaves_others_take() -> None:
    assert shares([12, 23, 9], 11) == [5, 3, 3]
    assert shares([2, 23, 0], 11) == [2, 9, 0]
    assert shares([], 11) == []


def test_a_word_without_end_is_cut() -> None:
    assert briefly("W" * 400) == "W" * 120 + "…"
