"""A municipality's ledger as people read it, and as they compute it again."""

import csv
import hashlib
import io
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.services.editing import save_plan
from tests.tracking.published import (
    FIRST,
    NARRATIVE,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    report_everything,
    sustain,
)
from tracking.choices import LedgerAct
from tracking.ledger.writing import enter_missing
from tracking.models import LedgerEntry
from tracking.models.ledger import GENESIS
from tracking.public.views import ledger as page_of_ledger
from tracking.reading.sentences import quoted
from tracking.services.supports import withhold
from tracking.templatetags.vigia import six_words
from tracking.transparency.growing import grow

ADDRESS = "/m/puno/registro/"


@pytest.fixture
def published(
    puno: Municipality, puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User
) -> Plan:
    """A target's terms by the plan's text, its version, one report, and another not public."""
    plan = elect(puno_plan)
    open_window(puno, FIRST)
    activity, guideline = (element_of(plan, ref, puno_unit) for ref in ("S.1.1.1", "L"))
    publish(draft(activity, FIRST, reporter), by=planner)
    draft(guideline, FIRST, reporter, step=None)
    return plan


def read(client: Client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


def listed(page: str) -> list[str]:
    """What the list says was published."""
    rows = re.findall(r'<li id="asiento-(\d+)">(.*?)<details>', page, re.DOTALL)
    return [
        f"{number}: {re.sub('<[^>]*>', '', what)}".replace("\u00a0", " ") for number, what in rows
    ]


def said_of(ref: str) -> str:
    """The first words of a promise, as the list shows them."""
    return quoted(six_words(PlanElement.objects.get(ref=ref).statement))


def test_it_says_what_its_last_code_shows_and_what_not(client: Client, published: Plan) -> None:
    page = read(client)
    assert "si otro día ese asiento lleva otro código, o ya no está, el registro se rehízo" in page
    assert "Si solo se cambia o se borra algo publicado, este código no cambia" in page


def test_it_lists_what_is_published_newest_first(client: Client, published: Plan) -> None:
    page = read(client)
    assert listed(page) == [
        f"3: Informe 2019-I de S.1.1.1, Gerencia de Obras {said_of('S.1.1.1')}",
        "2: Plan de gobierno 2019-2022, versión 1",
        f"1: Forma de medir 1 de S.1.1.2 {said_of('S.1.1.2')}",
    ]
    assert '<a href="/m/puno/2019-2022/S.1.1.1/">Informe 2019-I' in page
    assert "noindex" not in page


def test_its_head_is_the_last_code(client: Client, published: Plan) -> None:
    head = LedgerEntry.objects.latest("number")
    page = read(client)
    assert "Guarde el último código, el del asiento 3, del" in page
    assert f"<p><code>{head.chain}</code></p>" in page


def test_an_entry_shows_its_code(client: Client, published: Plan) -> None:
    page = read(client)
    for entry in LedgerEntry.objects.all():
        assert f"<code>{entry.chain[:12]}</code></summary>" in page
        assert f"<code>{entry.chain}</code>" in page


def test_an_entry_leads_to_its_proof_once_the_log_has_it(client: Client, published: Plan) -> None:
    """Also for whoever has the page from before: nothing was published since."""
    assert "prueba.json" not in read(client)
    grow(at=timezone.now())
    page = read(client)
    assert '<a href="/m/puno/registro/3/prueba.json">Hoja 2 del registro del portal' in page
    assert page.count("prueba.json") == 3
    again = client.get(ADDRESS, headers={"if-none-match": client.get(ADDRESS)["ETag"]})
    assert again.status_code == 304


def test_what_was_entered_on_another_day_says_so(
    client: Client, puno_plan: Plan, planner: User
) -> None:
    assert "asentado el" not in read(client)
    total = report_everything(puno_plan, planner, simulated=False)
    enter_missing(puno_plan.municipality)
    Municipality.objects.let_pages_know()
    assert read(client).count("asentado el") == total == 16


def test_what_is_simulated_says_so(client: Client, puno_plan: Plan, planner: User) -> None:
    report_everything(puno_plan, planner)
    enter_missing(puno_plan.municipality)
    page = read(client)
    assert '<meta name="robots" content="noindex">' in page
    assert "Avances simulados para demostración" in page
    assert page.count("simulado ·") == LedgerEntry.objects.filter(simulated=True).count() > 0
    assert ADDRESS not in read(client, "/sitemap-registros.xml")


def test_a_long_ledger_has_pages(
    client: Client, published: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_ledger, "PAGE_SIZE", 1)
    assert [line[0] for line in listed(read(client))] == ["3"]
    page = read(client, f"{ADDRESS}?pagina=3")
    assert [line[0] for line in listed(page)] == ["1"]
    assert "página 3 de 3" in page
    assert LedgerEntry.objects.latest("number").chain in page


def test_its_table_is_all_that_it_takes_to_compute_it_again(
    client: Client, published: Plan
) -> None:
    answer = client.get(f"{ADDRESS}?formato=csv")
    assert 'filename="puno-registro.csv"' in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    previous = GENESIS
    for number, row in enumerate(rows, start=1):
        assert (row["numero"], row["anterior"]) == (str(number), previous)
        previous = hashlib.sha256(row["texto"].encode()).hexdigest()
        assert row["codigo"] == previous
        for name in ("anterior", "contenido", "registrado", "acto", "oficina"):
            assert f'"{name}":"{row[name]}"' in row["texto"]
    assert previous == LedgerEntry.objects.latest("number").chain


def test_the_content_of_an_entry_gives_its_digest(client: Client, published: Plan) -> None:
    for entry in LedgerEntry.objects.all():
        address = f"{ADDRESS}{entry.number}.json"
        assert f'<a href="{address}">' in read(client)
        answer = client.get(address)
        assert answer["Content-Type"] == "application/json"
        assert hashlib.sha256(answer.content).hexdigest() == entry.digest
    said = answer.json()
    assert (said["que_se_hizo"], said["paso"]) == (NARRATIVE, 2)
    assert "planner" not in answer.content.decode()


def test_what_a_plan_says_gives_the_digest_that_was_entered_of_it(
    client: Client, puno_plan: Plan
) -> None:
    elect(puno_plan)
    texts, document = "/m/puno/2019-2022/textos.json", "/m/puno/2019-2022/documento/?formato=texto"
    number = LedgerEntry.objects.get(act=LedgerAct.PLAN).number
    entered = client.get(f"{ADDRESS}{number}.json").json()
    assert read(client).count(f'<a href="{texts}">') == 1
    for name, address in (("textos", texts), ("documento", document)):
        assert hashlib.sha256(client.get(address).content).hexdigest() == entered[name]


def test_only_the_newest_version_of_a_plan_leads_to_what_it_says(
    client: Client, published: Plan, planner: User
) -> None:
    published.note = "Otra nota"
    save_plan(published, by=planner)
    (linked,) = (row for row in re.split("<li id=", read(client)) if "textos.json" in row)
    assert linked.startswith('"asiento-4"')


def test_a_withheld_support_leaves_only_digests(
    client: Client, puno: Municipality, published: Plan, planner: User, reporter: User
) -> None:
    open_window(puno, FIRST.next)
    begun = draft(published_element(published), FIRST.next, reporter)
    link = sustain(begun, "Padrón de Rosa Quispe", url="https://puno.example/rosa-quispe")
    report = publish(begun, by=planner)
    withhold(report.supports.get(), "Lleva DNI.", by=planner)
    said = client.get(f"{ADDRESS}4.json").json()
    assert [each["codigo"] for each in said["sustentos"]] == [link.sha256]
    for number in (4, 5):
        assert "uispe" not in read(client, f"{ADDRESS}{number}.json")


def test_what_was_withdrawn_from_the_plan_is_not_repeated(client: Client, published: Plan) -> None:
    PlanElement.objects.filter(ref="S.1.1.1").update(until_version=1)
    assert "3: Informe 2019-I de S.1.1.1, Gerencia de Obras" in listed(read(client))


def published_element(plan: Plan) -> PlanElement:
    return element_of(plan, "S.1.1.1", plan.municipality.units.get())


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999"])
def test_the_content_of_no_entry_is_a_404(client: Client, published: Plan, number: str) -> None:
    assert client.get(f"{ADDRESS}{number}.json").status_code == 404


def test_what_is_no_longer_published_is_not_given(client: Client, published: Plan) -> None:
    Plan.objects.update(version=0)
    answer = client.get(f"{ADDRESS}2.json")
    assert answer.status_code == 404
    assert "El asiento n.º 2 existe, y lo que se asentó en él ya no está" in answer.text
    assert "mal copiado" not in answer.text


def test_a_municipality_without_publications_has_an_empty_one(
    client: Client, lamas: Municipality
) -> None:
    assert "todavía no ha publicado nada" in read(client, "/m/lamas/registro/")
    assert "/m/lamas/registro/" not in read(client, "/m/lamas/")


def test_its_municipality_leads_to_it(client: Client, puno_plan: Plan) -> None:
    assert f'<a href="{ADDRESS}">' in read(client, "/m/puno/")


def test_what_is_not_there_is_a_404(client: Client, db: None) -> None:
    assert client.get("/m/nada/registro/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    client: Client,
    puno_plan: Plan,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(7):
        client.get(ADDRESS)
    report_everything(puno_plan, planner)
    enter_missing(puno_plan.municipality)
    Municipality.objects.let_pages_know()
    with django_assert_num_queries(7):
        client.get(ADDRESS)
