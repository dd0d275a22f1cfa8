"""A plan's way in: kept, read, mended step by step by two people, and published."""

import datetime as dt
from dataclasses import replace
from functools import partial
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Municipality, User
from plans.choices import ImportState, Level
from plans.importers.faults import WHOLE, Fault, FileRefused
from plans.importers.mending import steps
from plans.importers.mending.arranging import MendRefused
from plans.importers.mending.kept import KeptOutline
from plans.importers.outline import DoubtKind
from plans.models import Plan, PlanImport
from plans.services.imports import (
    ImportChanged,
    drop_import,
    kept_of,
    publish_import,
    read,
    read_waiting,
)
from plans.services.mending import ChangedMeanwhile, Mend, mend, undo, undoable
from plans.source_text import SourceText
from tests.factories import make_person
from tests.plans.importers.mended import SPARE, outline_of
from tests.plans.sent import send

pytestmark = pytest.mark.django_db
READER = "plans.services.imports.read_own_plan"
TARGET, TWO = 4, 5


@pytest.fixture
def colleague(puno: Municipality) -> User:
    return make_person("colleague@puno.pe")


def dropping(key: int, reason: str = "sobra") -> Mend:
    return lambda kept: steps.drop(kept, key, reason)


def items(draft: PlanImport) -> list[int]:
    draft.refresh_from_db()
    return [item.key for item in kept_of(draft).items]


def test_a_short_text_is_read_at_once(puno: Municipality, planner: User) -> None:
    draft = send(puno, planner)
    assert (draft.state, draft.revision, draft.faults) == (ImportState.READY, 1, [])
    assert items(draft) == [1, 2, 3, 4, 5, 6]


def test_the_same_bytes_are_the_same_draft(puno: Municipality, planner: User) -> None:
    draft = send(puno, planner)
    assert send(puno, planner) == draft
    assert send(puno, planner, content=b"otro") != draft
    drop_import(draft.pk, by=planner)
    assert send(puno, planner) != draft
    draft.refresh_from_db()
    assert (bytes(draft.content), len(draft.sha256)) == (b"", 64)  # what was dropped is not kept


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"x" * 1_000_001])
def test_what_takes_long_waits_for_the_worker(
    puno: Municipality, planner: User, content: bytes
) -> None:
    draft = send(puno, planner, content=content)
    assert (draft.state, draft.kept) == (ImportState.WAITING, None)
    with patch(READER, return_value=outline_of()):
        assert read_waiting() == 1
        assert read_waiting() == 0
    assert items(draft) == [1, 2, 3, 4, 5, 6]


def test_two_workers_read_it_once_and_a_lost_one_is_replaced(
    puno: Municipality, planner: User
) -> None:
    draft = send(puno, planner, content=b"%PDF-1.7")
    PlanImport.objects.update(state=ImportState.READING, claimed_at=timezone.now())
    assert not read(draft.pk)
    PlanImport.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=11))
    with patch(READER, return_value=outline_of()):
        assert read(draft.pk)


def test_what_cannot_be_read_says_why(puno: Municipality, planner: User) -> None:
    draft = send(puno, planner, content=b"%PDF-1.7")
    with patch(READER, side_effect=FileRefused([Fault(WHOLE, "plan.txt", "no tiene texto.")])):
        read(draft.pk)
    draft.refresh_from_db()
    assert draft.state == ImportState.REFUSED
    assert [fault["reason"] for fault in draft.faults] == ["no tiene texto."]


def test_a_fault_is_kept_beside_its_item(puno: Municipality, planner: User) -> None:
    outline = outline_of()
    broken = replace(outline.items[3], parent=6)  # a target below a guideline
    draft = send(
        puno,
        planner,
        outline=replace(outline, items=(*outline.items[:3], *outline.items[4:], broken)),
    )
    assert [(each["key"], each["field"]) for each in draft.faults] == [(TARGET, "nivel")]
    mend(draft.pk, lambda kept: steps.hang(kept, TARGET, 3), "x", keys=[TARGET], by=planner, seen=1)
    draft.refresh_from_db()
    assert draft.faults == []


def test_a_step_that_is_sent_twice_is_taken_once(puno: Municipality, planner: User) -> None:
    draft = send(puno, planner)

    def shift(by: int, seen: int) -> None:
        change = partial(steps.shift, key=TWO, by=by)
        mend(draft.pk, change, "Movió A", keys=[TWO], by=planner, seen=seen)

    shift(-1, seen=1)
    once = items(draft)
    shift(-1, seen=1)
    assert (items(draft), draft.steps.count()) == (once, 1)
    shift(1, seen=2)
    assert draft.steps.count() == 2


def test_steps_are_taken_back_one_by_one(puno: Municipality, planner: User) -> None:
    draft = send(puno, planner)
    before = draft.kept
    mend(draft.pk, dropping(TWO), "Descartó A", keys=[TWO], by=planner, seen=1)
    mend(draft.pk, dropping(TARGET), "Descartó B", keys=[TARGET], by=planner, seen=2)
    assert items(draft) == [1, 2, 3, 6]
    assert undo(draft.pk, 3, by=planner).words == "Descartó B"
    assert items(draft) == [1, 2, 3, 4, 6]
    assert undo(draft.pk, 3, by=planner).words == "Descartó B"  # a form that was sent twice
    with pytest.raises(ImportChanged):
        undo(draft.pk, 3, by=make_person("second@puno.pe"))
    undo(draft.pk, 2, by=planner)
    draft.refresh_from_db()
    assert (draft.kept, undoable(draft), draft.revision) == (before, None, 5)
    assert [step.words for step in draft.steps.order_by("number")] == [
        "Descartó A",
        "Descartó B",
        "Deshizo: Descartó B",
        "Deshizo: Descartó A",
    ]


def test_a_step_applies_to_what_is_there_now(
    puno: Municipality, planner: User, colleague: User
) -> None:
    draft = send(puno, planner)
    mend(draft.pk, dropping(TWO), "Descartó", keys=[TWO], by=planner, seen=1)
    mend(draft.pk, dropping(TARGET), "Descartó", keys=[TARGET], by=colleague, seen=1)
    assert items(draft) == [1, 2, 3, 6]


def test_a_step_on_what_somebody_changed_meanwhile_says_what_they_did(
    puno: Municipality, planner: User, colleague: User
) -> None:
    draft = send(puno, planner)
    mend(draft.pk, lambda kept: steps.relevel(kept, TWO, Level.OBJECTIVE), "Ahora es objetivo",
         keys=[TWO], by=planner, seen=1)  # fmt: skip
    with pytest.raises(ChangedMeanwhile, match="Ahora es objetivo"):
        mend(draft.pk, dropping(TWO), "x", keys=[TWO], by=colleague, seen=1)
    mend(draft.pk, dropping(TWO), "x", keys=[TWO], by=planner, seen=1)  # their own step


def test_a_refused_step_writes_nothing(puno: Municipality, planner: User) -> None:
    draft = send(puno, planner)
    with pytest.raises(MendRefused):
        mend(draft.pk, dropping(TWO, ""), "x", keys=[TWO], by=planner, seen=1)
    draft.refresh_from_db()
    assert (draft.revision, draft.steps.count()) == (1, 0)


def test_publishing_makes_a_plan_whose_authority_nobody_confirmed(
    puno: Municipality, planner: User
) -> None:
    draft = send(puno, planner, organization="Lista de Puno", title="Plan de Puno")
    done = publish_import(draft.pk, by=planner, revision=1, version=0)
    plan = Plan.objects.get(municipality=puno, first_year=2027)
    assert (plan.organization, plan.standing, plan.version) == ("Lista de Puno", "sin confirmar", 1)
    assert (plan.document.title, done.added) == ("Plan de Puno", 6)
    draft.refresh_from_db()
    assert (draft.state, draft.plan, draft.version) == (ImportState.PUBLISHED, plan, 1)
    with pytest.raises(ImportChanged):
        mend(draft.pk, dropping(TWO), "x", keys=[TWO], by=planner, seen=1)


def test_a_version_keeps_addresses_and_tells_why_something_is_gone(
    puno: Municipality, planner: User
) -> None:
    publish_import(send(puno, planner).pk, by=planner, revision=1, version=0)
    plan = Plan.objects.get(first_year=2027)
    refs = dict(plan.elements.values_list("statement", "ref"))
    draft = send(puno, planner, content=b"otro")
    mend(draft.pk, dropping(TWO), "x", keys=[TWO], by=planner, seen=1)
    gone = refs["Construir 3 postas y equipar 12 botiquines"]
    mend(
        draft.pk,
        lambda kept: steps.explain(kept, gone, "El JNE la observó"),
        "x",
        keys=[],
        by=planner,
        seen=2,
    )
    mend(
        draft.pk,
        lambda kept: steps.add(kept, SPARE, _source(kept), level=Level.GUIDELINE),
        "x",
        keys=[],
        by=planner,
        seen=3,
    )
    assert plan.elements.current().count() == 6  # nothing published changes before it is published
    publish_import(draft.pk, by=planner, revision=4, version=1)
    again = dict(plan.elements.current().values_list("statement", "ref"))
    assert {words: ref for words, ref in refs.items() if words in again}.items() <= again.items()
    changes = plan.versions.get(number=2).changes
    assert {"ref": gone, "what": "withdrawn", "reason": "El JNE la observó"} in changes


def _source(kept: KeptOutline) -> SourceText:
    return SourceText(kept.outline.source.text)


@pytest.mark.parametrize(
    ("vision", "kept"), [(SPARE, (SPARE, True)), ("Un lugar mejor", ("", False))]
)
def test_a_vision_stays_as_long_as_the_document_prints_it(
    puno: Municipality, planner: User, vision: str, kept: tuple[str, bool]
) -> None:
    publish_import(send(puno, planner).pk, by=planner, revision=1, version=0)
    Plan.objects.update(vision=vision)
    publish_import(send(puno, planner, content=b"otro", outline=outline_of(preface="x")).pk,
                   by=planner, revision=1, version=1)  # fmt: skip
    plan = Plan.objects.get()
    assert (plan.vision, bool(plan.vision_spans)) == kept


@pytest.mark.parametrize(("revision", "version"), [(0, 0), (1, 1)])
def test_what_was_not_looked_at_is_not_published(
    puno: Municipality, planner: User, revision: int, version: int
) -> None:
    draft = send(puno, planner)
    with pytest.raises(ImportChanged):
        publish_import(draft.pk, by=planner, revision=revision, version=version)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "listo", "kept": None}, "import_ready_has_a_draft"),
        ({"state": "publicado"}, "import_published_names_its_version"),
        ({"state": "x"}, "import_state_known"),
        ({"last_year": 2040}, "import_term_makes_sense"),
        ({"standing": "lista no elegida"}, "import_standing_names_its_source"),
    ],
)
def test_the_database_refuses(
    puno: Municipality, planner: User, fields: dict[str, object], name: str
) -> None:
    send(puno, planner, outline=outline_of(doubts={4: DoubtKind.CUT}))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PlanImport.objects.update(**fields)
