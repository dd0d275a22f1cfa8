"""What the public sees change raises the revision of its municipality, and nothing else does.

Public pages are stored under that revision: an act that forgets it leaves them as they were.
"""

import datetime as dt
import pkgutil
import re
from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from inspect import getmembers, isfunction
from itertools import chain
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import accounts.services
import plans.services
import tracking.services
from accounts.choices import Role, TokenScope
from accounts.models import Municipality
from accounts.services.invitations import invite
from accounts.services.municipalities import COLUMNS
from accounts.services.tokens import make_token
from accounts.spreadsheets.reading import read_workbook
from plans.importers.mending import steps
from plans.models import PlanImport
from plans.services.mending import mend
from plans.term import Term
from tests.conftest import MakeOnce
from tests.factories import make_municipality, make_person, make_plan, make_unit
from tests.files import PDF
from tests.letters import letters
from tests.plans.sent import send
from tests.tracking.published import (
    FIRST,
    closed_window,
    draft,
    elect,
    element_of,
    open_window,
    photographed,
    publish,
    sustain,
)
from tests.tracking.services.every_service import (
    ELECTED,
    FOURTH,
    PARTS,
    PRIVATE,
    PUBLIC,
    SECOND,
    THIRD,
    WRITERS_ELSEWHERE,
)
from tracking.accountability.issuing import issue
from tracking.files.uploads import receive
from tracking.measuring.entry import Entry
from tracking.services.drafts import submit
from tracking.services.notebook import add_note, keep_with_note


@pytest.fixture(scope="module")
def scene_once(make_once: MakeOnce, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    folder = tmp_path_factory.mktemp("lists")
    return make_once(lambda: make_scene(folder))


@pytest.fixture
def scene(db: None, scene_once: SimpleNamespace) -> SimpleNamespace:
    return deepcopy(scene_once)


def make_scene(folder: Path) -> SimpleNamespace:
    """Puno has published its first semester; of the second, one report is begun and one sent."""
    puno = make_municipality("Puno", "210101")
    make_municipality("Lamas", "220501", region="San Martín")
    puno_unit = make_unit(puno)
    planner = make_person("planner@puno.pe", Role.PLANNING, puno)
    reporter = make_person("reporter@puno.pe", Role.REPORTER, puno, puno_unit)
    Client().force_login(planner)
    plan = elect(make_plan(puno))
    activity, target, guideline = (
        element_of(plan, ref, puno_unit) for ref in ("S.1.1.1", "S.1.1.2", "L")
    )
    offered = elect(make_plan(puno, term=Term(2023, 2026), list_slug="renovar"))
    sent_plan = send(puno, planner)
    mend(sent_plan.pk, lambda kept: steps.shift(kept, 5, -1), "x", keys=[5], by=planner, seen=1)
    window = open_window(puno, FIRST)
    open_window(puno, SECOND)
    published = draft(activity, FIRST, reporter)
    sustain(published)
    photograph = photographed(published)
    begun = draft(activity, SECOND, reporter)
    sustain(begun)
    noted = add_note(activity, SECOND.first_day, "Se compró el terreno.", by=reporter)
    keep_with_note(noted, receive(SimpleUploadedFile("a.pdf", PDF)), "Acta", by=reporter)
    unissued, closed = (closed_window(puno, each, planner) for each in (THIRD, FOURTH))
    listed = folder / "list.csv"
    listed.write_text(",".join(COLUMNS) + "\n210101,200101,provincial,Puno,,Puno,Puno,puno,,\n")
    access, _text = make_token(
        reporter, puno, "Obras", TokenScope.READ, lasts=dt.timedelta(days=30)
    )
    invitation = invite("otra@puno.pe", Role.PLANNING, by=planner, municipality=puno)
    return SimpleNamespace(
        puno=puno,
        plan=plan,
        offered=offered,
        sent_plan=PlanImport.objects.get(pk=sent_plan.pk),
        waiting_plan=send(puno, planner, content=b"%PDF-1.7"),
        unit=puno_unit,
        planner=planner,
        reporter=reporter,
        operator=make_person("operator@vigia.pe", Role.OPERATOR),
        membership=reporter.memberships.get(),
        activity=activity,
        guideline=guideline,
        window=window,
        unissued=unissued,
        issued=issue(plan, closed, edition=1, by=planner),
        published=publish(published, by=planner),
        photograph=photograph,
        begun=begun,
        noted=noted,
        sent=submit(draft(target, SECOND, reporter), Entry.NARRATIVE, by=reporter),
        list=listed,
        elected=read_workbook(ELECTED.encode(), "electas.csv"),
        invitation=invitation,
        access=access,
        token=re.findall(r"/cuenta/invitacion/([^/]+)/", str(letters()[-1].body))[0],
    )


def revisions() -> dict[str, int]:
    return dict(Municipality.objects.values_list("slug", "revision"))


@pytest.mark.parametrize("act", PUBLIC)
def test_what_the_public_sees_raises_the_revision_of_its_municipality(
    scene: SimpleNamespace, act: str
) -> None:
    before = revisions()
    PUBLIC[act](scene)
    after = revisions()
    assert after["puno"] > before["puno"]
    assert after["lamas"] == before["lamas"]


@pytest.mark.parametrize("act", PRIVATE)
def test_what_only_officers_see_raises_none(scene: SimpleNamespace, act: str) -> None:
    before = revisions()
    with CaptureQueriesContext(connection) as asked:
        PRIVATE[act](scene)
    written = [each["sql"] for each in asked if re.match("INSERT|UPDATE|DELETE", each["sql"])]
    assert written, "an act that did nothing proves nothing"
    assert revisions() == before


def test_every_service_is_public_or_private() -> None:
    """A new one is told apart here, so that nobody forgets to let pages know."""
    assert set(services()) == PUBLIC.keys() | PRIVATE.keys() | PARTS


def services() -> Iterator[str]:
    """The names of all that the services offer."""
    packages = (accounts.services, plans.services, tracking.services)
    for module in (*chain.from_iterable(map(modules, packages)), *WRITERS_ELSEWHERE):
        for name, function in getmembers(module, isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield name


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield import_module(found.name)
