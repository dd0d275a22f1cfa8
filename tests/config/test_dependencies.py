"""Each package that is asked for is listed, with the licence that it states and why it is there."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CHAPTERS = (ROOT / "docs/dependencies.md").read_text().split("\n## ")[1:]
ROW = re.compile(r"^\| (?!package )([\w.-]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ASKED = re.compile(r"^([A-Za-z][\w.-]*)", re.MULTILINE)


def licence_of(name: str) -> str:
    """As the metadata states it: its expression, the first line of its text, or its class."""
    installed = distribution(name)
    said = installed.metadata
    classes = said.get_all("Classifier") or []
    stated = [
        *(said.get_all("License-Expression") or []),
        *(said.get_all("License") or [""])[0].splitlines()[:1],
        next((each.split(" :: ")[-1] for each in classes if each.startswith("License ::")), ""),
    ]
    files = [file for file in installed.files or [] if file.name.startswith("LICENSE")]
    stated += [file.read_text().splitlines()[0] for file in files[:1]]
    found = next(filter(None, stated))
    return "BSD License" if "is released under the BSD" in found else found


@pytest.mark.parametrize(("chapter", "name"), [(0, "base"), (1, "hosts"), (2, "dev")])
def test_the_list_is_what_is_asked_for(chapter: int, name: str) -> None:
    asked = ASKED.findall((ROOT / f"requirements/{name}.in").read_text())
    assert [package for package, _licence, _why in ROW.findall(CHAPTERS[chapter])] == asked


def test_each_licence_is_the_stated_one() -> None:
    listed = {name: licence for text in CHAPTERS for name, licence, _why in ROW.findall(text)}
    assert listed == {name: licence_of(name) for name in listed}
