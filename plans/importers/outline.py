"""What a reader understood of a source: one form for every format, and for whoever mends it.

A reader turns a source (a spreadsheet, a PDF, a file of the electoral authority) into an outline
and decides nothing: it neither refuses what can be mended nor invents what the source does not say.
`validation.py` turns an outline into the `PlanDraft` that is published.
"""

from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.importers.draft import Spans, TermsDraft
from plans.importers.faults import WHOLE, Where
from plans.term import Term


class DoubtKind(models.TextChoices):
    """Why a person should look at a statement before it is published."""

    CUT = "cortado", _("El texto parece cortado")
    OPEN = "abierto", _("Queda algo abierto: un paréntesis o unas comillas")
    REPEATED = "repetido", _("El mismo texto está dos veces")
    DATE = "fecha", _("Nombra un año fuera del periodo")
    FIGURE = "cifra", _("La cifra se puede leer de más de una manera")
    FIGURES = "cifras", _("Tiene más de una cifra: pueden ser dos metas")
    UNREAD = "sin cifra", _("Tiene una cifra que no se recogió")
    BASELINE = "linea de base", _("Parece una línea de base y no una meta")
    UNPAIRED = "sin pareja", _("No se sabe a cuál de los de arriba corresponde")
    LEVEL = "nivel", _("El nivel se dedujo del lugar")
    HEADING = "encabezado", _("El encabezado no está en el documento")
    WHOSE = "de quien", _("Puede ser de otra municipalidad o de otro periodo")
    ASIDE = "aparte", _("Algo del archivo no se recogió")


@dataclass(frozen=True)
class Doubt:
    """One thing to look at, with a sentence that names what is doubted. It forbids nothing."""

    kind: str
    reason: str


@dataclass(frozen=True)
class Source:
    """A source: the name and SHA-256 (hex) of the bytes that came, and the text read from them.

    ``text`` is NFC with LF line ends, a form feed between two pages, and no hidden character; it
    becomes the plan's document, and every span counts its characters. ``is_original`` says that
    the text is all that came, byte for byte.
    """

    name: str
    format: str
    sha256: str
    text: str
    is_original: bool = False


@dataclass(frozen=True)
class About:
    """What the source says of the plan as a whole; "" where it does not.

    ``place`` is the municipality in the source's own words, to be recognized; ``term`` is
    "2027-2030".
    """

    title: str = ""
    inei: str = ""
    place: str = ""
    term: str = ""
    organization: str = ""
    provenance: str = ""
    vision: str = ""
    vision_spans: Spans = field(default_factory=list)

    @property
    def years(self) -> Term | None:
        """The term, where it is one."""
        try:
            return Term.parse(self.term)
        except ValueError:
            return None


@dataclass(frozen=True)
class Item:
    """One statement of the source, as it stands there.

    ``key`` names it within its outline, also after it was mended; ``parent`` is the key of what it
    hangs from, None at the top. ``statement`` is what `SourceText.quoted` gives of ``spans``.
    ``kind`` is a dimension's or an activity's, ``heading`` that of a guideline; ``classes`` are its
    codes by scheme. ``also_under`` are the keys of further parents, under which it stands as a
    cross-reference; None where nobody says it, and what is published of it stays. ``ref`` is empty
    until somebody says it: `refs.py` gives each its own. An item without spans is a heading that
    the source does not print.
    """

    key: int
    parent: int | None
    level: str
    statement: str
    spans: Spans
    where: Where = WHOLE
    printed_code: str = ""
    kind: str = ""
    indicator: str = ""
    indicator_spans: Spans = field(default_factory=list)
    heading: str = ""
    note: str = ""
    cui: str = ""
    ref: str = ""
    terms: TermsDraft | None = None
    doubts: tuple[Doubt, ...] = ()
    classes: dict[str, list[str]] = field(default_factory=dict)
    also_under: tuple[int, ...] | None = None

    def without(self, kinds: Set[str]) -> "Item":
        """The same statement, of which nothing of KINDS is doubted any more."""
        return replace(self, doubts=tuple(each for each in self.doubts if each.kind not in kinds))


@dataclass(frozen=True)
class Outline:
    """A source, what it says of the plan, and its statements in the order in which they stand.

    A parent comes before its children. ``doubts`` are of the source as a whole.
    """

    source: Source
    about: About
    items: tuple[Item, ...] = ()
    doubts: tuple[Doubt, ...] = ()


MAX_ITEMS: Final = 5_000
MAX_STATEMENT: Final = 10_000
