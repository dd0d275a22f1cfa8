"""The examples of docs/api.md, each run as it stands against a running portal."""

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from accounts.choices import TokenScope
from accounts.models import Municipality, User
from accounts.services.tokens import make_token, revoke_token
from plans.semester import Semester
from tracking.measuring.entry import WRITABLE
from tracking.permissions import element_to_report, reports_to_write
from tracking.services.drafts import recall, save_draft

pytestmark = pytest.mark.django_db

TEXT: Final = (settings.BASE_DIR / "docs" / "api.md").read_text()
EXAMPLES: Final = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)
KNOWN, SEMESTER = "S.3.1.2", Semester(2022, 2)
"""What the system of the last example reports."""
CURL, PYTHON, SHEETS = (
    [code for language, code in EXAMPLES if language == each] for each in ("sh", "python", "text")
)


def test_there_is_an_example_of_each_kind() -> None:
    assert (len(CURL), len(PYTHON), len(SHEETS)) == (4, 3, 1)


def run(program: list[str], portal: str, code: str, folder: Path, token: str = "") -> str:
    """What PROGRAM prints of CODE, which asks PORTAL, started in FOLDER."""
    asked = code.replace("http://localhost:8000", portal)
    done = subprocess.run(
        [*program, "-c", asked],
        cwd=folder,
        env={**os.environ, "VIGIA_TOKEN": token},
        capture_output=True,
        text=True,
        check=True,
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


def test_curl_finds_what_a_document_says(portal: str, tmp_path: Path) -> None:
    told = json.loads(run(["sh"], portal, CURL[2], tmp_path))
    found = [(row["municipality"], row["line"]) for row in told["results"]]
    assert ("huancane", 25) in found  # other tests may publish a plan that says it, too


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


@pytest.fixture(scope="module")
def token(portal: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Of somebody of the demonstration, whose reports are left as they were found."""
    with django_db_blocker.unblock():
        person = User.objects.get(email="desarrollo.social@puno.example")
        place = Municipality.objects.get(slug="puno")
        (report,) = reports_to_write(person, place).filter(element__ref=KNOWN, semester=SEMESTER)
        before = {name: getattr(report, name) for name in WRITABLE}
        lasts = dt.timedelta(days=1)
        made, text = make_token(person, place, "Ejemplo", TokenScope.SUBMIT, lasts=lasts)
        connection.close()
    yield text
    with django_db_blocker.unblock():
        element = element_to_report(person, place, SEMESTER, KNOWN)
        recalled = recall(report, by=person)
        save_draft(element, SEMESTER, before, by=person, edit=recalled.edit)
        revoke_token(made)
        connection.close()


def test_curl_is_told_what_there_is_to_report(portal: str, tmp_path: Path, token: str) -> None:
    told = json.loads(run(["sh"], portal, CURL[3], tmp_path, token))
    assert KNOWN in [row["ref"] for row in told["results"]]


def test_a_system_reports_what_it_knows_and_does_it_once(
    portal: str, tmp_path: Path, token: str
) -> None:
    assert run([sys.executable], portal, PYTHON[2], tmp_path, token) == f"{KNOWN} enviado\n"
    assert run([sys.executable], portal, PYTHON[2], tmp_path, token) == ""
