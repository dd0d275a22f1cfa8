"""The archive of a plan: what is in it, what is not, and that it stands by itself."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from tests.tracking.archiving.conftest import UNPUBLISHED, Kept
from tests.tracking.archiving.site import broken_links, pages_of
from tracking.archiving.archive import archive
from tracking.models import AccountabilityReport, RenderedFile, SignedFile, Support

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
        out = {link for link in page.links if link.startswith(settings.SITE_URL)}
        assert out <= page.external
        assert not any(f"/{PLAN}" in link for link in out)  # that is here


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


def test_only_the_day_makes_a_difference(kept: Kept, tmp_path: Path) -> None:
    said = json.loads((kept.path / "archivo.json").read_text())
    assert said["dia"] == timezone.localdate().isoformat()
    assert (said["plan"], said["municipalidad"]) == ("2019-2022", "puno")
    assert re.fullmatch(r"\d+:[0-9a-f]{64}", said["cabeza"])
