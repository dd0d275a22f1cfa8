"""Who wrote a report: a person themselves, or a system of theirs, and which one."""

import pytest
from django.db import IntegrityError, transaction

from accounts.choices import Role, TokenScope
from accounts.models import Membership, Municipality, Token, Unit, User
from accounts.services.tokens import revoke_token
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.tracking.office.acting import SAID, System
from tests.tracking.office.sent import QUEUE, SEMESTER
from tracking.choices import Act
from tracking.models import ProgressReport, ReviewStep
from tracking.services.drafts import save_draft

pytestmark = pytest.mark.django_db


def hands() -> list[tuple[str, str]]:
    """Each step of the one report: what was done, and by which system, if by one."""
    steps = ProgressReport.objects.get().review_steps.select_related("token")
    return [(step.act, step.token.name if step.token else "") for step in steps]


def by_hand(element: PlanElement, person: User, narrative: str) -> ProgressReport:
    edit = ProgressReport.objects.get().edit
    values = {"narrative": narrative}
    return save_draft(element, SEMESTER, values, by=person, edit=edit)


def test_what_a_system_does_names_it(system: System, activity: PlanElement) -> None:
    name = Token.objects.get().name
    draft = f"drafts/{system.begin(ref='S.1.1.1', **SAID)['id']}/"
    assert system.ask("POST", f"{draft}submit/", {"edit": 1})[0] == 200
    assert system.ask("POST", f"{draft}recall/", {"edit": 2})[0] == 200
    assert hands() == [(Act.WRITTEN, name), (Act.SUBMITTED, name), (Act.RECALLED, name)]


def test_a_person_and_their_system_are_two_hands(
    system: System, activity: PlanElement, reporter: User
) -> None:
    name = Token.objects.get().name
    draft = f"drafts/{system.begin(ref='S.1.1.1', **SAID)['id']}/"
    by_hand(activity, reporter, "Lo revisé.")
    by_hand(activity, reporter, "Lo revisé otra vez.")
    assert system.ask("PATCH", draft, {"edit": 3, "step": 3})[0] == 200
    assert hands() == [(Act.WRITTEN, name), (Act.WRITTEN, ""), (Act.WRITTEN, name)]
    report = ProgressReport.objects.get()
    assert (report.author, report.author_token) == (reporter, Token.objects.get())


def test_two_systems_of_one_person_are_told_apart(
    system: System, activity: PlanElement, reporter: User, puno: Municipality
) -> None:
    other = System(reporter, puno, TokenScope.WRITE)
    draft = f"drafts/{system.begin(ref='S.1.1.1', **SAID)['id']}/"
    assert other.ask("PATCH", draft, {"edit": 1, "step": 3})[0] == 200
    names = Token.objects.order_by("pk").values_list("name", flat=True)
    assert hands() == [(Act.WRITTEN, name) for name in names]
    assert len(set(names)) == 2


def test_so_is_who_sustains_it(system: System, activity: PlanElement, reporter: User) -> None:
    system.begin(ref="S.1.1.1", **SAID)
    report = by_hand(activity, reporter, "Lo revisé.")
    link = {"title": "Acta", "taken_on": "2019-05-14", "link": "https://puno.example/acta"}
    assert system.ask("POST", f"drafts/{report.pk}/supports/", link)[0] == 201
    name = Token.objects.get().name
    assert hands() == [(Act.WRITTEN, name), (Act.WRITTEN, ""), (Act.WRITTEN, name)]


def test_whoever_reviews_reads_that_a_system_wrote_it(
    system: System, activity: PlanElement, planner: User, signed_in: SignIn
) -> None:
    pk = system.begin(ref="S.1.1.1", **SAID)["id"]
    assert system.ask("POST", f"drafts/{pk}/submit/", {"edit": 1})[0] == 200
    page = signed_in(planner).get(f"{QUEUE}{pk}/").content.decode()
    hand = Token.objects.get().person.email + _with(Token.objects.get())
    assert page.count(f"{hand}:") == 2
    assert f"<dt>Escribió</dt><dd>{hand} ·" in page


def _with(token: Token) -> str:
    return f", con la clave «{token.name}» (…{token.ending})"


def test_a_revoked_token_and_the_next_of_its_name_are_told_apart(
    system: System, activity: PlanElement, reporter: User, puno: Municipality
) -> None:
    draft = f"drafts/{system.begin(ref='S.1.1.1', **SAID)['id']}/"
    assert revoke_token(Token.objects.get())
    again = System(reporter, puno)
    assert again.ask("PATCH", draft, {"edit": 1, "step": 3})[0] == 200
    hands = {step.hand for step in ProgressReport.objects.get().review_steps.all()}
    assert hands == {f"{reporter}{_with(token)}" for token in Token.objects.all()}
    assert len(hands) == 2


def test_nobody_s_token_stands_beside_another_person(
    system: System, activity: PlanElement, planner: User
) -> None:
    system.begin(ref="S.1.1.1", **SAID)
    report, token = ProgressReport.objects.get(), Token.objects.get()
    with pytest.raises(IntegrityError, match="review_step_token_of_person"), transaction.atomic():
        ReviewStep.objects.create(report=report, act=Act.WRITTEN, by=planner, token=token)
    rows = ProgressReport.objects.filter(pk=report.pk)
    with pytest.raises(IntegrityError, match="report_token_of_author"), transaction.atomic():
        rows.update(author=planner)


def test_nor_in_another_municipality(
    system: System, activity: PlanElement, reporter: User, lamas: Municipality, lamas_unit: Unit
) -> None:
    Membership.objects.create(
        user=reporter, role=Role.REPORTER, municipality=lamas, unit=lamas_unit
    )
    System(User.objects.get(pk=reporter.pk), lamas)
    system.begin(ref="S.1.1.1", **SAID)
    with pytest.raises(IntegrityError, match="report_token_of_municipality"), transaction.atomic():
        ProgressReport.objects.update(author_token=Token.objects.get(municipality=lamas))


def test_a_person_who_saves_what_is_there_already_wrote_nothing(
    system: System, activity: PlanElement, planner: User
) -> None:
    system.begin(ref="S.1.1.1", **SAID)
    by_hand(activity, planner, SAID["narrative"])  # type: ignore[arg-type]
    assert [act for act, _system in hands()] == [Act.WRITTEN]
    assert ProgressReport.objects.get().edit == 1
