"""The documents of a plan: the newest that was filed, those before it, and what added to it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.choices import ActivityKind, Level
from plans.importers.draft import PlanDraft
from plans.importers.faults import FileRefused
from plans.models import Passage, Plan, PlanElement, SourceDocument
from plans.services.editing import save_element
from plans.services.publishing import add_document, publish
from plans.verification import faults_of
from tests.factories import document_of, plan_draft
from tracking.ledger.kinds.plans import texts_of

pytestmark = pytest.mark.django_db
COVER = "Una portada más larga.\n"
DAY = dt.date(2020, 3, 12)


def with_a_cover(draft: PlanDraft, *without: str) -> PlanDraft:
    """DRAFT, but for the elements WITHOUT, of a document that has one line more."""
    moved = [
        replace(each, spans=[[start + len(COVER), end + len(COVER)] for start, end in each.spans])
        for each in draft.elements
        if each.ref not in without
    ]
    text = COVER + draft.document.text
    document = replace(document_of(text, draft.document.title), file_name="nuevo.txt")
    return replace(draft, document=document, elements=moved)


@pytest.fixture
def draft(puno: Municipality) -> PlanDraft:
    return plan_draft(puno)


@pytest.fixture
def plan(draft: PlanDraft) -> Plan:
    return publish(draft).plan


@pytest.fixture
def poi(plan: Plan, planner: User) -> SourceDocument:
    text = "Programa de huertos escolares\nSembrar 40 huertos\n"
    return add_document(
        plan, document_of(text), added_on=DAY, added_by="el Concejo Municipal", by=planner
    )


def of_the_poi(plan: Plan, poi: SourceDocument, planner: User) -> PlanElement:
    element = PlanElement(
        plan=plan,
        parent=plan.elements.get(ref="S.1.1"),
        level=Level.ACTIVITY,
        activity_kind=ActivityKind.PROGRAMME,
        ref="S.1.1.9",
        statement="Programa de huertos escolares",
        spans=[[0, 29]],
        document=poi,
    )
    save_element(element, by=planner)
    return element


def page_of(client: Client, path: str) -> str:
    response = client.get(f"/m/puno/2019-2022/{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_withdrawn_keeps_its_place_in_the_document_in_which_it_stood(
    plan: Plan, draft: PlanDraft, client: Client
) -> None:
    publish(with_a_cover(draft, "L"))
    plan = Plan.objects.get(pk=plan.pk)
    first, second = plan.documents.all()
    gone = plan.elements.get(ref="L")
    assert (gone.document, gone.spans) == (first, draft.elements[-1].spans)
    assert (plan.document, plan.elements.get(ref="S").document) == (second, second)
    assert list(faults_of(plan)) == []
    older = page_of(client, "documento/1/")
    assert 'href="/m/puno/2019-2022/documento/"' in older
    assert 'class="promise"' in older
    page = page_of(client, "L/")
    assert 'href="/m/puno/2019-2022/documento/1/#L6"' in page
    assert 'href="/m/puno/2019-2022/documento/1/"' in page_of(client, "documento/")


def test_the_older_document_stays_byte_for_byte(
    plan: Plan, draft: PlanDraft, client: Client
) -> None:
    publish(with_a_cover(draft))
    text = client.get("/m/puno/2019-2022/documento/1/?formato=texto").content
    assert text == draft.document.text.encode()
    assert client.get("/m/puno/2019-2022/documento/2/").status_code == 404
    assert client.get("/m/puno/2019-2022/documento/3/").status_code == 404


def test_the_document_that_comes_back_is_the_same_one(plan: Plan, draft: PlanDraft) -> None:
    publish(with_a_cover(draft, "L"))
    publish(draft)
    plan = Plan.objects.get(pk=plan.pk)
    assert plan.document.number == 1
    assert plan.documents.count() == 2
    assert plan.elements.get(ref="L").until_version is None
    assert list(faults_of(plan)) == []


def test_a_search_finds_only_what_the_newest_document_says(plan: Plan, draft: PlanDraft) -> None:
    publish(with_a_cover(draft))
    assert {each.document.number for each in Passage.objects.published().matching("Puno")} == {2}


def test_a_text_that_was_read_from_a_file_says_from_which(
    puno: Municipality, draft: PlanDraft, client: Client
) -> None:
    original = {"original_name": "plan.pdf", "original_sha256": "ab" * 32}
    plan = publish(replace(draft, document=replace(draft.document, **original))).plan
    assert (plan.document.original_name, plan.document.original_sha256) == ("plan.pdf", "ab" * 32)
    assert "ab" * 32 in page_of(client, "documento/")
    assert '"original_name":"plan.pdf"' in texts_of(plan)


def test_what_was_added_later_says_so_and_never_passes_for_the_plan(
    plan: Plan, poi: SourceDocument, planner: User, client: Client
) -> None:
    before = texts_of(plan)
    element = of_the_poi(plan, poi, planner)
    page = page_of(client, "S.1.1.9/")
    assert "añadido el 12 de marzo de 2020 por el Concejo Municipal" in page
    assert "Lo que ofreció la lista" not in page
    assert "Lista de Puno" not in page
    assert '"name":"el Concejo Municipal"' in page.replace('": "', '":"')
    assert "añadido el 12 de marzo de 2020" in page_of(client, "?ver=todo")
    assert "S.1.1.9" not in page_of(client, "documento/")
    assert 'id="S.1.1.9"' in page_of(client, "documento/2/")
    (row,) = [
        each for each in client.get("/api/v1/activities/").json()["results"] if each["added_on"]
    ]
    assert (row["ref"], row["added_by"]) == (element.ref, "el Concejo Municipal")
    assert list(faults_of(Plan.objects.get(pk=plan.pk))) == []
    assert '"anadido_el":"2020-03-12"' in texts_of(plan)
    assert "anadido" not in before


def test_it_is_proven_in_its_own_document(plan: Plan, poi: SourceDocument, planner: User) -> None:
    of_the_poi(plan, poi, planner)
    SourceDocument.objects.filter(pk=poi.pk).update(text=poi.text.replace("huertos", "Huertos"))
    assert list(faults_of(Plan.objects.get(pk=plan.pk))) == [
        "el documento no tiene el código de verificación con que se publicó.",
        "S.1.1.9 no está en el documento, en el lugar que nombra.",
    ]


def test_a_new_version_of_the_plan_leaves_it(
    plan: Plan, poi: SourceDocument, planner: User, draft: PlanDraft
) -> None:
    of_the_poi(plan, poi, planner)
    publish(with_a_cover(draft))
    assert plan.elements.get(ref="S.1.1.9").until_version is None
    taken = replace(draft.elements[-1], ref="S.1.1.9")
    with pytest.raises(FileRefused, match="use un código nuevo"):
        publish(replace(draft, elements=[*draft.elements, taken]))
    with pytest.raises(FileRefused, match="se añadió al plan"):
        publish(replace(draft, document=document_of(poi.text)))


def test_the_same_document_is_not_added_twice(
    plan: Plan, poi: SourceDocument, planner: User
) -> None:
    with pytest.raises(ValidationError, match="ya está en el plan"):
        add_document(plan, document_of(poi.text), added_on=DAY, added_by="otro", by=planner)


def test_each_document_costs_the_same(
    plan: Plan,
    poi: SourceDocument,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(6):
        page_of(client, "documento/2/")
