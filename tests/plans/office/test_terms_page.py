"""Stating how one promise is measured, on its own page."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from plans.forms.terms import tell
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.services.editing import state_terms
from tests.conftest import SignIn
from tests.forms import drawn_with
from tests.pages import errors_of

pytestmark = pytest.mark.django_db
# The door's four, the plan, the element, its terms, its units, the next one without a kind,
# the districts, the menu's notices.
QUERIES = 10


def place(ref: str) -> str:
    return reverse("office_plans:terms", args=["puno", "2019-2022", ref])


PAGE = place("S.1.1.2")


def sent(**fields: Any) -> dict[str, Any]:
    """What the browser sends when planning fills in the target, of which version 1 rules."""
    return {
        "seen": "1",
        "kind": "variacion",
        "goal": "50",
        "unit_of_measure": "%",
        "nature": "medida",
        "direction": "disminuir",
        "verification_source": "Padrón nominal",
        "baseline": "31.5",
        "baseline_source": "ENDES 2018",
        "schedule-2019-I": "5",
        "schedule-2019-II": "12.50",
        "milestones-2022-II": "15.75",
        "in_force_from": timezone.localdate().isoformat(),
        "reason": "Lo pidió el concejo",
        **fields,
    }


def test_what_is_stated_is_the_next_version(
    browser: Client, target: PlanElement, planner: User
) -> None:
    answer = browser.post(PAGE, sent(), follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    (message,) = answer.context["messages"]
    assert "rige la versión 2." in str(message)
    terms = target.terms.get(version=2)
    assert terms.by == planner
    assert {name: getattr(terms, name) for name in ("kind", "direction", "unit_of_measure")} == {
        "kind": "variacion",
        "direction": "disminuir",
        "unit_of_measure": "%",
    }
    assert (terms.goal, terms.baseline) == (Decimal(50), Decimal("31.5"))
    assert terms.schedule == {"2019-I": "5", "2019-II": "12.5"}
    assert terms.milestones == {"2022-II": "15.75"}
    assert (terms.baseline_source, terms.verification_source) == ("ENDES 2018", "Padrón nominal")


def test_the_form_begins_with_what_rules(browser: Client) -> None:
    browser.post(PAGE, sent())
    form = browser.get(PAGE).context["form"]
    assert form["kind"].value() == "variacion"
    assert form["goal"].value().text == "50"
    assert form["schedule-2019-II"].value().text == "12.5"
    assert form["schedule-2020-I"].value().text == ""
    assert form["reason"].value() == ""
    assert form["seen"].value() == 2


def test_every_version_is_shown_with_what_it_changed(browser: Client) -> None:
    browser.post(PAGE, sent())
    newest, oldest = browser.get(PAGE).context["versions"]
    assert (newest.terms.version, oldest.terms.version) == (2, 1)
    assert [(each.name, each.before, each.after) for each in newest.differences] == [
        ("valor de la meta", "", "50 %"),
        ("sentido", "", "Disminuir"),
        ("qué cifra es", "", "Medida, tasa o razón: desde 0, y puede pasar de 100 %"),
        ("línea de base", "", "31.5"),
        ("fuente de la línea de base", "", "ENDES 2018"),
        ("hitos por semestre", "", "2022-II: 15.75"),
        ("cronograma", "", "2019-I: 5 %, 2019-II: 12.5 %"),
        ("medio de verificación", "", "Padrón nominal"),
    ]


def test_a_delivery_is_stated_by_its_parts(browser: Client, puno_plan: Plan) -> None:
    delivery = {
        "seen": "0",
        "kind": "entrega",
        "parts": "Posta de Coata\n\n Posta de Capachica ",
        "schedule-2020-I": "50",
        "in_force_from": "2019-01-01",
        "reason": "Son dos",
    }
    assert browser.post(place("S.1.1.1"), delivery).status_code == 302
    terms = puno_plan.elements.get(ref="S.1.1.1").terms.get()
    assert terms.parts == ["Posta de Coata", "Posta de Capachica"]
    assert terms.stated == [
        ("clase", "Entrega"),
        ("cronograma", "2020-I: 50 %"),
        ("partes", "Posta de Coata, Posta de Capachica"),
    ]


def test_a_guideline_is_followed_from_then_on(browser: Client, puno_plan: Plan) -> None:
    followed = puno_plan.elements.reportable().filter(ref="L")
    assert "no se sigue todavía" in browser.get(place("L")).content.decode()
    assert not followed.exists()
    terms = {"seen": "0", "kind": "permanente", "in_force_from": "2019-01-01", "reason": "x"}
    assert browser.post(place("L"), terms).status_code == 302
    assert "no se sigue todavía" not in browser.get(place("L")).content.decode()
    assert followed.exists()


def test_a_change_without_a_baseline_says_what_will_be_shown(browser: Client) -> None:
    browser.post(PAGE, sent(baseline="", baseline_source=""))
    assert "El valor se mostrará solo, hasta que haya" in browser.get(PAGE).content.decode()


def test_the_next_one_without_a_kind_is_at_hand(browser: Client) -> None:
    assert browser.get(PAGE).context["next"].ref == "S.1.1.1"
    assert browser.get(place("L")).context["next"].ref == "S.1.1.1"
    assert browser.get(place("S.1.1.1")).context["next"] is None


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"kind": "otra"}, "kind", "otra"),
        ({"nature": ""}, "nature", "qué % es"),
        ({"tolerance": "-1"}, "tolerance", "No puede ser negativo"),
        ({"goal": "1,500"}, "goal", "Elija qué quiso decir"),
        ({"goal": "20 %", "unit_of_measure": "casos"}, "goal", "no va un porcentaje"),
        ({"baseline": "-5"}, "baseline", "Solo puede ser negativo si"),
        ({"schedule-2019-II": "4"}, "schedule-2019-II", "no baja"),
        ({"schedule-2019-II": "140"}, "schedule-2019-II", "No puede pasar de 100 %"),
        ({"in_force_from": "2001-01-01"}, "in_force_from", "elija ese día o uno posterior"),
        ({"in_force_from": "ayer"}, "in_force_from", "fecha válida"),
        ({"reason": "a" * 301}, "reason", "300"),
        ({"verification_source": "\x00"}, "verification_source", "nulos"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field_and_nothing_is_lost(
    browser: Client, target: PlanElement, fields: dict[str, str], field: str, reason: str
) -> None:
    answer = browser.post(PAGE, sent(**fields))
    errors = errors_of(answer)
    assert errors.keys() == {field}
    assert reason in errors[field][0]
    assert answer.context["form"]["baseline"].value().text == sent(**fields)["baseline"]
    assert target.terms.count() == 1


def test_a_schedule_waits_for_the_goal_that_decides_its_unit(browser: Client) -> None:
    """Without a goal a delivery would be planned in steps, and 20 is none."""
    delivery = sent(kind="entrega", goal="1,500", unit_of_measure="docentes")
    errors = errors_of(browser.post(PAGE, {**delivery, "schedule-2019-II": "20"}))
    assert errors.keys() == {"goal"}


def test_a_figure_in_doubt_is_taken_once_it_is_confirmed(
    browser: Client, target: PlanElement
) -> None:
    change = sent(goal="12,5")
    shown = browser.post(PAGE, change).context["form"]["goal"].value()
    (option,) = shown.options
    assert browser.post(PAGE, {**change, "goal_como": option.value}).status_code == 302
    assert target.terms.get(version=2).goal == Decimal("12.5")


def test_the_same_again_is_refused(browser: Client, target: PlanElement) -> None:
    browser.post(PAGE, sent())
    errors = errors_of(browser.post(PAGE, sent(seen="2", reason="Otra vez")))
    assert errors == {"__all__": ["Es igual a la forma de medir que ya rige."]}
    assert target.terms.count() == 2


def test_a_form_sent_twice_is_one_version(browser: Client, target: PlanElement) -> None:
    browser.post(PAGE, sent())
    assert errors_of(browser.post(PAGE, sent())).keys() == {"__all__"}
    assert target.terms.count() == 2


@pytest.mark.parametrize("seen", ["", "0", "abc", "99"])
def test_a_form_that_saw_another_version_is_stopped(
    browser: Client, target: PlanElement, seen: str
) -> None:
    assert "__all__" in errors_of(browser.post(PAGE, sent(seen=seen)))
    assert target.terms.count() == 1


def test_the_second_of_two_is_told_sees_what_rules_and_keeps_what_they_typed(
    browser: Client, target: PlanElement, colleague: User, signed_in: SignIn
) -> None:
    signed_in(colleague).post(PAGE, sent(goal="40"))
    answer = browser.post(PAGE, sent(goal="60"))
    (reason,) = errors_of(answer)["__all__"]
    assert "Otra persona cambió" in reason
    page = answer.content.decode()
    assert "Lo que rige ahora: versión 2" in page
    assert "40 %" in page
    form = answer.context["form"]
    assert form["goal"].value().text == "60"
    assert target.terms.count() == 2
    again = browser.post(PAGE, sent(goal="60", seen=form["seen"].value()))
    assert again.status_code == 302
    assert target.terms.get(version=3).goal == 60


def test_who_is_outrun_between_check_and_writing_is_told_as_well(
    browser: Client, target: PlanElement, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague's terms land after the form read the newest version, before the lock."""

    def tell_and_let_a_colleague_in(*args: Any) -> None:
        tell(*args)
        theirs = MeasuringTerms(
            element=target, in_force_from=timezone.localdate(), reason="x", kind="entrega"
        )
        state_terms(theirs, by=colleague)

    monkeypatch.setattr("plans.forms.promise.tell", tell_and_let_a_colleague_in)
    answer = browser.post(PAGE, sent())
    assert "Otra persona cambió" in errors_of(answer)["__all__"][0]
    assert answer.context["versions"][0].terms.version == 2
    assert answer.context["form"]["seen"].value() == "2"
    assert target.terms.count() == 2


def test_what_is_stated_reaches_the_public_page(browser: Client, target: PlanElement) -> None:
    browser.post(PAGE, sent())
    page = Client().get(target.get_absolute_url()).content.decode()
    assert "Cronograma: 2019-I: 5\u00a0%, 2019-II: 12.5\u00a0%" in page
    assert "Lo pidió el concejo" in page


def test_the_first_terms_reach_the_public_page_whole(browser: Client, puno_plan: Plan) -> None:
    stated = {"seen": "0", "kind": "entrega", "parts": "Posta de Coata", "reason": "Es una"}
    browser.post(place("S.1.1.1"), {**stated, "in_force_from": "2019-01-01"})
    activity = puno_plan.elements.get(ref="S.1.1.1")
    page = Client().get(activity.get_absolute_url()).content.decode()
    assert "Clase: Entrega · Partes: Posta de Coata" in page


def test_what_was_withdrawn_has_no_page(browser: Client, target: PlanElement) -> None:
    PlanElement.objects.filter(pk=target.pk).update(until_version=1)
    assert browser.get(PAGE).status_code == 404


def test_it_asks_the_same_whatever_the_number_of_versions(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)
    browser.post(PAGE, sent())
    browser.get(PAGE)  # the message goes
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)


def test_what_was_typed_when_the_session_ended_is_offered_again(
    planner: User, puno_plan: Plan, signed_in: SignIn
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(planner)
    drawn = drawn_with(client.get(PAGE))
    client.session.flush()
    client.post(PAGE, {**sent(goal="45"), **drawn})
    client.force_login(planner)
    page = client.get(PAGE)
    assert page.context["form"]["goal"].value().text == "45"
    assert "Recuperamos lo que había escrito" in page.content.decode()


def kept_of(page: str) -> list[str]:
    """What stays in sight whatever the kind, by the first field in it."""
    return re.findall(r'of-kinds [^"]* kept">.*?name="([^"]+)"', page, re.DOTALL)


def test_what_says_something_stays_in_sight_when_the_kind_does_not_ask_it(
    browser: Client, target: PlanElement
) -> None:
    empty = {"goal": "", "baseline": "", "direction": "", "unit_of_measure": "", "nature": ""}
    empty |= {"baseline_source": "", "schedule-2019-I": "", "schedule-2019-II": ""}
    fields = sent(kind="permanente", parts="Posta de Coata", **empty)
    answer = browser.post(PAGE, fields)
    assert errors_of(answer).keys() == {"parts"}
    assert kept_of(answer.content.decode()) == ["parts", "milestones-2019-I"]
