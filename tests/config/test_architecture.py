"""The map of the code: every room stands in the layers and in the guide for developers."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PROGRAM_AS_GIVEN = "registro/vigia-verify.py"
"""What people have of ``bin/vigia-verify``."""


def rooms(app: str) -> set[str]:
    """The modules and packages right inside APP, by name."""
    return {
        each.stem
        for each in (ROOT / app).iterdir()
        if each.suffix == ".py" or (each / "__init__.py").is_file()
    } - {"__init__"}


def layers(app: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = project["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each.get("containers") == [app])
    assert contract["exhaustive"]
    assert "ignore_imports" not in contract
    return {name.strip() for layer in contract["layers"] for name in layer.split("|")}


@pytest.mark.parametrize("app", ["accounts", "plans", "tracking"])
def test_every_room_of_an_app_stands_in_a_layer(app: str) -> None:
    assert layers(app) == rooms(app)


def test_every_room_of_tracking_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "developers.md").read_text()
    told = {name for name in rooms("tracking") if f"{name}/" in guide or f"{name}.py" in guide}
    assert told == rooms("tracking")


def test_the_documents_name_no_module_that_is_not_there() -> None:
    folders = ("accounts", "benchmarks", "bin", "config", "plans", "tests", "tracking")
    there = [f"/{path}" for each in folders for path in (ROOT / each).rglob("*.py")]
    there += ["/manage.py", f"/{PROGRAM_AS_GIVEN}"]
    missing = {
        (document.name, name)
        for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for name in re.findall(r"[\w./-]+\.py\b", document.read_text())
        if not any(path.endswith(f"/{name}") for path in there)
    }
    assert missing == set()
