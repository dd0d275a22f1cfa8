"""What is not published is nowhere: by no list, filter, order, search, address, tag or count."""

from typing import Any, NamedTuple

import pytest
from django.test import Client

from plans.models import MeasuringTerms, Passage, Plan
from plans.term import Term
from tests.conftest import MakeOnce
from tests.factories import make_plan
from tests.tracking.api.asking import LISTS, ROOT, all_rows, ask, rows
from tests.tracking.issued import Accounted, accounted_in
from tests.tracking.published import FIRST, correct, draft, element_of, open_window, sustain
from tracking.choices import Step
from tracking.models import Expenditure, ProgressReport, Standing, Support

pytestmark = pytest.mark.django_db

SECRET = "Lo que nadie debe leer todavía."


class Hidden(NamedTuple):
    """What is in the database and not published."""

    plan: Plan
    draft: ProgressReport
    correction: ProgressReport
    supports: list[Support]
    seen: Accounted


def hide() -> Hidden:
    """Puno reported and prepares more; Lamas reported all, and its plan was taken back."""
    theirs = accounted_in("Lamas", "220501")
    theirs.spend()
    theirs.issue()
    Plan.objects.filter(pk=theirs.plan.pk).update(version=0)
    mine = accounted_in()
    mine.spend()
    mine.issue()
    by, later = mine.reporter, FIRST.next
    open_window(mine.plan.municipality, later)
    begun = draft(
        mine.target, later, by, step=None, value=77, narrative=SECRET, difficulties=SECRET
    )
    unseen = [sustain(begun, SECRET)]
    correction = correct(
        mine.report, SECRET, by, step=Step.WORKING, narrative=SECRET, next_steps=SECRET
    )
    unseen.append(sustain(correction, SECRET + " También."))
    return Hidden(theirs.plan, begun, correction, unseen, mine)


@pytest.fixture(scope="module")
def hidden(make_once: MakeOnce) -> Hidden:
    return make_once(hide)


@pytest.mark.parametrize("resource", LISTS)
def test_no_list_tells_it(hidden: Hidden, resource: str) -> None:
    told = list(all_rows(resource, page_size=2))
    assert told
    text = str(told)
    assert SECRET not in text
    of_lamas = [row for row in told if row.get("municipality") == "lamas" and "plan" in row]
    assert of_lamas == []


def unpublished(hidden: Hidden) -> dict[str, list[Any]]:
    """The rows of each list that nobody may see, by the models' own word."""
    plan = hidden.plan
    elements = [*plan.elements.all()]
    return {
        "plans": [plan],
        "elements": elements,
        "passages": [*Passage.objects.filter(document__plan=plan)],
        "targets": elements,
        "terms": [*MeasuringTerms.objects.filter(element__plan=plan)],
        "reports": [hidden.draft, hidden.correction, *plan.reports.all()],
        "supports": [*hidden.supports, *Support.objects.filter(report__plan=plan)],
        "expenditures": [*Expenditure.objects.filter(plan=plan)],
        "standings": [*Standing.objects.filter(plan=plan)],
        "accountability-reports": [*plan.accountability_reports.all()],
    }


def test_no_address_tells_it(hidden: Hidden) -> None:
    for resource, secret in unpublished(hidden).items():
        assert secret, resource
        for row in secret:
            ask(f"{resource}/{row.pk}", status=404)
    ask(f"plans/{hidden.plan.pk}/tree", status=404)


def test_no_filter_tells_it(hidden: Hidden) -> None:
    ask("elements", status=400, plan=hidden.plan.pk)  # as for a plan that never was
    lists = (
        "elements",
        "passages",
        "targets",
        "reports",
        "supports",
        "expenditures",
        "standings",
        "terms",
    )
    for resource in (*lists, "accountability-reports", "plans"):
        assert rows(resource, municipality="lamas") == [], resource
        assert rows(resource, ubigeo="220501") == [], resource
    secret = hidden.seen.target.pk
    assert rows("reports", element=secret) == []
    assert rows("reports", semester=str(FIRST.next)) == []
    assert rows("elements", semester=str(FIRST.next)) == []
    assert rows("supports", report=hidden.draft.pk) == []
    assert rows("supports", report=hidden.correction.pk) == []
    assert [row["state"] for row in rows("elements", unit=hidden.seen.unit.pk)] == [
        "en-ejecucion",
        None,
    ]
    assert rows("elements", state="funcionando") == []
    assert rows("elements", state="con-cifra") == []


def test_no_search_tells_it(hidden: Hidden) -> None:
    assert rows("elements", q="Lamas") == []
    assert rows("passages", q="Lamas") == []
    assert rows("reports", q="Lamas") == []
    assert rows("elements", q="nadie debe leer") == []


def test_no_order_and_no_count_tells_it(hidden: Hidden) -> None:
    forth = [row["id"] for row in all_rows("reports", page_size=1)]
    back = [row["id"] for row in all_rows("reports", page_size=1, ordering="-id")]
    assert forth == back[::-1] == [hidden.seen.report.pk]
    assert ask("plans")["count"] == 1
    assert ask("accountability-reports")["count"] == 1
    assert ask("municipalities", has_plan="true")["count"] == 1


def test_a_correction_that_is_being_prepared_changes_nothing(hidden: Hidden) -> None:
    (report,) = rows("reports")
    assert (report["current"], report["revision"], report["step"]) == (True, 1, Step.RUNNING)
    (element,) = rows("elements", ref="S.1.1.1")
    assert (element["state"], element["updated_at"]) == (
        "en-ejecucion",
        max(element["updated_at"], report["published_at"]),
    )


def test_the_tree_tells_only_what_is_published(hidden: Hidden) -> None:
    tree = ask(f"plans/{hidden.seen.plan.pk}/tree")
    assert SECRET not in str(tree)
    assert str(tree).count("'narrative'") == 1


def test_no_tag_tells_that_something_is_being_prepared(hidden: Hidden) -> None:
    client = Client()
    before = client.get(f"{ROOT}reports/")["ETag"]
    element = element_of(hidden.seen.plan, "S.1.1.1", hidden.seen.unit)
    draft(element, FIRST.next, hidden.seen.reporter, narrative=SECRET)
    assert client.get(f"{ROOT}reports/")["ETag"] == before


def test_a_plan_that_was_not_published_yet_is_no_term_of_its_municipality(
    hidden: Hidden,
) -> None:
    plan = make_plan(hidden.seen.plan.municipality, term=Term(2023, 2026))
    Plan.objects.filter(pk=plan.pk).update(version=0)
    assert [row["term"] for row in rows("plans", municipality="puno")] == ["2019-2022"]
    assert rows("elements", term="2023-2026") == []
