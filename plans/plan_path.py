"""Which of a municipality's plans: of a term, the one in force, or that of a list."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from plans.term import Term

MOST: Final = 60
LIST_SLUG: Final = r"[a-z0-9][a-z0-9-]*[a-z0-9]"
"""Two signs at least: one letter alone is the code of a promise."""
RESERVED: Final = frozenset(
    {
        *("cambios", "clasificaciones", "condicion", "datos", "documento", "documentos"),
        *(
            "gasto",
            "hoja",
            "incrustar",
            "medir",
            "rendicion",
            "responsables",
            "semestres",
            "sin-informe",
            "sobre",
        ),
    }
)
"""What stands below a plan's address: no list is called so."""
PATH_COLUMNS: Final = ("first_year", "last_year", "in_force", "list_slug")
"""What is read of a plan to know its path."""


class PlanPath(NamedTuple):
    """The term and the list of a plan, as they stand in its address; "" for the one in force."""

    term: Term
    list_slug: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2023-2026" or "2023-2026/alianza-por-puno". ValueError for anything else."""
        term, _slash, list_slug = text.partition("/")
        if list_slug and (fault := fault_of_list(list_slug)):
            raise ValueError(fault)
        return cls(Term.parse(term), list_slug)

    def __str__(self) -> str:
        return f"{self.term}/{self.list_slug}" if self.list_slug else str(self.term)


def fault_of_list(list_slug: str) -> str:
    """Why no list can be called LIST_SLUG in an address, as a sentence; "" where it can."""
    if len(list_slug) > MOST or not re.fullmatch(LIST_SLUG, list_slug):
        return (
            _(
                "Una lista se escribe en minúsculas, sin tildes y con guiones, con 2 a %s letras o "
                "cifras: «alianza-por-puno»."
            )
            % MOST
        )
    if list_slug in RESERVED:
        return _("«%s» es el nombre de una sección del plan: llame a la lista de otro modo.") % (
            list_slug
        )
    return ""


def validate_list(list_slug: str) -> None:
    if fault := fault_of_list(list_slug):
        raise ValidationError(fault)


def list_called(organization: str, taken: Collection[str] = ()) -> str:
    """How the list of ORGANIZATION is called in addresses, unlike those TAKEN."""
    name = slugify(organization)[: MOST - 10].strip("-_").replace("_", "-")
    if fault_of_list(name):
        name = f"lista-{name}".strip("-")
    others = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *others) if each not in taken)
