"""A draft of a plan becomes its next version: what is said of it, what is gone, and who may."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from accounts.models import Municipality, User
from plans.choices import ImportState
from plans.importers.differences import Differences
from plans.models import Plan, PlanElement, PlanImport, PlanVersion
from plans.version_notes import notes_of
from tests.plans.importers.mended import LINES
from tests.plans.office.drafts import TWO, at, mend
from tests.plans.sent import send

pytestmark = pytest.mark.django_db


def typed(**fields: Any) -> dict[str, Any]:
    return {"pasted": "Plan\n", "term": "2027-2030", "organization": "", **fields}


def test_what_is_said_of_the_plan_as_a_whole(mine: Client, draft: PlanImport) -> None:
    address = at(draft, "import_about")
    said = {"provenance": "JNE", "organization": "Lista", "title": "", "standing": "sin confirmar"}
    assert mine.post(address, said | {"standing": "autoridad elegida"}).status_code == 422
    assert mine.post(address, said).status_code == 302
    draft.refresh_from_db()
    assert (draft.provenance, draft.organization, draft.standing) == (
        "JNE",
        "Lista",
        "sin confirmar",
    )


def test_publishing_leads_to_the_public_page(mine: Client, draft: PlanImport) -> None:
    page = mine.get(at(draft, "import_differences")).content.decode()
    assert "Todo es nuevo" in page
    mine.post(at(draft, "import_publish"), {"revision": 1, "version": 0})
    page = mine.get(at(draft)).content.decode()
    assert Plan.objects.get().get_absolute_url() in page
    assert Client().get(Plan.objects.get().get_absolute_url()).status_code == 200


def test_nothing_is_published_without_where_it_comes_from(
    mine: Client, puno: Municipality, planner: User
) -> None:
    draft = send(puno, planner, provenance="")
    answer = mine.post(at(draft, "import_publish"), {"revision": 1, "version": 0})
    assert answer["Location"] == at(draft, "import_about")
    assert not Plan.objects.exists()


def test_what_is_gone_asks_for_its_reason_and_tells_its_reports(
    mine: Client, draft: PlanImport, puno: Municipality, planner: User
) -> None:
    mine.post(at(draft, "import_publish"), {"revision": 1, "version": 0})
    gone = PlanElement.objects.get(statement=LINES[4][-1])
    again = send(puno, planner, content=b"otro")
    mend(mine, again, TWO, "descartar", reason="sobra")
    address = at(again, "import_differences")
    with patch("tracking.reading.reported_on.reports_by_ref", return_value={gone.ref: 3}):
        page = mine.get(address)
    assert [(each["element"].ref, each["reports"]) for each in page.context["gone"]] == [
        (gone.ref, 3)
    ]
    mine.post(at(again, "import_publish"), {"revision": 2, "version": 1})
    assert Plan.objects.get().version == 1
    refused = mine.post(address, {"motivo": "x" * 301})
    assert (refused.status_code, set(refused.context["reasons"].errors)) == (422, {"motivo"})
    mine.post(address, {"motivo": "El JNE la observó"})
    mine.post(at(again, "import_publish"), {"revision": 3, "version": 1})
    assert Plan.objects.get().version == 2
    version = PlanVersion.objects.get(number=2)
    assert [note.sentence for note in notes_of(version)] == ["se retiró: El JNE la observó"]


def test_new_and_paired_are_told_apart(
    mine: Client, draft: PlanImport, puno: Municipality, planner: User
) -> None:
    mine.post(at(draft, "import_publish"), {"revision": 1, "version": 0})
    ref = PlanElement.objects.get(statement=LINES[4][-1]).ref
    again = send(puno, planner, content=b"otro")
    mend(mine, again, TWO, "pareja", ref="nuevo")
    told = mine.get(at(again, "import_differences")).context["told"]
    assert ([each.key for each in told.new], [each.ref for each in told.gone]) == ([TWO], [ref])
    again.refresh_from_db()
    mend(mine, again, TWO, "pareja", ref=ref)
    told = mine.get(at(again, "import_differences")).context["told"]
    assert told == Differences(same=told.same)


def test_a_dropped_draft_changes_nothing_that_is_public(mine: Client, draft: PlanImport) -> None:
    mine.post(at(draft, "import_drop"))
    draft.refresh_from_db()
    assert draft.state == ImportState.DROPPED
    answer = mend(mine, draft, TWO, "descartar", reason="sobra")
    assert answer["Location"] == at(draft)
    assert "Descartado" in mine.get(at(draft)).content.decode()
    assert not Plan.objects.exists()
