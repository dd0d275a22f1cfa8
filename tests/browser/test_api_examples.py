"""The examples of docs/api.md, each run as it stands against a running portal."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final
from urllib.request import urlopen

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

TEXT: Final = (settings.BASE_DIR / "docs" / "api.md").read_text()
EXAMPLES: Final = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)
CURL, PYTHON, SHEETS = (
    [code for language, code in EXAMPLES if language == each] for each in ("sh", "python", "text")
)


def test_there_is_an_example_of_each_kind() -> None:
    assert (len(CURL), len(PYTHON), len(SHEETS)) == (2, 2, 1)


def run(program: list[str], portal: str, code: str, folder: Path) -> str:
    """What PROGRAM prints of CODE, which asks PORTAL, started in FOLDER."""
    asked = code.replace("http://localhost:8000", portal)
    done = subprocess.run(
        [*program, "-c", asked], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_curl_finds_the_targets_without_a_report(portal: str, tmp_path: Path) -> None:
    told = json.loads(run(["sh"], portal, CURL[0], tmp_path))
    assert [row["ref"] for row in told["results"]] == ["A.4.1.2"]


def test_curl_fetches_a_file_anew_only_if_something_changed(portal: str, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    run(["sh"], portal, CURL[1], tmp_path)
    first = file.read_text()
    assert len(list(csv.DictReader(io.StringIO(first)))) > 100
    file.write_text("as it was")
    run(["sh"], portal, CURL[1], tmp_path)
    assert file.read_text() == "as it was"


def test_python_counts_how_activities_stand(portal: str, tmp_path: Path) -> None:
    printed = run([sys.executable], portal, PYTHON[0], tmp_path).splitlines()
    told = [line.partition(" ")[0] for line in printed]  # other tests may publish a plan more
    assert told == sorted(told)
    assert {"huancane", "lamas", "puno"} <= set(told)
    assert all("'en-parte': " in line for line in printed if line.startswith("puno "))


def test_python_prints_a_plan_with_its_reports(portal: str, tmp_path: Path) -> None:
    printed = run([sys.executable], portal, PYTHON[1], tmp_path).splitlines()
    assert printed[0].startswith("S ")
    assert any(line.strip().startswith("S.1.1.1.1 ") for line in printed)


def test_a_spreadsheet_is_given_a_table(portal: str) -> None:
    (address,) = re.findall(r'"([^"]+)"', SHEETS[0])
    with urlopen(address.replace("http://localhost:8000", portal)) as answer:
        text = answer.read().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["municipality"] for row in rows} == {"puno"}
    assert all(int(row["reported"]) <= int(row["asked"]) for row in rows)
