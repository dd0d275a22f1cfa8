"""The archive of a plan: what is in it and what is not, served, and verified."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from unittest import mock
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import Settings

from tests.factories import make_plan
from tests.tracking.archiving.conftest import TYPED, UNPUBLISHED, Kept
from tests.tracking.archiving.site import broken_links, pages_of
from tests.tracking.transparency.authority import stamped
from tests.verifier.program import run
from tests.verifier.test_archives import sum_up
from tracking.archiving.archive import archive
from tracking.files.kept import DamagedError
from tracking.models import AccountabilityReport, RenderedFile, SignedFile, Support
from tracking.services.supports import withhold
from tracking.transparency.growing import grow
from tracking.transparency.time_stamps import new_request

pytestmark = pytest.mark.django_db
PLAN = "m/puno/2019-2022"


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_link_leads_to_a_file_and_to_its_anchor(kept: Kept) -> None:
    assert len(pages_of(kept.path)) > 70
    assert broken_links(kept.path) == []


def test_nothing_of_it_needs_a_server_or_runs(kept: Kept) -> None:
    for name, page in pages_of(kept.path).items():
        assert page.active == [], name
        text = (kept.path / name).read_text()
        assert "Content-Security-Policy" in text
        assert not any(each in text for each in ("<input", "<button", "seguir/"))


def test_what_leads_to_the_portal_says_that_it_leaves(kept: Kept) -> None:
    for page in pages_of(kept.path).values():
        out = {link for link in page.links if link.startswith(settings.SITE_URL)} - {TYPED}
        assert out <= page.external
        assert not any(f"/{PLAN}" in link for link in out)  # that is here


def test_a_link_that_somebody_typed_leads_where_it_did(kept: Kept) -> None:
    assert TYPED in pages_of(kept.path)[f"{PLAN}/S.1.1.1/index.html"].links


def test_each_page_says_of_what_day_it_is_a_copy(kept: Kept) -> None:
    said = f"Copia de archivo del {date_format(timezone.localdate())}."
    for name in pages_of(kept.path):
        assert said in (kept.path / name).read_text(), name
    front = (kept.path / "index.html").read_text()
    assert settings.SITE_URL in front
    assert "python3 registro/vigia-verify.py ." in front


def test_it_has_each_promise_and_each_office(kept: Kept) -> None:
    for element in kept.of.plan.elements.all():
        assert (kept.path / PLAN / element.ref / "index.html").exists(), element.ref
    office = kept.path / f"m/puno/oficinas/{kept.of.unit.pk}/periodo-2019-2022/index.html"
    assert kept.of.unit.name in office.read_text()


def test_files_are_there_byte_for_byte(kept: Kept) -> None:
    editions = kept.path / PLAN / "rendicion" / "2019-I"
    for report in AccountabilityReport.objects.all():
        name = f"edicion-{report.edition}"
        assert (editions / f"{name}.json").read_text() == report.content
        for file in RenderedFile.objects.filter(report=report):
            assert (editions / f"{name}.{file.kind}").read_bytes() == bytes(file.data or b"")
    signed = SignedFile.objects.get()
    assert (editions / "edicion-1.firmado-1.pdf").read_bytes() == bytes(signed.data)
    support = Support.objects.filter(title="Acta de recepción").earliest("pk")
    act = kept.path / PLAN / f"S.1.1.1/sustento/{support.pk}.pdf"
    assert act.read_text() == "Acta de recepción"
    photograph = Support.objects.filter(title="Fotografía").earliest("pk")
    assert (kept.path / PLAN / f"S.1.1.1/sustento/{photograph.pk}.jpg").exists()
    assert (kept.path / PLAN / f"S.1.1.1/sustento/{photograph.pk}-vista.jpg").exists()


def test_nothing_is_in_it_that_was_not_published_or_is_anothers(kept: Kept) -> None:
    private = [UNPUBLISHED, kept.of.planner.email, kept.of.reporter.email, "Lamas"]
    for name, data in _files(kept.path).items():
        for words in private:
            assert words.encode() not in data, (name, words)


def test_the_same_state_gives_the_same_bytes(kept: Kept, tmp_path: Path) -> None:
    again = archive(kept.of.plan, tmp_path)
    assert again.code == kept.made.code
    assert _files(again.path) == _files(kept.path)


def test_it_says_of_what_it_is_and_from_which_head(kept: Kept) -> None:
    said = json.loads((kept.path / "archivo.json").read_text())
    assert said["dia"] == timezone.localdate().isoformat()
    assert (said["plan"], said["municipalidad"]) == ("2019-2022", "puno")
    assert re.fullmatch(r"\d+:[0-9a-f]{64}", said["cabeza"])


def test_what_a_list_offered_is_archived_without_reports(kept: Kept, tmp_path: Path) -> None:
    offered = make_plan(kept.of.plan.municipality, list_slug="renovar")
    grow(at=timezone.now())
    folder = archive(offered, tmp_path).path
    assert folder.name == "puno-2019-2022-renovar"
    assert broken_links(folder) == []
    assert (folder / f"{PLAN}/renovar/S.1.1.1/index.html").exists()
    assert not (folder / f"{PLAN}/rendicion").exists()
    assert run(folder, memory=tmp_path / "memoria.json").status == 0


def test_what_was_withheld_is_not_in_the_one_that_is_made_again(kept: Kept, tmp_path: Path) -> None:
    support = Support.objects.filter(title="Acta de recepción").earliest("pk")
    withhold(support, "Muestra un documento de identidad.", by=kept.of.planner)
    grow(at=timezone.now())
    folder = archive(kept.of.plan, tmp_path).path
    assert (kept.path / PLAN / f"S.1.1.1/sustento/{support.pk}.pdf").exists()  # until then
    assert not list((folder / PLAN / "S.1.1.1/sustento").glob("*.pdf"))
    page = (folder / PLAN / "S.1.1.1/index.html").read_text()
    assert "Muestra un documento de identidad." in page
    assert broken_links(folder) == []
    seen = run(folder, memory=tmp_path / "memoria.json")
    assert seen.status == 0, seen.said


def _damaged(_name: str, sha256: str) -> None:
    raise DamagedError(sha256)


def test_what_is_not_whole_any_more_is_said_on_its_first_page(
    kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        mock.patch("tracking.archiving.kept_files.whole_file", side_effect=_damaged),
        mock.patch("tracking.archiving.archive._Archive._ask"),  # its first page is enough
    ):
        call_command("archive", "puno/2019-2022", into=tmp_path)
    front = (tmp_path / "puno-2019-2022/index.html").read_text()
    assert "El portal ya no tenía enteros estos sustentos:" in front
    for support in Support.objects.filter(url=""):
        assert support.sha256 in front
    assert "Sin 3 archivos que el portal ya no tiene enteros" in capsys.readouterr().err


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


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def address(kept: Kept) -> Iterator[str]:
    """Where it is served, on this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(kept.path))) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        serving.join()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("", "text/html"),
        (f"{PLAN}/", "text/html"),
        (f"{PLAN}/S.1.1.1/", "text/html"),  # the very addresses of the portal
        (f"{PLAN}/rendicion/2019-I/", "text/html"),
        (f"{PLAN}/rendicion/2019-I/edicion-1.pdf", "application/pdf"),
        (f"{PLAN}/datos/reports.csv", "text/csv"),
        (f"{PLAN}/documento/todo.txt", "text/plain"),
        ("static/css/vigia.css", "text/css"),
        ("static/img/vigia.svg", "image/svg+xml"),
    ],
)
def test_each_file_is_what_its_name_says(name: str, media_type: str, address: str) -> None:
    with urlopen(f"{address}{name}") as answer:
        assert answer.status == 200
        assert answer.headers.get_content_type() == media_type


def test_it_is_downloaded_and_verified_as_the_portal_was(address: str, tmp_path: Path) -> None:
    seen = run(
        *("descargar", address, tmp_path / "descargado"),
        memory=tmp_path / "memoria.json",
        options=["--municipalidad", "puno", "--ediciones"],
    )
    assert seen.status == 0, seen.said
    assert "7 archivos de rendiciones de cuentas" in seen.said


class TestLinkedByThePortal:
    """The page of a plan's open data says where its archive is, once archives are served."""

    @pytest.fixture(autouse=True)
    def archives(self, kept: Kept, settings: Settings) -> None:
        settings.ARCHIVES_ROOT = kept.path.parent

    def _page(self) -> str:
        return Client().get(f"/{PLAN}/datos/").content.decode()

    def test_with_the_code_that_it_is_compared_with(self, kept: Kept, settings: Settings) -> None:
        settings.ARCHIVES_URL = "https://archivo.example/"
        page = self._page()
        assert 'href="https://archivo.example/puno-2019-2022/index.html"' in page
        assert kept.made.code in page

    def test_with_those_of_the_one_that_was_made_again(
        self, kept: Kept, settings: Settings, tmp_path: Path
    ) -> None:
        """The page is stored, and nothing was published meanwhile."""
        settings.ARCHIVES_URL, settings.ARCHIVES_ROOT = "https://archivo.example/", tmp_path
        assert "Copia de archivo" not in self._page()
        call_command("archive", "puno/2019-2022", into=tmp_path)
        assert "Copia de archivo" in self._page()

    def test_nowhere_else(self, settings: Settings) -> None:
        settings.ARCHIVES_URL = ""
        assert "Copia de archivo" not in self._page()

    @pytest.mark.parametrize("said", [b"", b"[]", b"{", b'{"dia": "ayer"}'])
    def test_nothing_of_one_that_is_broken(
        self, said: bytes, settings: Settings, tmp_path: Path
    ) -> None:
        settings.ARCHIVES_URL = "https://archivo.example/"
        settings.ARCHIVES_ROOT = tmp_path
        (tmp_path / "puno-2019-2022").mkdir()
        (tmp_path / "puno-2019-2022/archivo.json").write_bytes(said)
        assert "Copia de archivo" not in self._page()
