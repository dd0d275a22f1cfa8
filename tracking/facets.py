"""The filters of a list: what can be chosen, with how many results each choice has."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES = {
    "municipio": _("Municipio"),
    "dimension": _("Dimensión"),
    "nivel": _("Nivel"),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str | Promise
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """One filter. ``any_address`` is the list without it."""

    name: str
    options: list[Option]
    any_address: str

    @property
    def title(self) -> str:
        return str(TITLES[self.name])

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)
