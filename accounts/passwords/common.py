"""Refuse a password that is only words everybody tries."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.passwords.folding import readings

LIST: Final = Path(__file__).with_name("common.txt")
MOST: Final = 3
"""So many of them, with figures and signs around, are still tried first. Four are a phrase."""


class CommonSpanishValidator:
    """Django's list has few words of Spanish, and next to none of twelve letters."""

    def validate(self, password: str, user: Any = None) -> None:
        if any(is_common(reading) for reading in readings(password)):
            raise ValidationError(
                _(
                    "Son palabras que cualquiera probaría, con cifras o signos. Elija cuatro "
                    "palabras al azar, que no tengan que ver entre sí."
                ),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("No basta una palabra conocida con cifras.")


def is_common(letters: str) -> bool:
    """Whether LETTERS are up to MOST words of the list in a row, or a piece again and again."""
    words = common_words()
    fewest: list[int | None] = [0]
    for end in range(1, len(letters) + 1):
        counts = [
            count + 1
            for start, count in enumerate(fewest)
            if count is not None and letters[start:end] in words
        ]
        fewest.append(min(counts, default=None))
    count = fewest[-1]
    return (count is not None and count <= MOST) or _is_repeated(letters)


def _is_repeated(letters: str) -> bool:
    """Whether a short piece makes it all: "holaholahola", "xyxyxyxyxyxy"."""
    return any(
        len(letters) % size == 0 and letters == letters[:size] * (len(letters) // size)
        for size in range(1, min(8, len(letters) // 2) + 1)
    )


@cache
def common_words() -> frozenset[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
