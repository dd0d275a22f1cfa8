"""Each publication is entered once in its municipality's chain, and drafts never."""

import hashlib
import json
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from plans.choices import MeasureKind
from plans.models import Plan
from plans.services.editing import state_alike
from tests.factories import make_person, state
from tests.meanwhile import PATIENCE, Meanwhile, wait_for_a_lock
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    sustain,
)
from tests.tracking.tampering import tampered
from tracking.choices import LedgerAct
from tracking.ledger.chain import chain_value, sealed_text
from tracking.ledger.kinds import TERMS
from tracking.measuring.entry import Entry
from tracking.models import LedgerEntry
from tracking.models.ledger import GENESIS
from tracking.services.drafts import submit
from tracking.services.review import publish_reports
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold


@pytest.fixture
def scene(
    puno: Municipality, puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User
) -> SimpleNamespace:
    """An elected authority's plan, nothing of which has been reported."""
    plan = elect(puno_plan)  # not by the service: two entries, of its terms and of its version
    window = open_window(puno, FIRST)
    activity, target, guideline = (
        element_of(plan, ref, puno_unit) for ref in ("S.1.1.1", "S.1.1.2", "L")
    )
    return SimpleNamespace(
        puno=puno,
        plan=plan,
        window=window,
        activity=activity,
        target=target,
        guideline=guideline,
        planner=planner,
        reporter=reporter,
    )


def ledger() -> list[LedgerEntry]:
    """The chain, from its beginning."""
    return list(LedgerEntry.objects.select_related("municipality").order_by("number"))


def test_a_report_is_entered_when_it_is_published_and_not_before(scene: SimpleNamespace) -> None:
    begun = draft(scene.activity, FIRST, scene.reporter)
    sustain(begun)
    submit(draft(scene.target, FIRST, scene.reporter, step=None), Entry.NARRATIVE, by=scene.planner)
    _stated, of_plan = ledger()
    report = publish(begun, by=scene.planner)
    *_before, entry = ledger()
    assert (entry.number, entry.previous) == (3, of_plan.chain)
    assert (entry.act, entry.subject_id) == (LedgerAct.REPORT, report.pk)
    assert entry.title == "Informe 2019-I de S.1.1.1, Gerencia de Obras"
    assert entry.get_absolute_url() == "/m/puno/2019-2022/S.1.1.1/"
    assert entry.happened_at == report.published_at
    assert not entry.simulated


def test_a_chain_begins_with_the_plan_and_what_it_says_of_its_measuring(
    scene: SimpleNamespace,
) -> None:
    first, second = ledger()
    assert first.title == "Forma de medir 1 de S.1.1.2"
    assert (first.number, first.previous) == (1, GENESIS)
    assert second.title == "Plan de gobierno 2019-2022, versión 1"
    assert second.get_absolute_url() == "/m/puno/2019-2022/"


def test_each_act_continues_the_chain(scene: SimpleNamespace) -> None:
    begun = draft(scene.activity, FIRST, scene.reporter)
    sustain(begun)
    report = publish(begun, by=scene.planner)
    close_semester(scene.window, by=scene.planner)
    publish(correct(report, "Otra cifra.", scene.reporter, narrative="Dos."), by=scene.planner)
    withhold(report.supports.get(), "Lleva DNI.", by=scene.planner)
    state(scene.activity, scene.planner)
    state_alike([scene.guideline], {"kind": MeasureKind.DELIVERY}, "Acuerdo", by=scene.planner)
    entries = ledger()
    assert [entry.title for entry in entries[2:]] == [
        "Informe 2019-I de S.1.1.1, Gerencia de Obras",
        "Cierre del semestre 2019-I",
        "Informe 2019-I de S.1.1.1, revisión 2, Gerencia de Obras",
        "Retiro de un sustento del informe 2019-I de S.1.1.1",
        "Forma de medir 1 de S.1.1.1",
        "Plan de gobierno 2019-2022, versión 2",
        "Condición del plan de gobierno 2019-2022, versión 2",
        "Forma de medir 1 de L",
        "Plan de gobierno 2019-2022, versión 3",
    ]
    assert [entry.number for entry in entries] == list(range(1, 12))
    assert [entry.previous for entry in entries[1:]] == [entry.chain for entry in entries[:-1]]
    assert [entry.chain for entry in entries] == [chain_value(entry) for entry in entries]


def test_anybody_can_recompute_a_code_from_its_text(scene: SimpleNamespace) -> None:
    for entry in ledger():
        assert hashlib.sha256(sealed_text(entry).encode()).hexdigest() == entry.chain
        assert f'"contenido":"{entry.digest}"' in sealed_text(entry)


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2},
        {"number": 4},
        {"previous": GENESIS},
        {"previous": "f" * 64},
        {"act": LedgerAct.CLOSING, "number": 3, "previous": GENESIS},
    ],
)
def test_an_entry_goes_at_the_end_of_the_chain_and_nowhere_else(
    scene: SimpleNamespace, change: dict[str, object]
) -> None:
    *_before, entry = ledger()
    entry.pk, entry._state.adding = None, True
    entry.act, entry.number, entry.previous = LedgerAct.CLOSING, 3, entry.chain
    for name, value in change.items():
        setattr(entry, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)
    assert len(ledger()) == 2


def test_what_was_published_before_is_entered_once_in_its_order(scene: SimpleNamespace) -> None:
    begun = draft(scene.activity, FIRST, scene.reporter)
    sustain(begun)
    report = publish(begun, by=scene.planner)
    withhold(report.supports.get(), "Lleva DNI.", by=scene.planner)
    close_semester(scene.window, by=scene.planner)
    told = [(entry.title, entry.digest, entry.happened_at) for entry in ledger()]
    tampered(LedgerEntry, "DELETE FROM {table}")
    assert opened() == "Municipalidad Provincial de Puno: asientos nuevos, 5\n"
    assert opened() == ""
    assert [(entry.title, entry.digest, entry.happened_at) for entry in ledger()] == told
    assert {entry.number for entry in ledger()} == {1, 2, 3, 4, 5}


def test_opening_leaves_what_was_entered_since(scene: SimpleNamespace) -> None:
    before = publish(draft(scene.activity, FIRST, scene.reporter), by=scene.planner)
    tampered(LedgerEntry, "DELETE FROM {table}")
    since = publish(draft(scene.guideline, FIRST, scene.reporter, step=None), by=scene.planner)
    opened()
    entries = LedgerEntry.objects.filter(act=LedgerAct.REPORT).order_by("number")
    assert [entry.subject_id for entry in entries] == [since.pk, before.pk]


def opened() -> str:
    """What the command that opens ledgers prints."""
    told = StringIO()
    call_command("open_ledger", stdout=told)
    return told.getvalue()


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_chain(scene: SimpleNamespace, puno: Municipality) -> None:
    second = make_person("second@puno.pe", Role.PLANNING, puno)
    ours, theirs = (
        submit(draft(element, FIRST, scene.reporter, step=None), Entry.NARRATIVE, by=scene.reporter)
        for element in (scene.target, scene.guideline)
    )
    other = Meanwhile(lambda: publish_reports({theirs.pk: theirs.edit}, puno, by=second))
    with transaction.atomic():
        publish_reports({ours.pk: ours.edit}, puno, by=scene.planner)
        other.start()
        wait_for_a_lock()
    other.join(PATIENCE)
    assert other.refused is None
    entries = ledger()
    assert [entry.subject_id for entry in entries[2:]] == [ours.pk, theirs.pk]
    assert [entry.previous for entry in entries[1:]] == [entry.chain for entry in entries[:-1]]


def test_terms_say_of_bound_and_nature_only_what_was_said(scene: SimpleNamespace) -> None:
    """What was entered before these could be said keeps its digest."""
    later = {"limite", "tolerancia", "naturaleza"}
    (entry,) = (each for each in ledger() if each.act == LedgerAct.TERMS)
    old = TERMS.content(entry.subject_id)
    assert old is not None
    assert later.isdisjoint(json.loads(old))
    terms = state(
        scene.activity,
        scene.planner,
        kind=MeasureKind.LEVEL,
        goal=0,
        unit_of_measure="conflictos",
        direction="mantener",
        bound="techo",
    )
    said = json.loads(TERMS.content(terms.pk) or "")
    assert {name: said[name] for name in later & said.keys()} == {"limite": "techo"}
