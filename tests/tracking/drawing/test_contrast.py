"""The colours of the shapes, in light and dark."""

import re

import pytest
from django.conf import settings


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
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "raised"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_stands_out_three_to_one(scheme: int, paper: str, shape: str) -> None:
    css = (settings.BASE_DIR / "static/css/vigia.css").read_text()
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    tokens = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", blocks[scheme]))
    assert contrast(tokens[shape], tokens[paper]) >= 3
