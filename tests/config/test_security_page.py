"""What docs/security.md says of itself: each requirement once, in order, and tests that exist."""

import re
from pathlib import Path

from django.conf import settings

PAGE = (Path(settings.BASE_DIR) / "docs/security.md").read_text()
ROW = re.compile(r"^\| V(\d+)\.(\d+)\.(\d+) \| [^|]+ \| ([a-z/]+)[^|]* \|[^|]*\|$", re.MULTILINE)
STATES = {"met", "partly", "not", "n/a", "operator"}
LEVELS_1_AND_2 = 253
"""So many requirements has ASVS 5.0.0 at these."""


def test_each_requirement_has_its_line_and_a_state() -> None:
    rows = ROW.findall(PAGE)
    places = [tuple(map(int, row[:3])) for row in rows]
    assert (places, len(places)) == (sorted(set(places)), LEVELS_1_AND_2)
    assert {row[3] for row in rows} == STATES


def test_the_tests_that_it_names_are_there() -> None:
    named = set(re.findall(r"`(?:tests/)?((?:\w+/)*test_\w+\.py)`", PAGE))
    tests = Path(settings.BASE_DIR) / "tests"
    found = {str(each.relative_to(tests)) for each in tests.rglob("test_*.py")}
    short = {Path(each).name for each in found}
    assert {each for each in named if each not in (found if "/" in each else short)} == set()
