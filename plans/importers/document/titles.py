"""Titles of sections: which hold promises, which say how they are followed, which neither."""

import re
from enum import Enum
from typing import Final

from plans.importers.document.blocks import Block, is_bulleted, is_title
from plans.importers.printed.labels import plain_words
from plans.importers.printed.numbering import leading
from plans.source_text import bare

FOLLOW_UP_HEADING: Final = "Seguimiento y rendición de cuentas"


class Section(Enum):
    NONE = "none"
    VISION = "vision"
    GUIDELINES = "guidelines"
    FOLLOW_UP = "follow-up"
    STRATEGY = "strategy"
    """How a plan will be carried out: of its follow-up where it speaks of giving account."""
    ASIDE = "aside"
    """What a plan says before it promises: what it found, whom it believes."""


_SECTIONS: Final[tuple[tuple[Section, str], ...]] = (
    (
        Section.FOLLOW_UP,
        r".*\b(?:seguimiento|rendicion de cuentas|monitoreo)\b.*|.*\bvigilancia del plan\b.*",
    ),
    (
        Section.STRATEGY,
        r"(?:la )?estrategias? de (?:desarrollo|ejecucion|gestion|implementacion)\b.*",
    ),
    (Section.VISION, r"(?:la )?vision\b(?!.*\bmision\b).*"),
    (
        Section.GUIDELINES,
        r"(?:principales )?lineamientos?\b(?! de (?:la )?propuesta).*"
        r"|(?:nuestras? |las? )?estrategias? (?:de (?:desarrollo|gobierno|gestion)|generales)[.:]?",
    ),
    (
        Section.ASIDE,
        r"(?:el |la |los |las |sintesis de |analisis de )*(?:diagnostic|situacion|realidad"
        r"|caracteri|potencialidad|fortalezas|foda\b|ideario|principios|valores|mision\b|historia"
        r"|antecedentes|introduccion|presentacion|contenido|indice|marco |bases|aspectos"
        r"|identificacion|fundamento|resena|ubicacion|geografia|hechos|anexo|bibliografia"
        r"|conclusion|equipo|hoja de vida|orientaciones).*",
    ),
    (
        Section.NONE,
        r"(?:parte|capitulo|titulo|seccion) (?:[ivx]+|[0-9]+)\b.*"
        r"|(?:esquema de |desarrollo de |resumen de )*(?:la )?(?:propuestas?"
        r"|desarrollo del plan|resumen del plan|ejes|dimensiones)\b.*",
    ),
)


# Where nothing but its words makes a title of a paragraph: the whole of it.
_ALONE: Final[tuple[tuple[Section, str], ...]] = (
    (
        Section.FOLLOW_UP,
        r"(?:(?:propuesta|sistema|mecanismos?|plan)s? de )?(?:seguimiento|rendicion de cuentas"
        r"|monitoreo)(?: (?:y|al|del|de la|de|a|plan|gobierno|seguimiento|evaluacion|gestion"
        r"|rendicion|cuentas|municipal|cumplimiento))*:?",
    ),
    (Section.VISION, r"(?:nuestra |la )?vision(?: de desarrollo| del plan(?: de gobierno)?)?:?"),
    (
        Section.ASIDE,
        r"(?:el )?(?:diagnostico|situacion actual|ideario|principios|valores|mision|presentacion"
        r"|introduccion|indice|contenido|antecedentes)(?: y (?:principios|valores))?"
        r"(?: (?:del?|de la) (?:distrito|provincia|plan de gobierno))?:?",
    ),
    (Section.NONE, r"(?:nuestras? )?propuestas?(?: de gobierno| por dimensiones)?:?"),
)


def section_of(block: Block, text: str) -> Section | None:
    """The section that a paragraph opens by its title; None for what is no title of a section."""
    plain = plain_words(text)
    if is_title(block, text) or _is_numbered_title(block, text):
        sections = _SECTIONS
    elif _is_short(block, text):
        sections = _ALONE
    else:
        return None
    return next(
        (section for section, pattern in sections if re.fullmatch(pattern, plain, re.DOTALL)), None
    )


def _is_short(block: Block, text: str) -> bool:
    """Few words that begin with a capital and have no end, alone in their paragraph."""
    words = bare(text)
    return (
        not block.is_row
        and not leading(text).mark
        and words[:1].isupper()
        and len(words.split()) <= 8
        and words[-1:] not in ".;,"
    )


def _is_numbered_title(block: Block, text: str) -> bool:
    """A number before few words without an end: "III. Propuesta de seguimiento"."""
    code = leading(text).code
    return (
        not block.is_row
        and not is_bulleted(text)
        and bool(re.fullmatch(r"(?:[IVX]+|[0-9]{1,2}|[0-9]\.[0-9])(?:\.-|[.)])?", code))
        and len(text) <= 100
        and not text.rstrip().endswith((".", ";", ","))
    )
