"""What the letter of a week says: from what to what, of what is public, and nothing else."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from plans.choices import MeasureKind
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.services.editing import state_terms, withdraw_elements
from tests.factories import make_unit
from tests.tracking.following.followed import Rosa
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.choices import FollowKind, Step
from tracking.following.letters import letter_of
from tracking.following.sections import Section
from tracking.models import Follow, LogHead, ProgressReport, SemesterWindow
from tracking.transparency.growing import grow

pytestmark = pytest.mark.django_db


def next_report(element: PlanElement, reporter: User, planner: User, **values: Any) -> Any:
    open_window(element.plan.municipality, FIRST.next)
    return publish(draft(element, FIRST.next, reporter, **values), by=planner)


def test_it_says_from_what_to_what_where_it_is_read_and_why_it_came(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    rosa.follows(FollowKind.PLAN)
    next_report(activity, reporter, planner, step=Step.RUNNING, narrative="Se  firmó\nel convenio.")
    (letter,) = rosa.told()
    assert letter.subject == "Novedades: El plan de gobierno de Puno, 2019–2022"
    said = letter.body
    assert "  Antes: No se sabe si va a tiempo (semestre 2019-I: en preparación)\n" in said
    assert "  Ahora: No se sabe si va a tiempo (semestre 2019-II: en ejecución)\n" in said
    assert "  Dice la municipalidad: «Se firmó el convenio.»\n" in said
    assert "  http://localhost:8000/m/puno/2019-2022/S.1.1.1/\n" in said
    assert "se pidió, y se confirmó, seguir lo de arriba" in said
    html = letter.alternatives[0].content
    assert "<b>No se sabe si va a tiempo (semestre 2019-II: en ejecución)</b>" in html
    assert 'href="http://localhost:8000/m/puno/2019-2022/S.1.1.1/"' in html


def test_whoever_keeps_it_holds_a_head_of_the_log(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    rosa.follows(FollowKind.PLAN)
    next_report(activity, reporter, planner)
    grow(at=timezone.now())
    (letter,) = rosa.told()
    head = LogHead.objects.get()
    assert (
        f"Registro de todo el portal, con {head.size} asientos: código\n{head.root}\n"
        in letter.body
    )
    assert "http://localhost:8000/metodologia/#pruebas" in letter.body
    assert f"<code>{head.root}</code>" in letter.alternatives[0].content


def test_nothing_is_sent_when_nothing_changed(rosa: Rosa, begun: ProgressReport) -> None:
    follow = rosa.follows(FollowKind.PLAN)
    Follow.objects.update(told_on=timezone.localdate() - dt.timedelta(7))
    assert rosa.told() == []
    follow.refresh_from_db()
    assert follow.told_on == timezone.localdate()


def test_what_was_told_is_not_told_again(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    rosa.follows(FollowKind.PLAN)
    next_report(activity, reporter, planner)
    assert len(rosa.told()) == 1
    assert rosa.told() == []


def test_two_reports_between_letters_are_one_change_from_the_first_to_the_last(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    rosa.follows(FollowKind.PROMISE)
    next_report(activity, reporter, planner, step=Step.RUNNING)
    open_window(activity.plan.municipality, FIRST.next.next)
    publish(draft(activity, FIRST.next.next, reporter, step=Step.PARTLY), by=planner)
    (letter,) = rosa.told()
    assert letter.body.count("Antes:") == 1
    assert "2019-I: en preparación" in letter.body
    assert "2020-I: entregado en parte" in letter.body
    assert "2019-II" not in letter.body


def test_a_correction_says_why(
    rosa: Rosa, begun: ProgressReport, reporter: User, planner: User
) -> None:
    rosa.follows(FollowKind.PROMISE)
    publish(correct(begun, "Faltó un dato", reporter, narrative="Con dato."), by=planner)
    (letter,) = rosa.told()
    assert "  Corregido: Faltó un dato\n" in letter.body
    assert "Antes:" not in letter.body


def test_a_report_that_did_not_come_by_its_day_is_a_change(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement
) -> None:
    windows = [
        open_window(activity.plan.municipality, each) for each in (FIRST.next, FIRST.next.next)
    ]
    today = timezone.localdate()
    SemesterWindow.objects.filter(pk__in=[each.pk for each in windows]).update(
        due_on=today - dt.timedelta(1), closes_on=today
    )
    rosa.follows(FollowKind.PROMISE)
    Follow.objects.update(told_on=today - dt.timedelta(7))
    (letter,) = rosa.told()
    assert "  Antes: No se sabe si va a tiempo (semestre 2019-I: en preparación)\n" in letter.body
    assert "  Ahora: No se sabe cómo va (último informe, semestre 2019-I" in letter.body


def test_goalposts_that_move_are_told(rosa: Rosa, target: PlanElement, planner: User) -> None:
    rosa = Rosa(target)
    terms = MeasuringTerms(element=target, kind=MeasureKind.DELIVERY, reason="Se entrega.")
    terms.in_force_from = timezone.localdate()
    rosa.follows(FollowKind.PROMISE)
    state_terms(terms, by=planner)
    (letter,) = rosa.told()
    assert "Clase: «Variación» → «Entrega»" in letter.body


def test_of_a_withdrawn_promise_the_letter_is_the_last(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, planner: User
) -> None:
    rosa.follows(FollowKind.PROMISE)
    withdraw_elements([activity], reason="Repetía otra", by=planner)
    (letter,) = rosa.told()
    assert "Se retiró: Repetía otra" in letter.body
    assert "con esta carta termina su seguimiento" in letter.body
    assert "Ahora:" not in letter.body
    assert not Follow.objects.exists()


def test_of_an_office_it_tells_what_it_answers_for_until_it_is_no_more(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, puno_unit: Unit,
    reporter: User, planner: User,
) -> None:  # fmt: skip
    other = make_unit(activity.plan.municipality, "Gerencia de Ambiente")
    rosa.follows(FollowKind.UNIT, unit=puno_unit)
    another = Rosa(activity, "juan@example.pe")
    another.follows(FollowKind.UNIT, unit=other)
    next_report(activity, reporter, planner)
    (letter,) = rosa.told()
    assert letter.to == [rosa.email]
    assert letter.body.count(puno_unit.name) == 1  # its title says whose promises they are
    Unit.objects.filter(pk=other.pk).update(closed_on=timezone.localdate())
    (letter,) = rosa.told()
    assert letter.to == [another.email]
    assert "La oficina se suprimió el" in letter.body


def test_of_a_word_it_tells_the_promises_that_say_it(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    word = max(activity.statement.split(), key=len)
    rosa.follows(FollowKind.WORDS, words=word)
    Rosa(activity, "juan@example.pe").follows(FollowKind.WORDS, words="ferrocarril")
    next_report(activity, reporter, planner)
    (letter,) = rosa.told()
    assert letter.to == [rosa.email]
    assert letter.subject == f"Novedades: Lo que dice «{word}» en los planes de Puno"


def test_what_several_things_have_of_news_is_one_letter(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, puno_unit: Unit,
    reporter: User, planner: User,
) -> None:  # fmt: skip
    rosa.follows(FollowKind.PROMISE)
    rosa.follows(FollowKind.UNIT, unit=puno_unit)
    next_report(activity, reporter, planner)
    (letter,) = rosa.told()
    assert letter.subject == "Novedades de 2 cosas que sigue"


def test_nothing_that_is_not_public_is_told(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    """A draft, who wrote, and a support, which may be withheld one day: a letter is kept."""
    rosa.follows(FollowKind.PLAN)
    open_window(activity.plan.municipality, FIRST.next)
    report = draft(activity, FIRST.next, reporter, narrative="Se firmó.")
    sustain(report, "Padrón con números de DNI")
    assert rosa.told() == []
    publish(report, by=planner)
    (letter,) = rosa.told()
    whole = letter.body + letter.alternatives[0].content
    for hidden in ("Padrón", reporter.email, planner.email):
        assert hidden not in whole


def test_an_unpublished_plan_is_told_of_to_nobody(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    rosa.follows(FollowKind.PLAN)
    next_report(activity, reporter, planner)
    Plan.objects.update(version=0)
    assert rosa.told() == []


def test_a_demonstration_says_so(rosa: Rosa, begun: ProgressReport, activity: PlanElement) -> None:
    follow = rosa.follows(FollowKind.PROMISE)
    section = Section("La promesa", "texto\n", "<p>texto</p>", is_simulated=True, is_ended=False)
    letter = letter_of(follow.follower, [follow], {follow.pk: section}, None, None)
    assert letter.subject.startswith("[Avances simulados para demostración] ")


def test_what_people_typed_is_text_in_html_and_a_long_list_is_cut(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, puno_unit: Unit,
    reporter: User, planner: User, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rosa.follows(FollowKind.PLAN)
    next_report(activity, reporter, planner, narrative="<script>alert(1)</script> & más")
    target = element_of(activity.plan, "S.1.1.2", puno_unit)
    publish(draft(target, FIRST, reporter, step=None), by=planner)
    monkeypatch.setattr("tracking.following.sections.MOST_LISTED", 1)
    (letter,) = rosa.told()
    assert "… y 1 promesa más, en su página." in letter.body
    html = letter.alternatives[0].content
    assert "<script>" not in html


def test_a_mail_program_can_leave_by_one_click(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    rosa.follows(FollowKind.PLAN)
    next_report(activity, reporter, planner)
    (letter,) = rosa.told()
    headers = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://localhost:8000/seguir/dejar/")
    assert headers["Auto-Submitted"] == "auto-generated"
