"""The name of the code that serves."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from config.release import release_of

PAGE = "templates/base.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with a page, a style sheet and a module."""
    for name, text in ((PAGE, "<p>"), ("static/css/a.css", "p {}"), ("plans/tree.py", "x = 1")):
        path = tmp_path / "one" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return tmp_path / "one"


def test_the_portal_has_one() -> None:
    assert re.fullmatch("[0-9a-f]{12}", settings.RELEASE)


def test_two_machines_with_the_same_code_agree(project: Path) -> None:
    other = project.with_name("two")
    shutil.copytree(project, other)
    (other / PAGE).touch()
    assert release_of(other) == release_of(project)


@pytest.mark.parametrize("name", [PAGE, "static/css/a.css", "plans/tree.py"])
def test_another_text_is_another_release(project: Path, name: str) -> None:
    before = release_of(project)
    (project / name).write_text("otro")
    assert release_of(project) != before


def test_another_name_is_another_release(project: Path) -> None:
    before = release_of(project)
    (project / PAGE).rename(project / "templates/page.html")
    assert release_of(project) != before


def test_running_it_changes_nothing(project: Path) -> None:
    before = release_of(project)
    compiled = project / "plans/__pycache__/tree.pyc"
    compiled.parent.mkdir()
    compiled.write_bytes(b"\0")
    (project / ".static").mkdir()
    (project / ".static/a.css").write_text("p {}")
    assert release_of(project) == before
