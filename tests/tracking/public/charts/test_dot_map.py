"""A map of dots: where they lie, how small it is, and which labels have room."""

import csv
import re
from decimal import Decimal

from django.conf import settings

from tracking.public.charts.dot_map import FORMS, Frame, Label, Placed, dot_map, swatch

PUNO = (Decimal("-15.8403"), Decimal("-70.0281"))
LAMAS = (Decimal("-6.4239"), Decimal("-76.5233"))


def whole_country(form: str) -> list[Placed]:
    with (settings.BASE_DIR / "fixtures" / "municipalities.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["latitude"]]
    return [
        Placed(
            (Decimal(row["latitude"]), Decimal(row["longitude"])), form, f"/mapa/{row['region']}/"
        )
        for row in rows
    ]


def test_north_is_above_and_west_is_left() -> None:
    frame = Frame([PUNO, LAMAS])
    (x, y), (west, north) = frame.place(PUNO), frame.place(LAMAS)
    assert (x > west, y > north) == (True, True)
    assert (frame.width <= 1000, frame.height) == (True, 1000)


def test_one_place_alone_is_in_the_middle() -> None:
    frame = Frame([PUNO])
    x, y = frame.place(PUNO)
    assert abs(2 * x - frame.width) <= 1
    assert abs(2 * y - frame.height) <= 1


def test_the_dots_of_the_whole_country_stay_small() -> None:
    for form in FORMS:
        dots = whole_country(form)
        drawn = dot_map(dots, "Mapa")
        assert len(dots) == 1734
        assert drawn.count("<path") == 25  # one for each region that it leads to
        assert len(drawn) < 25_000 * 1734 / 1891


def test_a_dot_that_leads_nowhere_shares_its_path() -> None:
    drawn = dot_map([Placed(PUNO, "no-plan"), Placed(LAMAS, "no-plan")], "Mapa")
    assert drawn.count("<path") == 1
    assert len(re.findall(r"M\d+ \d+h0", drawn)) == 2


def test_what_is_known_lies_above_what_is_not() -> None:
    drawn = dot_map([Placed(PUNO, "most", "/p/", "Puno"), Placed(LAMAS, "no-plan")], "Mapa")
    assert drawn.index("dot-no-plan") < drawn.index("dot-most")


def test_names_that_somebody_wrote_cannot_end_the_picture() -> None:
    drawn = dot_map([Placed(PUNO, "most", "/p/", "<b>&")], "Mapa", [Label(PUNO, "<b>&")])
    assert "<title>&lt;b&gt;&amp;</title>" in drawn
    assert drawn.count("&lt;b&gt;&amp;") == 2


def test_a_label_without_room_is_left_out() -> None:
    labels = [Label(LAMAS, "Lamas"), Label(LAMAS, "Otra"), Label(PUNO, "Puno")]
    drawn = dot_map([Placed(PUNO, "no-plan"), Placed(LAMAS, "no-plan")], "Mapa", labels)
    assert re.findall(r"<text[^>]*>([^<]+)", drawn) == ["Lamas", "Puno"]


def test_a_dash_reaches_further_than_its_ink_for_whoever_taps_it() -> None:
    drawn = dot_map([Placed(PUNO, "unknown", "/p/", "Puno"), Placed(LAMAS, "little", "/l/")], "M")
    again = dict(re.findall(r'class="(reach|hole)" href="#(\w+)"', drawn))
    assert re.findall(r'id="(\w+)"', drawn) == [again["reach"], again["hole"]]
    assert again["reach"] != again["hole"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert dot_map([], "Mapa") == ""


def test_a_ring_has_a_hole_and_a_disc_has_none() -> None:
    assert "hole" in swatch("little")
    assert "hole" not in swatch("most")
