"""Correcting a published text and withdrawing one, on the officers' own pages."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from plans.models import Plan, PlanElement
from plans.services.editing import save_element
from plans.services.publishing import add_document
from plans.version_notes import notes_of
from tests.factories import document_of
from tests.pages import errors_of, told, unescaped

pytestmark = pytest.mark.django_db


def page(name: str, ref: str = "S.1.1.2") -> str:
    return reverse(f"office_plans:{name}", args=["puno", "2019-2022", ref])


def sent(client: Client, ref: str = "S.1.1.2", **fields: Any) -> dict[str, Any]:
    """What the browser sends when nothing but FIELDS is touched."""
    form = client.get(page("correct", ref)).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | fields


def test_nothing_is_written_before_the_new_version_was_shown(
    browser: Client, target: PlanElement
) -> None:
    answer = browser.post(page("correct"), sent(browser, note="Dice Puno por Juliaca"))
    assert answer.status_code == 200
    assert "La versión 2 dirá" in unescaped(answer)
    assert "<ins>Dice Puno por Juliaca</ins>" in unescaped(answer)
    target.refresh_from_db()
    assert target.note == ""


def test_what_was_shown_is_published_as_the_next_version(
    browser: Client, target: PlanElement, planner: User
) -> None:
    fields = sent(browser, note="Dice Puno por Juliaca")
    form = browser.post(page("correct"), fields).context["form"]
    answer = browser.post(page("correct"), fields | {"previewed": form["previewed"].value()})
    assert answer.status_code == 302
    assert told(answer) == ["Se publicó la corrección de S.1.1.2."]
    target.refresh_from_db()
    assert (target.note, target.plan.version) == ("Dice Puno por Juliaca", 2)
    assert target.plan.versions.get(number=2).by == planner


def test_what_was_changed_after_it_was_shown_is_shown_again(
    browser: Client, target: PlanElement
) -> None:
    fields = sent(browser, note="Dice Puno")
    form = browser.post(page("correct"), fields).context["form"]
    fields |= {"note": "Dice Juliaca", "previewed": form["previewed"].value()}
    answer = browser.post(page("correct"), fields)
    assert "<ins>Dice Juliaca</ins>" in unescaped(answer)
    target.refresh_from_db()
    assert target.note == ""


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({}, "__all__", "No cambió nada"),
        ({"statement": "Lo que nadie escribió"}, "statement", "No está, palabra por palabra"),
        ({"lineas": "2"}, "lineas", "El texto está en la línea 5 del documento."),
    ],
)
def test_what_the_document_does_not_say_is_told_beside_its_field(
    browser: Client, target: PlanElement, fields: dict[str, str], field: str, reason: str
) -> None:
    errors = errors_of(browser.post(page("correct"), sent(browser, **fields)))
    assert errors.keys() == {field}
    assert reason in errors[field][0]


def test_whoever_comes_second_is_told_what_the_first_wrote(
    browser: Client, target: PlanElement, colleague: User
) -> None:
    fields = sent(browser, note="Lo mío")
    target.note = "Lo de otra persona"
    save_element(target, by=colleague)
    answer = browser.post(page("correct"), fields)
    assert "Lo de otra persona" in errors_of(answer)["__all__"][0]
    assert answer.context["form"]["note"].value() == "Lo mío"


@pytest.mark.parametrize(
    ("ref", "own", "others"),
    [
        ("S.1.1.2", {"indicator"}, {"activity_kind", "cui", "field"}),
        ("S.1.1.1", {"activity_kind", "cui"}, {"indicator", "lineas_indicador", "field"}),
        ("S.1", set(), {"indicator", "activity_kind", "cui", "field"}),
    ],
)
def test_a_text_has_the_fields_of_its_level(
    browser: Client, target: PlanElement, ref: str, own: set[str], others: set[str]
) -> None:
    drawn = browser.get(page("correct", ref)).context["form"].fields.keys()
    assert own <= drawn
    assert not others & drawn


def test_what_another_document_added_is_proven_there(
    browser: Client, puno_plan: Plan, planner: User
) -> None:
    source = document_of("Programa de huertos\n")
    day = dt.date(2020, 3, 2)
    added = add_document(puno_plan, source, added_on=day, added_by="Concejo", by=planner)
    element = PlanElement(
        plan=puno_plan,
        parent=puno_plan.elements.get(ref="S.1"),
        level="objective",
        ref="S.1.9",
        statement="Programa de huertos",
        spans=[[0, 19]],
        document=added,
    )
    save_element(element, by=planner)
    fields = sent(browser, "S.1.9", note="Del acuerdo")
    assert fields["lineas"] == "1"
    assert browser.post(page("correct", "S.1.9"), fields).status_code == 200


def test_the_lists_and_the_terms_page_lead_to_it(browser: Client, target: PlanElement) -> None:
    link = f'href="{page("correct")}"'
    assert link in unescaped(browser.get(page("terms")))
    elements = reverse("office_plans:elements", args=["puno", "2019-2022"])
    assert link in unescaped(browser.get(elements))


def test_a_text_is_withdrawn_with_what_hangs_from_it_and_its_reason(
    browser: Client, puno_plan: Plan
) -> None:
    assert set(errors_of(browser.post(page("withdraw", "S.1.1"), {}))) == {"reason"}
    answer = browser.post(page("withdraw", "S.1.1"), {"reason": "No está en el documento"})
    assert answer.status_code == 302
    assert not puno_plan.elements.current().filter(ref__startswith="S.1.1").exists()
    notes = notes_of(puno_plan.versions.get(number=2))
    assert notes[0].sentence == "se retiró: No está en el documento"


def test_what_was_withdrawn_is_not_corrected(browser: Client, puno_plan: Plan) -> None:
    browser.post(page("withdraw"), {"reason": "Sobra"})
    assert browser.get(page("correct")).status_code == 404
