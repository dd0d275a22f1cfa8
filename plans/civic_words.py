"""What people call by one word and plans by another: ``civic_words.txt``, where it is explained."""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("civic_words.txt")
MOST: Final = 4
LIKE: Final = 0.8
"""Of 1: how alike two words are, of which one may be a slip of the hand for the other."""


@cache
def civic_words() -> dict[str, list[str]]:
    """Each word, without accents, with what a plan would say."""
    words: dict[str, list[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        word, _colon, meanings = line.partition("#")[0].partition(":")
        if word.strip():
            words[_plain(word.strip())] = [each.strip() for each in meanings.split(";")]
    return words


def also_said(typed: str) -> list[str]:
    """What else to search for who TYPED this: the question, one of its words said as a plan would.

    What is between quotation marks, or is not to be there (-basura), stays as it is.
    """
    folded = _plain(typed)
    questions = [
        f"{typed[: match.start()]}{_together(meaning)}{typed[match.end() :]}"
        for match in _any_of_them().finditer(folded)
        if folded.count('"', 0, match.start()) % 2 == 0
        for meaning in civic_words()[match["word"]]
    ]
    return questions[:MOST]


def nearest_words(typed: str) -> list[str]:
    """For a slip of the hand: words, of people or of plans, that are nearly one of TYPED."""
    known = _all_words()
    near = (
        known[match]
        for word in re.findall(r"\w{4,}", _plain(typed))[:MOST]
        if word not in known
        for match in get_close_matches(word, known, MOST, LIKE)
    )
    return list(dict.fromkeys(near))[:MOST]


@cache
def _all_words() -> dict[str, str]:
    """Every word of the list and of its meanings, by how it is without accents."""
    meanings = " ".join(each for said in civic_words().values() for each in said)
    return {_plain(word): word for word in (*civic_words(), *re.findall(r"\w{4,}", meanings))}


@cache
def _any_of_them() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, civic_words()), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<word>{words})(?:s|es)?(?!\w)")


def _together(meaning: str) -> str:
    return f'"{meaning}"' if " " in meaning else meaning


def _plain(text: str) -> str:
    """Lower case, without accents, each character in its place."""
    return "".join(unicodedata.normalize("NFD", each.lower())[0] for each in text)
