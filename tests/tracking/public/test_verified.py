"""What the portal hands out, as ``bin/vigia-verify`` downloads and checks it."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import make_municipality
from tests.tracking.issued import Accounted
from tests.tracking.taken import fill
from tests.tracking.transparency.trees import enter
from tests.verifier.program import Run, run, vigia_verify
from tests.verifier.served import ADDRESS, fetch
from tracking.accountability.rendering import make_files
from tracking.transparency.growing import grow
from tracking.transparency.heads import newest_head

pytestmark = pytest.mark.django_db


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is remembered; what is downloaded comes from the portal of this test."""
    monkeypatch.setattr(vigia_verify, "open_address", fetch)
    return tmp_path / "memoria.json"


def _downloaded(memory: Path, *options: str) -> Run:
    return run("descargar", ADDRESS, memory.with_name("bajado"), *options, memory=memory)


def test_a_portal_is_found_right_with_its_editions_and_as_it_grows(
    accounted: Accounted, memory: Path
) -> None:
    fill(accounted)
    make_files()
    grow(at=timezone.now())
    first = _downloaded(memory, "--ediciones")
    assert first.status == 0, first.said
    assert "7 archivos de rendiciones de cuentas, con lo que llevan dentro." in first.said
    accounted.correct("Otra vez.")
    grow(at=timezone.now())
    second = _downloaded(memory)
    assert second.status == 0, second.said
    assert "Continúa la cabeza que usted guarda" in second.said


def test_a_municipality_is_found_right_by_its_proofs(accounted: Accounted, memory: Path) -> None:
    lamas = make_municipality("Lamas", "220501")
    enter(lamas, 2)
    grow(at=timezone.now())
    first = _downloaded(memory, "--municipalidad", "puno")
    assert first.status == 0, first.said
    theirs = newest_head()
    assert theirs
    enter(lamas, 3)
    accounted.correct("Se contó mal.")
    grow(at=timezone.now())
    second = _downloaded(memory, "--municipalidad", "puno")
    assert second.status == 0, second.said
    assert "Esos asientos están entre los" in second.said
    head = f"{theirs.size}:{theirs.root}"
    told = _downloaded(memory, "--municipalidad", "puno", "--cabeza", head)
    assert f"Continúa la cabeza que usted dio, de {theirs.size} asientos." in told.said
