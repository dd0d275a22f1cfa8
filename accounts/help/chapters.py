"""What a page's help is made of, and the chapters of the guide by name."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise


@dataclass(frozen=True)
class Help:
    """Of a page: its ``chapter`` of the guide, and ``words``."""

    chapter: str
    words: str | Promise


FIRST_DAY: Final = "el-primer-dia-en-orden"
IMPORTING: Final = "traer-un-plan"
SEMESTER: Final = "cada-semestre"
SHEETS: Final = "hojas-de-calculo-de-ida-y-vuelta"
PUBLISHED: Final = "lo-publicado-no-se-cambia"
LISTS: Final = "varias-listas-un-plan-que-rige"
DOCUMENTS: Final = "los-documentos-de-un-plan"
CLASSES: Final = "clasificaciones"
ACCOUNTABILITY: Final = "rendir-cuentas"
SYSTEMS: Final = "que-un-sistema-informe"
MEASURING: Final = "medir"
