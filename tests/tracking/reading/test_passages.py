"""A passage that a search found is cut down to what surrounds its first hit."""

from plans.models import Passage, SourceDocument
from plans.searching import HIT_END, HIT_START
from tracking.reading.passages import MOST_SHOWN, FoundPassage, found, told_apart

FILLER = "palabra " * 60


def found_in(text: str, hit: str = "agua") -> FoundPassage:
    passage = Passage(document=SourceDocument(), first_line=7, text=text)
    passage.headline = text.replace(hit, f"{HIT_START}{hit}{HIT_END}")  # type: ignore[attr-defined]
    (one,) = found([passage])
    return one


def test_a_short_passage_is_shown_whole_with_its_hits() -> None:
    assert found_in("Más agua para todos").pieces == [
        ("Más ", False),
        ("agua", True),
        (" para todos", False),
    ]


def test_a_long_one_is_cut_between_words_on_both_sides() -> None:
    pieces = found_in(f"{FILLER}agua {FILLER}").pieces
    assert (pieces[0], pieces[-1]) == (("… ", False), (" …", False))
    shown = "".join(text for text, _is_hit in pieces[1:-1])
    assert len(shown) <= MOST_SHOWN
    assert set(shown.split()) == {"palabra", "agua"}


def test_it_opens_at_the_line_of_the_first_hit() -> None:
    assert found_in("Uno\ndos\nagua\nagua").line == 9


def test_cells_and_lines_are_told_apart() -> None:
    assert told_apart("Meta\t10 km\nde vía") == "Meta · 10 km de vía"
