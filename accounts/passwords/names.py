"""Refuse a password that holds the name of the portal, of the municipality or of the office."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.passwords.folding import folded, readings

PORTAL: Final = "Vigía"
SHORTEST: Final = 4  # letters: shorter ones are in too many words
GENERIC: Final = frozenset(
    [
        *("gerencia", "subgerencia", "oficina", "unidad", "division", "departamento", "area"),
        *("general", "para", "desde", "sobre", "municipal", "municipalidad", "provincial"),
        *("distrital", "jefatura", "secretaria", "organo", "direccion"),
    ]
)
"""Words that every office's name has: alone they name none."""


class NamesValidator:
    """Of a person with roles: by where they work. `check_names` is for who has none yet."""

    def validate(self, password: str, user: Any = None) -> None:
        check_names(password, _names_around(user))

    def get_help_text(self) -> str:
        return _("Sin el nombre del portal, de la municipalidad ni de su unidad.")


def check_names(password: str, names: Iterable[str] = ()) -> None:
    """ValidationError, with the name, where PASSWORD holds the portal's or one of NAMES."""
    spellings = readings(password) | {folded(password)}
    for name in (PORTAL, *names):
        for word in _words(name):
            if any(word in reading for reading in spellings):
                raise ValidationError(
                    _("Lleva «%(name)s», que cualquiera probaría: elija otra.") % {"name": name},
                    code="password_names_the_place",
                )


def _names_around(user: Any) -> Iterator[str]:
    if user is None or user.pk is None:
        return
    for held in user.memberships.filter(ended_on=None).select_related("municipality", "unit"):
        if held.municipality:
            yield held.municipality.name
        if held.unit:
            yield held.unit.name


def _words(name: str) -> Iterator[str]:
    """NAME, and each word of it that names something."""
    yield folded(name)
    for word in re.findall(r"\w+", name):
        plain = folded(word)
        if len(plain) >= SHORTEST and plain not in GENERIC:
            yield plain
