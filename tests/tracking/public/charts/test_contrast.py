"""The colours of the shapes, in light and dark."""

import itertools
import re

import pytest
from django.conf import settings

from tracking.public.charts.fills import STEPS


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


SHAPES = [
    "on-time",
    "late",
    "very-late",
    "silent",
    "unscheduled",
    "edge",
    "tone-1",
    "tone-2",
    "tone-3",
    "tone-4",
    "tone-5",
]
SCHEMES = {"light": 0, "dark": 1, "print": 2}
NEXT = 1.4
"""How many times as much as the next one a step of the scale stands out, at least."""


def tokens_of(scheme: str) -> dict[str, str]:
    css = (settings.BASE_DIR / "static/css/vigia.css").read_text()
    block = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[SCHEMES[scheme]]
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+);", block))
    return {name: colour if len(colour) == 7 else doubled(colour) for name, colour in found.items()}


def doubled(colour: str) -> str:
    return "#" + "".join(2 * figure for figure in colour[1:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "raised"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_stands_out_three_to_one(scheme: str, paper: str, shape: str) -> None:
    tokens = tokens_of(scheme)
    assert contrast(tokens[shape], tokens[paper]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_stage_has_its_own_step_on_one_scale_from_nothing_to_done(scheme: str) -> None:
    tokens = tokens_of(scheme)
    stages = sorted(STEPS, key=lambda stage: STEPS[stage][0])  # the least done first
    found = [contrast(tokens[STEPS[stage][1]], tokens["paper"]) for stage in stages]
    assert found[0] >= 3
    assert all(later / sooner >= NEXT for sooner, later in itertools.pairwise(found))
