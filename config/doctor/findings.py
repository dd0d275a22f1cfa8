"""What a look at an installation finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How grave a finding is. Only what is wrong makes the command fail."""

    FINE = "bien"
    WATCH = "atención"
    WRONG = "mal"


@dataclass(frozen=True)
class Finding:
    """One sentence for whoever keeps the installation; what is not fine says what to do."""

    grade: Grade
    sentence: str


Check = Callable[[], Iterator[Finding]]
"""Looks at one thing. What it cannot look at may raise: the examination says so."""


def fine(sentence: str) -> Finding:
    return Finding(Grade.FINE, sentence)


def watch(sentence: str) -> Finding:
    return Finding(Grade.WATCH, sentence)


def wrong(sentence: str) -> Finding:
    return Finding(Grade.WRONG, sentence)
