"""Publishing a plan: what changes, what stays, and what is refused."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.revision import public_revision
from plans.importers.draft import PlanDraft, TermsDraft
from plans.importers.faults import FileRefused
from plans.models import MeasuringTerms, Passage, Plan, PlanElement, PlanVersion
from plans.passages import passages_of
from plans.services.publishing import publish
from plans.term import Term
from tests.factories import plan_draft
from tests.real_plans import make_real_place, real_draft


@pytest.fixture
def draft() -> PlanDraft:
    """Otuzco's, as if it came from nowhere in particular: no file to recognise."""
    return replace(real_draft("otuzco"), file_sha256="")


@pytest.fixture
def plan(db: None, draft: PlanDraft) -> Plan:
    make_real_place("otuzco")
    return publish(draft).plan


def corrected(draft: PlanDraft, ref: str, **fields: Any) -> PlanDraft:
    elements = [replace(e, **fields) if e.ref == ref else e for e in draft.elements]
    return replace(draft, elements=elements)


def without(draft: PlanDraft, *refs: str) -> PlanDraft:
    return replace(draft, elements=[each for each in draft.elements if each.ref not in refs])


def ids(plan: Plan) -> dict[str, int]:
    return dict(plan.elements.values_list("ref", "pk"))


def test_the_same_draft_again_writes_nothing(plan: Plan, draft: PlanDraft) -> None:
    before = ids(plan)
    again = publish(draft)
    assert (again.added, again.changed, again.withdrawn, again.unchanged) == (0, 0, 0, 32)
    assert again.plan.version == 1
    assert PlanVersion.objects.count() == 1
    assert ids(plan) == before


def test_a_correction_keeps_the_id_and_says_what_changed(plan: Plan, draft: PlanDraft) -> None:
    before = ids(plan)
    done = publish(corrected(draft, "S.1", note="Así está impreso."))
    assert (done.changed, done.unchanged, done.plan.version) == (1, 31, 2)
    assert ids(plan) == before
    assert plan.versions.get(number=2).changes == [
        {
            "ref": "S.1",
            "what": "changed",
            "before": {"note": ""},
            "after": {"note": "Así está impreso."},
        }
    ]


def test_what_a_draft_no_longer_has_is_withdrawn_not_deleted(plan: Plan, draft: PlanDraft) -> None:
    before = ids(plan)
    done = publish(without(draft, "S.8"))
    assert (done.withdrawn, done.unchanged) == (1, 31)
    assert ids(plan) == before
    assert plan.elements.get(ref="S.8").until_version == 1
    assert plan.elements.current().count() == 31


def test_what_comes_back_is_the_same_element(plan: Plan, draft: PlanDraft) -> None:
    before = ids(plan)
    publish(without(draft, "S.8"))
    done = publish(draft)
    assert (done.added, done.plan.version) == (1, 3)
    assert ids(plan) == before


def test_a_ref_cannot_become_something_else(plan: Plan, draft: PlanDraft) -> None:
    with pytest.raises(FileRefused, match="ya se publicó como otra cosa"):
        publish(corrected(draft, "S.1", level="objective"))
    assert plan.elements.get(ref="S.1").level == "problem"


def test_what_comes_back_may_hang_from_elsewhere(db: None) -> None:
    make_real_place("huancane")
    draft = replace(real_draft("huancane"), file_sha256="")
    plan = publish(draft).plan
    child = next(each.ref for each in draft.elements if each.parent_ref == "E.1")
    publish(without(draft, child))
    moved = [
        replace(each, parent_ref="E.2", parent_level="objective", depth=2, level="activity")
        if each.ref == child
        else each
        for each in draft.elements
    ]
    publish(replace(draft, elements=moved))
    assert plan.elements.get(ref=child, parent__ref="E.2")


def test_what_was_withdrawn_follows_its_parent_when_it_moves(db: None) -> None:
    """Else the composite key of the tree would refuse the move at the end of the transaction."""
    make_real_place("huancane")
    draft = replace(real_draft("huancane"), file_sha256="")
    plan = publish(draft).plan
    first, *others = [each for each in draft.elements if each.parent_ref == "E.1"]
    publish(without(draft, first.ref))
    objective = next(each for each in draft.elements if each.ref == "E.1")
    problem = replace(objective, ref="E.99", level="problem")
    lower = {each.ref: replace(each, depth=3) for each in others} | {
        "E.1": replace(objective, ref="E.1", parent_ref="E.99", parent_level="problem", depth=2)
    }
    elements = [lower.get(each.ref, each) for each in draft.elements if each.ref != first.ref]
    at = elements.index(lower["E.1"])
    publish(replace(draft, elements=[*elements[:at], problem, *elements[at:]]))
    connection.check_constraints()
    assert plan.elements.get(ref=first.ref).depth == 3


def test_the_years_of_a_published_plan_are_part_of_its_links(plan: Plan, draft: PlanDraft) -> None:
    with pytest.raises(FileRefused, match="sus enlaces dejarían de servir"):
        publish(replace(draft, term=Term(2019, 2023)))


def test_two_plans_of_a_municipality_do_not_share_a_year(plan: Plan, draft: PlanDraft) -> None:
    with pytest.raises(FileRefused, match="se cruza con el plan 2019–2022"):
        publish(replace(draft, term=Term(2022, 2025)))
    assert publish(replace(draft, term=Term(2023, 2026))).plan.version == 1


def test_every_version_tells_the_public(plan: Plan, draft: PlanDraft) -> None:
    plan.municipality.refresh_from_db()
    before = plan.municipality.revision
    publish(draft)
    publish(corrected(draft, "S.1", note="Nota"))
    plan.municipality.refresh_from_db()
    assert plan.municipality.revision == before + 1


def test_another_order_tells_the_public(plan: Plan, draft: PlanDraft) -> None:
    """No version tells of it, but the plan's page shows it."""
    before = public_revision()
    last, second = draft.elements[-1], draft.elements[-2]
    done = publish(replace(draft, elements=[*draft.elements[:-2], last, second]))
    assert (done.plan.version, done.changed) == (1, 0)
    assert public_revision() == before + 1


def test_an_unknown_municipality_is_refused(db: None, draft: PlanDraft) -> None:
    with pytest.raises(FileRefused, match="no hay municipalidad con el ubigeo INEI 130601"):
        publish(draft)
    assert not Plan.objects.exists()


def test_the_same_file_does_not_undo_what_was_corrected_since(db: None) -> None:
    make_real_place("otuzco")
    plan = publish(real_draft("otuzco")).plan
    plan.elements.filter(ref="S.1").update(note="Corregido a mano")
    publish(real_draft("otuzco"))
    assert plan.elements.get(ref="S.1").note == "Corregido a mano"


def test_terms_are_stated_once_and_a_persons_later_terms_stand(db: None) -> None:
    make_real_place("tarata")
    draft = replace(real_draft("tarata"), file_sha256="")
    plan = publish(draft).plan
    target = next(each for each in draft.elements if each.terms)
    terms = MeasuringTerms.objects.get(element__plan=plan, element__ref=target.ref)
    assert (terms.version, terms.by, terms.baseline) == (1, None, None)
    MeasuringTerms.objects.create(
        element=terms.element,
        version=2,
        in_force_from=timezone.localdate(),
        reason="Acuerdo de planificación",
        by=User.objects.create_user("planner@tarata.pe"),
    )
    publish(corrected(draft, target.ref, terms=TermsDraft(kind="permanente")))
    assert terms.element.terms.count() == 2


def test_a_baseline_of_the_text_names_its_document_line_and_page(
    puno_plan: Plan,
) -> None:
    puno_draft = plan_draft(puno_plan.municipality)
    stated = TermsDraft(
        kind="nivel", baseline=Decimal(50), milestones={"2020-II": Decimal("40.50")}
    )
    publish(corrected(puno_draft, "S.1.1.2", terms=stated))
    publish(corrected(puno_draft, "S.1.1.2", terms=stated))
    terms = MeasuringTerms.objects.filter(element__ref="S.1.1.2").first()
    assert terms
    assert (terms.version, terms.baseline, terms.milestones) == (
        2,
        Decimal(50),
        {"2020-II": "40.5"},
    )
    assert terms.baseline_source == "Plan de gobierno de Puno, línea 5"


def test_a_corrected_reading_of_the_text_is_a_new_version_of_the_terms(db: None) -> None:
    make_real_place("tarata")
    draft = replace(real_draft("tarata"), file_sha256="")
    plan = publish(draft).plan
    target = next(each for each in draft.elements if each.terms)
    done = publish(corrected(draft, target.ref, terms=None))
    kinds = plan.elements.get(ref=target.ref).terms.order_by("version").values_list("kind", "goal")
    assert list(kinds) == [("nivel", 100), ("", None)]
    assert done.changed == 1


def test_the_number_of_queries_does_not_grow_with_the_plan(
    db: None,
) -> None:
    """One more for each step of depth: Otuzco has two, Lamas three."""
    for slug in ("otuzco", "lamas"):
        make_real_place(slug)
    counts = {}
    for slug in ("otuzco", "lamas"):
        with CaptureQueriesContext(connection) as queries:
            publish(real_draft(slug))
        counts[slug] = len(queries)
    assert counts == {"otuzco": 32, "lamas": 33}


def test_of_another_document_other_passages_are_found(plan: Plan, draft: PlanDraft) -> None:
    assert not Passage.objects.matching("portada").exists()
    text = "Una portada más larga.\n" + draft.document.text
    document = replace(draft.document, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    publish(replace(draft, document=document))
    assert [each.first_line for each in Passage.objects.matching("portada")] == [1]
    lines = Passage.objects.filter(document__plan=plan).values_list("first_line", "text")
    assert list(lines) == list(passages_of(text))


def test_elements_are_saved_in_document_order(plan: Plan, draft: PlanDraft) -> None:
    saved = list(PlanElement.objects.in_document_order().values_list("ref", flat=True))
    assert saved == [each.ref for each in draft.elements]
