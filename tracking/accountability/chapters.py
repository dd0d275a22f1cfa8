"""The chapters of an edition: what a reader opens one at a time, each with an address of its own.

Nothing here asks the database: which chapters there are follows from what was frozen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plans.choices import OWN_DIMENSIONS, Dimension
from tracking.accountability.edition import Edition
from tracking.accountability.groups import GUIDELINES, Group, PromiseLine
from tracking.accountability.telling import words
from tracking.public.charts.verdict_marks import mark_of
from tracking.reading.editions import CHAPTERS

WHOLE: Final = "todo"
"""The address at which all of them stand on one page, for paper."""

SOMETIMES: Final = (
    "presentacion",
    "edicion-anterior",
    *Dimension.values,
    *OWN_DIMENSIONS,
    GUIDELINES,
    "presupuesto",
)
SLUGS: Final = frozenset((*CHAPTERS, *SOMETIMES))
"""Every chapter that an edition can have."""

ALSO: Final[Mapping[str, tuple[str, ...]]] = {"metodo": ("calculo", "glosario")}
"""What else is in a chapter, by the anchors that it had when a report was one page."""

COMPACT: Final = 50  # promises, from which on a chapter folds what their reports tell


class Chapter(NamedTuple):
    """A chapter at SLUG; SIZE is how many things it tells of, None where it does not list any."""

    slug: str
    title: str
    size: int | None = None
    group: Group | None = None

    @property
    def template(self) -> str:
        name = "promesas" if self.group else self.slug.replace("-", "_")
        return f"tracking/accountability/_{name}.html"

    @property
    def anchors(self) -> tuple[str, ...]:
        return ALSO.get(self.slug, ())

    @property
    def is_compact(self) -> bool:
        return self.group is not None and len(self.group.lines) > COMPACT


@dataclass(frozen=True)
class Chapters:
    """The chapters of EDITION, whose pages stand below the address BASE; or, whole, on one page."""

    edition: Edition
    base: str = ""
    is_whole: bool = False

    @cached_property
    def all(self) -> list[Chapter]:
        return list(_chapters(self.edition))

    def at(self, slug: str) -> Chapter | None:
        return next((each for each in self.all if each.slug == slug), None)

    def beside(self, chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
        """The ones before and after CHAPTER."""
        place = self.all.index(chapter)
        before = self.all[place - 1] if place else None
        return before, next(iter(self.all[place + 1 :]), None)

    @property
    def whole(self) -> str:
        return f"{self.base}{WHOLE}/"

    @cached_property
    def rows(self) -> dict[str, str]:
        """The address of each promise's row, by its ref; only of promises that have a row."""
        placed = self.edition.placed
        if self.is_whole:
            return {ref: f"#p-{ref}" for ref in placed}
        return {ref: f"{self.base}{slug}/#p-{ref}" for ref, slug in placed.items()}


def marks(lines: Sequence[PromiseLine], rows: Mapping[str, str]) -> SafeString:
    """A mark for each of LINES that was asked, which leads to its row, by the anchor of that row.

    What was not asked has no mark: its anchor is beside the first mark that follows.
    """
    waiting: list[str] = []
    drawn: list[SafeString] = []
    for line in lines:
        ref, verdict = line.promise.ref, line.known.verdict
        if not line.promise.is_asked:
            waiting.append(ref)
            continue
        mark = format_html(
            '<a id="p-{}" href="{}" title="{} {}">{}</a>',
            *(ref, rows[ref], words(line, 12), verdict.label, mark_of(verdict)),
        )
        drawn.append(format_html("<li>{}{}</li>", _anchors(waiting), mark))
        waiting = []
    if waiting:
        drawn.append(format_html("<li>{}</li>", _anchors(waiting)))
    return format_html_join("", "{}", ((each,) for each in drawn))


def _anchors(refs: Iterable[str]) -> SafeString:
    return format_html_join("", '<span id="p-{}"></span>', ((each,) for each in refs))


def _chapters(edition: Edition) -> Iterator[Chapter]:
    content = edition.content
    if content.foreword:
        yield Chapter("presentacion", _("Presentación"))
    if content.replaces:
        changes = len(content.replaces.changes)
        yield Chapter("edicion-anterior", _("Qué cambia esta edición"), changes)
    yield Chapter("dificultades", _("Dificultades y medidas"), edition.hard_count)
    yield Chapter("sin-informe", _("Lo que no se informó"), edition.silent_count)
    yield Chapter("cambios", _("Qué cambió"))
    for group in edition.groups:
        count = sum(not line.is_heading for line in group.lines)
        yield Chapter(group.anchor, group.called, count, group)
    yield Chapter("oficinas", _("Cómo informó cada oficina"))
    if content.spending or edition.projected_year:
        title = _("Gasto y proyección") if edition.projected_year else _("Gasto")
        yield Chapter("presupuesto", title)
    yield Chapter("sustentos", _("Pruebas y sus códigos"), edition.support_count)
    yield Chapter("recuentos", _("Recuentos, semestre a semestre"))
    yield Chapter("metodo", _("Cómo se calculó, y glosario"))
