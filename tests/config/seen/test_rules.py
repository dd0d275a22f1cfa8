"""Whatever an alert or the operators' page names is a figure that there is."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
import yaml
from django.conf import settings
from django.db import connection
from prometheus_client import REGISTRY

from config.copies import STAMP
from config.seen import counting, portal

NAME: Final = re.compile(r"\bvigia_\w+")
SUFFIX: Final = re.compile(r"_(total|bucket)$")
NO_FIGURE: Final = {"vigia_app"}  # the user as whom the portal runs


@pytest.fixture
def figures(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> set[str]:
    """The names of all that are served where everything is known."""
    monkeypatch.setattr(portal, "_age", lambda at: 0.0)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path))
    monkeypatch.setattr(settings, "TSA_URL", "http://tsa.example.pe/")
    stamp = {f"{each}_at": "2026-11-29T08:00:00+00:00" for each in ("database", "files", "drill")}
    (tmp_path / STAMP).write_text(json.dumps(stamp))
    counting.REQUESTS.labels("-", "GET", 200)
    return {each.name for each in (*REGISTRY.collect(), *portal.Portal().collect())}


def named(text: str) -> set[str]:
    return {SUFFIX.sub("", each) for each in NAME.findall(text)} - NO_FIGURE


def test_what_is_asked_for_is_served(figures: set[str]) -> None:
    folder = Path(settings.BASE_DIR)
    rules = yaml.safe_load((folder / "deploy/prometheus/vigia.rules.yml").read_text())
    for rule in rules["groups"][0]["rules"]:
        assert named(rule["expr"])
        assert named(rule["expr"]) <= figures, rule["alert"]
    assert named((folder / "docs/deploy.md").read_text()) <= figures
