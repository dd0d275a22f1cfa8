"""What others did while a row of the sheet was typed in."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from plans.choices import MeasureKind
from plans.models import PlanElement
from tests.factories import state
from tests.tracking.office.sent import draft, publish, send
from tests.tracking.office.sheets import (
    SHEET,
    fields_of,
    one_row,
    read,
    save,
    sent_by,
    stored,
    with_typed,
)
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("with_htmx", [False, True])
def test_who_comes_second_sees_what_the_first_saved_beside_what_they_typed(
    browser: Client, activity: PlanElement, planner: User, with_htmx: bool
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Lo mío.")
    theirs: Any = {"difficulties": "Faltó cemento.", "next_steps": "Comprarlo en julio."}
    draft(activity, planner, step=3, narrative="Lo <suyo>.", **theirs)
    answer = one_row(browser, fields, activity) if with_htmx else save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Otra persona guardó esta fila mientras usted escribía." in page
    assert "entregado en parte" in page
    assert "Lo &lt;suyo&gt;." in page
    assert "Faltó cemento." in page
    assert "Comprarlo en julio." in page
    assert planner.email in page
    again = sent_by(page) | {"as_of": ["2019-06-30"]}
    assert again[f"r{activity.pk}-narrative"] == ["Lo mío."]
    assert again[f"r{activity.pk}-step"] == ["2"]
    first = stored(activity)
    assert first
    assert first.narrative == "Lo <suyo>."
    one_row(browser, again, activity) if with_htmx else save(browser, again)
    second = stored(activity)
    assert second
    assert (second.step, second.narrative) == (2, "Lo mío.")


def test_what_was_sent_meanwhile_is_kept_to_be_copied(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    mine = {"narrative": "Lo mío.", "difficulties": "Llovió.", "next_steps": "Seguir."}
    fields = with_typed(fields_of(read(browser)), activity, step="2", **mine)
    send(activity, reporter, narrative="Lo enviado.")
    page = save(browser, fields).content.decode()
    assert "Usted guardó esta fila en otra ventana." in page
    assert "Lo que usted escribió, para copiarlo" in page
    again = fields_of(page)
    for name, text in mine.items():
        assert again[f"r{activity.pk}-{name}"] == [text]
    answer = save(browser, again)
    assert answer.status_code == 422
    for name, text in mine.items():
        assert fields_of(answer.content.decode())[f"r{activity.pk}-{name}"] == [text]
    after = stored(activity)
    assert after
    assert after.narrative == "Lo enviado."


@pytest.mark.parametrize("with_htmx", [False, True])
def test_what_was_published_meanwhile_says_that_a_correction_is_due(
    browser: Client, activity: PlanElement, reporter: User, planner: User, with_htmx: bool
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Lo mío.")
    publish(activity, reporter, planner)
    answer = one_row(browser, fields, activity) if with_htmx else save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "lo que cambie va en una corrección" in page
    assert sent_by(page)[f"r{activity.pk}-narrative"] == ["Lo mío."]


def test_terms_that_changed_meanwhile_are_told_and_the_text_stays(
    browser: Client, activity: PlanElement, planner: User
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, step="2", narrative="Lo mío.")
    state(activity, planner, kind=MeasureKind.PERMANENT)
    answer = save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La forma de medir esta promesa cambió mientras usted escribía" in page
    again = fields_of(page)
    assert again[f"r{activity.pk}-narrative"] == ["Lo mío."]
    assert save(browser, with_typed(again, activity, done="1", required="2")).status_code == 302
    after = stored(activity)
    assert after
    assert (after.step, after.done, after.narrative) == (None, 1, "Lo mío.")


def test_a_row_that_left_the_page_gives_its_text_back(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, narrative="Se lo llevaron <hoy>.")
    activity.responsibility_set.all().delete()
    answer = save(browser, fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Escribió en filas que ya no están en esta página." in page
    assert "Se lo llevaron &lt;hoy&gt;." in page
    assert not ProgressReport.objects.exists()


def test_what_was_being_typed_when_the_session_ended_fills_the_rows(
    browser: Client, activity: PlanElement, reporter: User
) -> None:
    address = f"{SHEET}?filas=abiertas"
    fields = with_typed(
        fields_of(browser.get(address).content.decode()), activity, narrative="A medias"
    )
    del browser.cookies["sessionid"]
    answer = save(browser, fields, address)
    assert answer.status_code == 302
    browser.force_login(reporter)
    page = browser.get(address).content.decode()
    assert "Recuperamos lo que había escrito" in page
    again = fields_of(page)
    assert again[f"r{activity.pk}-narrative"] == ["A medias"]
    assert not ProgressReport.objects.exists()
    assert save(browser, again, address).status_code == 302
    assert stored(activity)
    assert "Recuperamos" not in browser.get(address).content.decode()
