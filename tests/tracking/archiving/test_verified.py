"""What the portal archives is what people verify, with the program that is in it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tracking.archiving.conftest import Kept
from tests.tracking.transparency.authority import stamped
from tests.verifier.program import run
from tests.verifier.test_archives import sum_up
from tracking.transparency.time_stamps import new_request

pytestmark = pytest.mark.django_db
PLAN = "m/puno/2019-2022"


@pytest.fixture
def copy(kept: Kept, tmp_path: Path) -> Path:
    """One that may be changed."""
    return Path(shutil.copytree(kept.path, tmp_path / "copia"))


def test_its_own_program_finds_all_of_it_right(kept: Kept, tmp_path: Path) -> None:
    program = [sys.executable, "-I", "registro/vigia-verify.py", "."]
    memory = ["--memoria", str(tmp_path / "memoria.json")]
    ran = subprocess.run(
        [*program, *memory], cwd=kept.path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "7 archivos de rendiciones de cuentas, con lo que llevan dentro." in ran.stdout
    assert "3 sustentos de los informes" in ran.stdout
    assert f"{kept.made.files - 1} archivos están como se guardó" in ran.stdout  # but the list
    assert kept.made.code in ran.stdout
    assert ".tsr: dice que el" in ran.stdout


def test_a_stamp_of_a_head_that_its_tree_never_had_is_told(copy: Path, tmp_path: Path) -> None:
    (stamp,) = (copy / "registro/sellos").glob("*.tsr")
    other = f"localhost/registro\n3\n{'A' * 43}=\n"
    stamp.write_bytes(stamped(new_request(other).as_bytes()))
    stamp.with_suffix(".checkpoint").write_text(f"{other}\n")
    sum_up(copy)
    (fault,) = run(copy, memory=tmp_path / "memoria.json").faults
    assert "se selló una cabeza de 3 asientos que no es de este registro" in fault


def test_every_page_that_is_changed_is_told(copy: Path, tmp_path: Path) -> None:
    page = copy / PLAN / "S.1.1.1/index.html"
    page.write_text(page.read_text().replace("comedores", "palacios"))
    (fault,) = run(copy, memory=tmp_path / "memoria.json").faults
    assert fault == f"{PLAN}/S.1.1.1/index.html: no es como se guardó."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rendicion/2019-I/edicion-1.pdf", "está cortado"),
        ("rendicion/2019-I/edicion-2.json", "ninguna rendición asentada"),
    ],
)
def test_a_file_that_is_swapped_is_told_though_the_list_was_made_anew(
    name: str, said: str, copy: Path, tmp_path: Path
) -> None:
    (copy / PLAN / name).write_bytes(b"%PDF-1.7 otra cosa")
    sum_up(copy)
    faults = run(copy, memory=tmp_path / "memoria.json").faults
    assert any(said in fault for fault in faults), faults
