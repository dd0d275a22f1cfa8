"""The map of the code: every room stands in the layers and in the guide for developers."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


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


def test_the_guide_names_no_file_that_is_not_there() -> None:
    guide = (ROOT / "docs" / "developers.md").read_text()
    named = {
        word for word in guide.replace("(", " ").replace("`", " ").split() if word.endswith(".py")
    }
    missing = {
        name
        for name in named
        if not any((ROOT / app / name).is_file() for app in ("", "tracking", "plans"))
        and not any(ROOT.glob(f"*/**/{name}"))
    }
    assert missing == set()
