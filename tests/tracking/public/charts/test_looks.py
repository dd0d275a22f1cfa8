"""How shapes look where no style sheet reaches: as on paper."""

import re

import pytest
from django.conf import settings

from tracking.public.charts.looks import LOOKS, SIGNALLED, look, strip_look

CSS = (settings.BASE_DIR / "static/css/vigia.css").read_text()
ON_PAPER = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+);", CSS.partition("@media print")[2]))


@pytest.mark.parametrize(
    ("kind", "attribute", "token"),
    [
        *((f"tone-{number}", "fill", f"tone-{number}") for number in (1, 2, 3, 4, 5)),
        *((kind, "stroke", "edge") for kind in ("outline", "strokes", "ground")),
        *((kind, "stroke", "tone-2") for kind in ("trace", "dot")),
        *((kind, "stroke", "ink") for kind in ("goal", "baseline")),
        ("grid", "stroke", "line"),
        ("planned", "stroke", "muted"),
        ("dot", "fill", "tone-2"),
        ("chosen", "fill", "ink"),
    ],
)
def test_its_ink_is_the_one_that_the_sheet_prints_with(
    kind: str, attribute: str, token: str
) -> None:
    assert LOOKS[kind][attribute] == ON_PAPER[token]


def test_of_several_classes_the_later_one_wins() -> None:
    assert look("dot hollow") == {"fill": "none", "stroke": "#313131", "stroke-width": "1.6"}
    assert look("outline dotted")["stroke-dasharray"] == "1 2"
    assert look("trace thin")["stroke-width"] == "1.6"


def test_a_class_without_a_look_is_refused() -> None:
    with pytest.raises(KeyError):
        look("outline shiny")


def test_a_strip_on_paper_has_the_ink_that_the_sheet_prints_with() -> None:
    assert strip_look("cell")["stroke"] == ON_PAPER["edge"]
    assert strip_look("cell silent")["stroke"] == ON_PAPER["silent"]
    assert strip_look("fill") == {"fill": ON_PAPER["tone-1"]}
    assert strip_look("fill hollow")["fill"] == "none"
    for signal in SIGNALLED:
        assert strip_look(f"mark {signal}")
    with pytest.raises(KeyError):
        strip_look("fill shiny")
