"""A superuser, who also has the key, rewrites the real tables so that nothing in them shows it.

Whoever holds an old head sees it: by the command, by the program, or as a witness.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Municipality
from plans.models import Plan
from tests.factories import make_municipality, make_person, make_plan
from tests.tracking.ledger.verifying.scene import Scene, faults, verified
from tests.tracking.published import elect
from tests.tracking.rewriting import rewritten
from tests.tracking.tampering import tampered
from tests.verifier.program import Run, run, vigia_verify
from tests.verifier.served import ADDRESS, fetch
from tracking.choices import LedgerAct
from tracking.models import (
    HeadConflict,
    LedgerEntry,
    LogHead,
    ProgressReport,
    SemesterWindow,
    Support,
    Withholding,
)
from tracking.services.supports import withhold
from tracking.transparency.growing import grow
from tracking.transparency.heads import newest_head


@dataclass
class Overseer:
    """Who verified the portal once, all of it and Puno's part, and kept the head."""

    folder: Path
    head: LogHead

    def sees(self, place: str = "", *, memory: str = "memoria") -> Run:
        """What is said of what the portal gives today."""
        only = ("--municipalidad", place) if place else ()
        kept = self.folder / f"{memory}{place}.json"
        return run("descargar", ADDRESS, self.folder / f"bajado{place}", *only, memory=kept)


@pytest.fixture
def overseer(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Overseer:
    lamas = make_municipality("Lamas", "220501")
    elect(make_plan(lamas), by=make_person("planner@lamas.pe", Role.PLANNING, lamas))
    grow(at=timezone.now())
    head = newest_head()
    assert head
    monkeypatch.setattr(vigia_verify, "open_address", fetch)
    overseer = Overseer(tmp_path, head)
    assert [overseer.sees(place).status for place in ("", "puno")] == [0, 0]
    return overseer


def _change() -> None:
    tampered(ProgressReport, "UPDATE {table} SET narrative = 'Otra obra.' WHERE narrative <> ''")


def _close_up() -> None:
    """Without the closing, which is in the middle of the chain."""
    closed = "UPDATE {table} SET closed_at = NULL, closed_by_id = NULL"
    tampered(SemesterWindow, closed)
    LedgerEntry.objects.filter(act=LedgerAct.CLOSING).delete()


def _cut() -> None:
    tampered(Withholding, "DELETE FROM {table}")
    LedgerEntry.objects.filter(act=LedgerAct.WITHHOLDING).delete()


def _vanish() -> None:
    """Nothing of Lamas was ever published."""
    Plan.objects.filter(municipality__slug="lamas").update(version=0)
    LedgerEntry.objects.filter(municipality__slug="lamas").delete()


def _exchange() -> None:
    """Each municipality under the other's name."""
    puno, lamas = Municipality.objects.order_by("pk")
    for place, slug, inei in (
        (puno, "otra", "999999"),
        (lamas, "puno", "210101"),
        (puno, "lamas", "220501"),
    ):
        named = "UPDATE {table} SET slug = %s, inei = %s WHERE id = %s"
        tampered(Municipality, named, slug, inei, place.pk)


def _insert() -> None:
    """A correction of today among what was published before, as if of then."""
    first, *_others, newest = LedgerEntry.objects.filter(municipality__slug="puno").order_by(
        "number"
    )
    entries = LedgerEntry.objects.filter(municipality__slug="puno")
    for entry in entries.filter(number__gt=first.number).order_by("-number"):
        entries.filter(pk=entry.pk).update(number=F("number") + 1)
    entries.filter(pk=newest.pk).update(number=first.number + 1, at=first.at)


def _elsewhere() -> None:
    """Puno is as it was."""
    LedgerEntry.objects.filter(municipality__slug="lamas").update(unit="Otra oficina")


def _restored(scene: Scene) -> None:
    """As it was before the last entry, and then it went on from there."""
    rewritten(_cut)
    support = Support.objects.exclude(title="Padrón").get()
    withhold(support, "Se ve un rostro.", by=scene.planner)
    grow(at=timezone.now())


def _all_anew(change: Callable[[], None]) -> Callable[[Scene], None]:
    return lambda scene: rewritten(change)


CHANGES = (_change, _close_up, _cut, _vanish, _exchange, _insert, _elsewhere)
ATTACKS = {change.__name__: _all_anew(change) for change in CHANGES} | {"_restored": _restored}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_inside_shows_it_and_whoever_kept_a_head_sees_it(
    attack: Callable[[Scene], None], scene: Scene, overseer: Overseer
) -> None:
    attack(scene)
    verified()
    assert len(faults(f"--log-head={overseer.head.size}:{overseer.head.root}")) == 1
    for place in ("", "puno"):
        new, old = overseer.sees(place, memory="nueva"), overseer.sees(place)
        assert (new.status, old.status) == (0, 1), new.said + old.said
        assert any(words in fault for fault in old.faults for words in ("no continúa", "más corta"))
    shown = Client().post("/registro/testigos/", overseer.head.note, content_type="text/plain")
    assert shown.status_code == 409
    assert HeadConflict.objects.get().root == overseer.head.root


def test_two_people_who_were_shown_two_logs_see_it_once_they_compare(
    scene: Scene, overseer: Overseer
) -> None:
    rewritten(_change)
    withhold(Support.objects.exclude(title="Padrón").get(), "Otro.", by=scene.planner)
    grow(at=timezone.now())
    theirs = overseer.folder / "suyo"
    assert run("descargar", ADDRESS, theirs, memory=overseer.folder / "suya.json").status == 0
    mine = overseer.folder / "bajado" / "checkpoint"
    compared = run(theirs, "--cabeza", mine, memory=overseer.folder / "suya.json")
    assert compared.faults[0].startswith("Lo publicado no continúa la cabeza que usted dio, de 12")
