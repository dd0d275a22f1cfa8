"""What two texts say differently, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.wording import MOST_WORDS, Op, word_differences

SAME, REMOVED, ADDED = Op.SAME, Op.REMOVED, Op.ADDED
TEXTS = st.text(alphabet="ab ,\n", max_size=60)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "Se hizo.", [(ADDED, "Se hizo.")]),
        ("Se hizo.", "", [(REMOVED, "Se hizo.")]),
        (
            "Se entregaron 3 postas en Puno",
            "Se entregaron 2 postas en Puno",
            [
                (SAME, "Se entregaron "),
                (REMOVED, "3 "),
                (ADDED, "2 "),
                (SAME, "postas en Puno"),
            ],
        ),
        (
            "uno dos tres cuatro cinco seis",
            "uno DOS tres cuatro CINCO seis",
            [
                (SAME, "uno "),
                (REMOVED, "dos "),
                (ADDED, "DOS "),
                (SAME, "tres cuatro "),
                (REMOVED, "cinco "),
                (ADDED, "CINCO "),
                (SAME, "seis"),
            ],
        ),
        ("Se  hizo.\nYa.", "Se hizo. Ya.", [(SAME, "Se hizo. Ya.")]),
        ("a a", "a a a", [(SAME, "a a "), (ADDED, "a")]),
    ],
)
def test_words_are_told_apart(old: str, new: str, expected: list[tuple[Op, str]]) -> None:
    assert word_differences(old, new) == expected


@given(TEXTS, TEXTS)
def test_each_text_can_be_read_out_of_the_difference(old: str, new: str) -> None:
    runs = word_differences(old, new)

    def read(*ops: Op) -> list[str]:
        return " ".join(text for op, text in runs if op in ops).split()

    assert read(SAME, REMOVED) == old.split()
    assert read(SAME, ADDED) == new.split()
    assert all(text for _, text in runs)


@given(TEXTS)
def test_a_text_differs_not_from_itself(text: str) -> None:
    assert {op for op, _ in word_differences(text, text)} <= {SAME}


def test_what_differs_too_much_is_told_apart_at_its_ends_only() -> None:
    many = MOST_WORDS // 2 + 1
    old = " ".join(["comienzo", *(f"a{n} y" for n in range(many)), "final"])
    new = " ".join(["comienzo", *(f"b{n} y" for n in range(many)), "final"])
    assert [op for op, _ in word_differences(old, new)] == [SAME, REMOVED, ADDED, SAME]
