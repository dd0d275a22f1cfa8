"""Bringing a plan in from a browser: sending, mending in place, comparing, publishing."""

import json
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.choices import ImportState
from plans.forms.imports import LARGEST_FILE
from plans.importers.faults import WHOLE, Fault, FileRefused
from plans.importers.formats import OLE, Format, format_of
from plans.importers.mending.quoting import word_starts
from plans.importers.outline import Doubt, DoubtKind
from plans.models import Plan, PlanImport
from plans.source_text import SourceText
from tests.conftest import SignIn
from tests.pages import errors_of, told
from tests.plans.importers.mended import LINES, SPARE, outline_of
from tests.plans.importers.summaries import summary
from tests.plans.office.drafts import OBJECTIVE, TARGET, TWO, at, items, mend
from tests.plans.sent import PROVENANCE, send

pytestmark = pytest.mark.django_db
SEND = reverse("office_plans:imports", args=["puno"])
READER = "plans.services.imports.read_own_plan"


def typed(**fields: Any) -> dict[str, Any]:
    return {"pasted": "Plan\n", "term": "2027-2030", "organization": "", **fields}


def test_a_pasted_text_becomes_a_draft(mine: Client) -> None:
    with patch(READER, return_value=outline_of()):
        answer = mine.post(SEND, typed(organization="Lista de Puno"))
    draft = PlanImport.objects.get()
    assert answer["Location"] == at(draft)
    assert (draft.state, draft.organization, bytes(draft.content)) == (
        ImportState.READY,
        "Lista de Puno",
        b"Plan\n",
    )
    page = mine.get(at(draft)).content.decode()
    assert "No queda nada por mirar" in page
    assert LINES[3][-1] in page


@pytest.mark.usefixtures("infected")
def test_what_the_antivirus_knows_is_not_read(mine: Client) -> None:
    answer = mine.post(SEND, typed(pasted="", file=SimpleUploadedFile("plan.txt", b"Plan\n")))
    assert "programa dañino (Eicar)" in str(errors_of(answer)["file"])
    assert not PlanImport.objects.exists()


def test_of_another_list_it_is_a_plan_of_its_own(mine: Client, draft: PlanImport) -> None:
    mine.post(at(draft, "import_publish"), {"revision": 1, "version": 0})
    with patch(READER, return_value=outline_of()):
        mine.post(SEND, typed(organization="Alianza por Puno", is_of_a_list="on"))
    other = PlanImport.objects.get(state=ImportState.READY)
    PlanImport.objects.filter(pk=other.pk).update(provenance=PROVENANCE)
    mine.post(at(other, "import_publish"), {"revision": 1, "version": 0})
    plan = Plan.objects.get(in_force=False)
    assert (plan.list_slug, plan.organization) == ("alianza-por-puno", "Alianza por Puno")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pasted": ""}, "file"),
        ({"file": SimpleUploadedFile("plan.txt", b"x")}, "pasted"),
        ({"pasted": "", "file": SimpleUploadedFile("vacio.pdf", b"")}, "file"),
        ({"pasted": "", "file": SimpleUploadedFile("foto.jpg", b"\xff\xd8\x00\x00")}, "file"),
        ({"pasted": "", "file": SimpleUploadedFile("plan.doc", OLE)}, "file"),
        ({"pasted": "", "file": SimpleUploadedFile("plan.docx", b"PK\x03\x04cortado")}, "file"),
        ({"pasted": "", "file": SimpleUploadedFile("plan.txt", b"x" * (LARGEST_FILE + 1))}, "file"),
        ({"term": "1200-1203"}, "term"),
        ({"is_of_a_list": "on"}, "organization"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_plan_is_refused_and_nothing_typed_is_lost(
    mine: Client, fields: dict[str, Any], field: str
) -> None:
    given = typed() | fields
    answer = mine.post(SEND, given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["pasted"].value() == given["pasted"]
    assert not PlanImport.objects.exists()


def test_a_page_does_not_wait_for_a_pdf(mine: Client) -> None:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")
    mine.post(SEND, typed(pasted="", file=file))
    draft = PlanImport.objects.get()
    page = mine.get(at(draft))
    assert (page.status_code, page["Refresh"]) == (200, "5")
    assert "Se está leyendo" in page.content.decode()


def test_what_could_not_be_read_says_why_and_what_to_do(mine: Client) -> None:
    with patch(READER, side_effect=FileRefused([Fault(WHOLE, "plan.txt", "no tiene texto.")])):
        mine.post(SEND, typed())
    page = mine.get(at(PlanImport.objects.get()))
    assert "Refresh" not in page
    assert "plan.txt: no tiene texto." in page.content.decode()


def test_of_a_file_of_several_lists_one_is_chosen_and_read(mine: Client) -> None:
    place = {"txRegion": "PUNO", "txProvincia": "PUNO", "txDistrito": "PUNO"}
    plans = [summary(txOrganizacionPolitica=name, **place) for name in ("LISTA A", "LISTA B")]
    file = SimpleUploadedFile("planes.json", json.dumps(plans).encode())
    mine.post(SEND, typed(pasted="", file=file))
    draft = PlanImport.objects.get()
    assert "¿Cuál es su plan?" in mine.get(at(draft)).content.decode()
    mine.post(at(draft), {"lista": "LISTA C"})
    assert PlanImport.objects.get().lists == ["LISTA A", "LISTA B"]
    mine.post(at(draft), {"lista": "LISTA B"})
    draft = PlanImport.objects.get()
    assert (draft.state, draft.organization) == (ImportState.READY, "LISTA B")


def test_the_form_to_fill_in_is_one_that_is_read(mine: Client) -> None:
    content = mine.get(reverse("office_plans:import_form", args=["puno", "2027-2030"])).content
    assert format_of(content, "plan.xlsx") == Format.SHEET


def test_doubts_come_first_and_one_touch_settles_one(mine: Client, draft: PlanImport) -> None:
    page = mine.get(at(draft))
    assert [look.item.key for look in page.context["looked"]] == [TARGET, TWO]
    assert "2 cosas por mirar" in page.content.decode()
    answer = mend(mine, draft, TARGET, "bien", doubt=0, desde="lista")
    assert answer["Location"] == f"{at(draft)}#por-mirar"
    assert "1 cosa por mirar" in mine.get(at(draft)).content.decode()


def test_doubts_of_a_kind_are_settled_together(
    mine: Client, puno: Municipality, planner: User
) -> None:
    doubts = dict.fromkeys(range(4), DoubtKind.UNPAIRED)
    draft = send(puno, planner, outline=outline_of(doubts=doubts))
    mine.post(at(draft), {"alike": DoubtKind.UNPAIRED})
    assert not any(item.doubts for item in items(draft).values())


def test_what_is_doubted_of_the_whole_is_settled_by_what_it_says(
    mine: Client, puno: Municipality, planner: User
) -> None:
    """A number would settle another after a colleague's touch."""
    doubts = tuple(Doubt(DoubtKind.ASIDE, f"{words} " + "x" * 300) for words in ("Uno", "Dos"))
    draft = send(puno, planner, outline=replace(outline_of(), doubts=doubts))
    mine.post(at(draft), {"settle": doubts[0].reason})
    again = mine.post(at(draft), {"settle": doubts[0].reason}, follow=True)
    assert "Eso ya no está por mirar" in again.content.decode()
    assert mine.get(at(draft)).context["desk"].whole_doubts == doubts[1:]


def test_a_figure_of_the_text_is_taken_at_a_touch(mine: Client, draft: PlanImport) -> None:
    looked = mine.get(at(draft)).context["looked"][0]
    assert [each.label for each in looked.figures] == ["50 %"]
    mend(mine, draft, TARGET, "cifra", goal="50", unit_of_measure="%")
    terms = items(draft)[TARGET].terms
    assert (terms.goal, terms.unit_of_measure) == (50, "%")
    assert not items(draft)[TARGET].doubts


def test_a_figure_taken_at_a_touch_leaves_what_else_was_understood(
    mine: Client, draft: PlanImport
) -> None:
    mend(mine, draft, TARGET, "cifra", goal="50", unit_of_measure="%", direction="disminuir")
    mend(mine, draft, TARGET, "cifra", goal="50", unit_of_measure="%")
    assert items(draft)[TARGET].terms.direction == "disminuir"
    mend(mine, draft, TARGET, "cifra", goal="50", unit_of_measure="%", direction="")
    assert items(draft)[TARGET].terms.direction == ""


def test_a_baseline_is_one_that_the_text_prints(mine: Client, draft: PlanImport) -> None:
    mend(mine, draft, TWO, "cifra", goal="12", unit_of_measure="botiquines", baseline="3")
    terms = items(draft)[TWO].terms
    assert (terms.baseline, draft.faults) == (3, [])
    answer = mend(mine, draft, TWO, "cifra", goal="12", unit_of_measure="", baseline="7")
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["baseline"])
    assert items(draft)[TWO].terms == terms


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"goal": "51", "unit_of_measure": "%"}, "goal"),
        ({"goal": "50", "unit_of_measure": "%", "milestone_2028": "20"}, "milestone_2028"),
        ({"goal": "50", "unit_of_measure": "%", "milestone_2028": "50 km"}, "milestone_2028"),
        ({"goal": "50", "unit_of_measure": "%", "milestone_2028": "1,500"}, "milestone_2028"),
        ({"goal": "", "unit_of_measure": "%", "is_each_year": "on"}, "is_each_year"),
        ({"kind": "no verificable", "milestone_2028": "50"}, "milestone_2028"),
        ({"goal": "1,500", "unit_of_measure": "%"}, "goal"),
        ({"goal": "50", "unit_of_measure": "%", "kind": "nivel"}, "nature"),
        ({"goal": "50 %", "unit_of_measure": "km"}, "goal"),
    ],
)
def test_a_figure_follows_the_rules_of_every_form(
    mine: Client, draft: PlanImport, given: dict[str, str], field: str
) -> None:
    answer = mend(mine, draft, TARGET, "cifra", **given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert items(draft)[TARGET].terms is None


def test_each_control_mends(mine: Client, draft: PlanImport) -> None:
    source = SourceText(draft.text)
    word = next(n for n, word in word_starts(items(draft)[TWO], source) if word == "equipar")
    mend(mine, draft, TWO, "cortar", at=word)
    assert items(draft)[TWO].statement == "Construir 3 postas y"
    following = max(items(draft))
    mend(mine, draft, TWO, "unir", following=following)
    assert items(draft)[TWO].statement == LINES[4][-1]
    mend(mine, draft, TWO, "orden", by="-1")
    assert list(items(draft)) == [1, 2, 3, TWO, TARGET, 6]
    mend(mine, draft, OBJECTIVE, "nivel", level="activity:proyecto")
    assert items(draft)[OBJECTIVE].kind == "proyecto"
    mend(mine, draft, TWO, "colgar", parent="1")
    assert items(draft)[TWO].parent == 1
    mend(mine, draft, TWO, "descartar", reason="sobra")
    assert TWO not in items(draft)
    mine.post(at(draft), {"restore": TWO})
    assert TWO in items(draft)
    steps = draft.steps.count()
    mine.post(at(draft, "import_undo"), {"paso": draft.revision})
    assert (TWO in items(draft), draft.steps.count()) == (False, steps + 1)


def test_a_heading_that_the_document_does_not_print_is_the_forms(
    mine: Client, draft: PlanImport
) -> None:
    mine.post(at(draft), {"kind": "economica"})
    mine.post(at(draft), {"kind": "economica"})  # once is enough
    key, heading = list(items(draft).items())[-1]
    assert (heading.statement, heading.spans, len(items(draft))) == ("Dimensión económica", [], 7)
    mend(mine, draft, 6, "nivel", level="objective")
    mend(mine, draft, 6, "colgar", parent=key)
    assert (items(draft)[6].parent, draft.faults) == (key, [])
    assert mine.get(at(draft, "import_item", key)).status_code == 200


def test_what_a_page_sends_back_is_read_however_long_the_document_is(
    mine: Client, puno: Municipality, planner: User
) -> None:
    draft = send(puno, planner, outline=outline_of(preface="x " * 1000))
    PlanImport.objects.update(revision=1500)
    source = SourceText(draft.text)
    at_word = word_starts(items(draft)[TWO], source)[1][0]
    page = mine.get(at(draft, "import_item", TWO)).content.decode()
    assert f'name="at" value="{at_word}"' in page
    assert 'name="visto" value="1500"' in page


def test_a_text_is_added_from_the_document(mine: Client, draft: PlanImport) -> None:
    address = at(draft, "import_source")
    assert SPARE in mine.get(address).content.decode()
    given = {"words": SPARE, "level": "guideline", "parent": ""}
    assert mine.post(address, given).status_code == 302
    assert SPARE in {item.statement for item in items(draft).values()}
    answer = mine.post(address, given | {"words": "Que no está"})
    assert (answer.status_code, answer.context["form"]["words"].value()) == (422, "Que no está")


def test_the_second_of_two_is_told_and_keeps_what_they_chose(
    mine: Client, draft: PlanImport, colleague: User, signed_in: SignIn
) -> None:
    mend(signed_in(colleague), draft, TWO, "nivel", level="objective")
    answer = mend(mine, draft, TWO, "descartar", reason="sobra")
    assert answer.status_code == 409
    (told,) = answer.context["form"].errors["__all__"]
    assert "colleague@puno.pe" in told
    assert "Objetivo" in told
    assert answer.context["look"].drop["reason"].value() == "sobra"
    draft.refresh_from_db()
    assert mend(mine, draft, TWO, "descartar", reason="sobra").status_code == 302


def test_what_a_colleague_took_away_is_said(
    mine: Client, draft: PlanImport, colleague: User, signed_in: SignIn
) -> None:
    mend(signed_in(colleague), draft, TWO, "descartar", reason="sobra")
    answer = mend(mine, draft, TWO, "bien", doubt=0)
    assert "colleague@puno.pe: Descartó" in mine.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("paso", "given"),
    [
        ("nivel", {"level": "x"}),
        ("colgar", {"parent": "99"}),
        ("cortar", {"at": "1"}),
        ("unir", {"following": "1"}),
        ("pareja", {"ref": "Z.9"}),
        ("descartar", {"reason": ""}),
        ("bien", {"doubt": "7"}),
        ("orden", {"by": "1"}),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused(
    mine: Client, draft: PlanImport, paso: str, given: dict[str, str]
) -> None:
    assert mend(mine, draft, TWO, paso, **given).status_code == 422
    draft.refresh_from_db()
    assert draft.revision == 1


def test_what_no_page_offered_to_bring_back_is_refused(mine: Client, draft: PlanImport) -> None:
    again = mine.post(at(draft), {"restore": "9" * 5000}, follow=True)
    assert told(again) == ["Eso ya no está por mirar: así está ahora el borrador."]


def test_a_draft_is_of_its_municipality(
    draft: PlanImport, lamas: Municipality, outsider: User, signed_in: SignIn, operator: User
) -> None:
    own = reverse("office_plans:import", args=["lamas", draft.pk])
    assert signed_in(outsider).get(own).status_code == 404
    assert signed_in(operator).get(at(draft)).status_code == 200


@pytest.mark.parametrize("name", ["import", "import_source", "import_differences"])
def test_queries_do_not_grow(
    mine: Client,
    puno: Municipality,
    planner: User,
    name: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    few = send(puno, planner, outline=outline_of(doubts={3: DoubtKind.LEVEL}))
    many = send(puno, planner, content=b"otro",
                outline=outline_of(doubts=dict.fromkeys(range(6), DoubtKind.LEVEL)))  # fmt: skip
    mine.get(at(few, name))
    with django_assert_num_queries(QUERIES[name]):
        mine.get(at(few, name))
    with django_assert_num_queries(QUERIES[name]):
        mine.get(at(many, name))


QUERIES = {"import": 10, "import_source": 6, "import_differences": 7}
