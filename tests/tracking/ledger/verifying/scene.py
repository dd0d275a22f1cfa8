"""A municipality whose ledger holds an entry of each kind, and what the command says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Final

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from accounts.choices import Role
from accounts.models import Municipality, User
from plans.models import Plan, PlanElement
from tests.factories import make_municipality, make_person, make_plan, make_unit
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish, sustain
from tests.tracking.tampering import tampered
from tracking.accountability.issuing import issue
from tracking.accountability.rendering import make_files
from tracking.ledger.chain import chain_value
from tracking.models import AccountabilityReport, LedgerEntry, SemesterWindow, Support
from tracking.models.ledger import GENESIS
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold

ACT = "Acta de recepción".encode()  # as `sustain` gives its digest

CHANGED: Final = "210101: ya no dice lo que se asentó: "


@dataclass
class Scene:
    puno: Municipality
    plan: Plan
    activity: PlanElement
    window: SemesterWindow
    planner: User
    reporter: User


def make_scene() -> Scene:
    """Eight entries: how a target is measured, the plan's two versions and its standing, two
    reports, a closing and a withholding.

    The activity's report has two supports, of which one was withheld; their bytes are stored.
    """
    puno = make_municipality("Puno", "210101")
    plan, unit = make_plan(puno), make_unit(puno)
    planner = make_person("planner@puno.pe", Role.PLANNING, puno)
    reporter = make_person("reporter@puno.pe", Role.REPORTER, puno, unit)
    window = open_window(puno, FIRST)
    for ref in ("S.1.1.1", "L"):
        element_of(plan, ref, unit)  # before the version that the ledger enters
    plan = elect(plan, by=planner)
    activity, guideline = (element_of(plan, ref, unit) for ref in ("S.1.1.1", "L"))
    begun = draft(activity, FIRST, reporter)
    store(sustain(begun))
    listed = sustain(begun, "Padrón")
    store(listed, b"Padr\xc3\xb3n")
    publish(begun, by=planner)
    publish(draft(guideline, FIRST, reporter, step=None), by=planner)
    close_semester(window, by=planner)
    window.refresh_from_db()
    withhold(Support.objects.get(pk=listed.pk), "Lleva DNI.", by=planner)
    return Scene(puno, plan, activity, window, planner, reporter)


def make_issued() -> Scene:
    """Three entries more: an edition and its two files."""
    scene = make_scene()
    issue(scene.plan, scene.window, edition=1, by=scene.planner)
    assert make_files().made == 2
    return scene


def store(support: Support, content: bytes = ACT) -> None:
    default_storage.delete(support.storage_name)
    default_storage.save(support.storage_name, ContentFile(content))


@contextmanager
def stored_otherwise(support: Support, content: bytes | None) -> Iterator[None]:
    """Meanwhile CONTENT lies where the bytes of SUPPORT should, or nothing."""
    default_storage.delete(support.storage_name)
    if content is not None:
        store(support, content)
    yield
    store(support)


def reforged(place: Municipality) -> None:
    """Compute the whole chain of PLACE anew, as whoever may write anything would."""
    previous = GENESIS
    for entry in LedgerEntry.objects.filter(municipality=place).order_by("number"):
        entry.previous = previous
        previous = chain_value(entry)
        tampered(
            LedgerEntry,
            "UPDATE {table} SET previous = %s, chain = %s WHERE id = %s",
            *(entry.previous, previous, entry.pk),
        )


def verified(*arguments: str) -> str:
    """What the command says first where all is well."""
    return verified_whole(*arguments)[0]


def verified_whole(*arguments: str) -> list[str]:
    told = StringIO()
    call_command("verify_ledger", *arguments, stdout=told)
    return told.getvalue().splitlines()


def faults(*arguments: str) -> list[str]:
    told = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("verify_ledger", *arguments, stderr=told)
    found = told.getvalue().splitlines()
    assert str(caught.value) == f"Faltas en los registros de publicaciones: {len(found)}."
    return found


def edition() -> AccountabilityReport:
    return AccountabilityReport.objects.latest("pk")
