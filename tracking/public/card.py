"""What a promise, a plan or an edition says at one look, wherever it goes without its page.

The picture that a chat shows of a link, and what another site embeds, say the same: see
`tracking.sharing`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self
from urllib.parse import quote

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.reading.addresses import absolute
from tracking.reading.sentences import shortened
from tracking.reading.strips import Arrival, Cell
from tracking.reading.verdicts import WORST_FIRST, LastKnown, headline_of

MOST_LETTERS: Final = 150
"""Of what was promised: three lines of a picture."""

FRAME_HEIGHT: Final = 480
"""Of an embed, in pixels: what the longest takes on a narrow telephone."""

Drawn = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is shown, in words and figures alone: two cards that look alike are equal.

    ADDRESS is that of its page. VERDICT gives the mark before the HEADLINE, "" where nothing is
    known. STRIP are cells by what is drawn of them; COUNTS how many promises go in each way, the
    worst first.
    """

    address: str
    place: str
    about: str
    words: str
    is_quoted: bool = False
    is_simulated: bool = False
    headline: str = ""
    verdict: str = ""
    when: str = ""
    strip: Drawn = ()
    counts: tuple[tuple[str, int], ...] = ()
    has_embed: bool = True

    @classmethod
    def of_promise(
        cls,
        plan: Plan,
        element: PlanElement,
        known: Mapping[int, LastKnown],
        strip: Sequence[Cell],
    ) -> Self:
        """ELEMENT of PLAN; KNOWN says by their ids how it goes, and all that hangs from it."""
        card = replace(
            cls._blank(plan, element.get_absolute_url()),
            words=shortened(element.statement, MOST_LETTERS),
            is_quoted=True,
            strip=tuple(cell.as_drawn for cell in strip),
        )
        if element.is_withdrawn:
            return replace(card, headline=_("Retirada del plan"))
        if below := [each for pk, each in known.items() if pk != element.pk]:
            counts = Counter(each.verdict.value for each in below)
            return replace(card, when=_when_newest(below), strip=()).counting(counts)
        if element.pk not in known:
            return card
        going = known[element.pk]
        return replace(
            card, headline=going.headline, verdict=going.verdict.value, when=_when(strip, going)
        )

    @classmethod
    def of_plan(
        cls,
        plan: Plan,
        counts: Mapping[str, int],
        semester: Semester | None = None,
        reported: int = 0,
        asked: int = 0,
    ) -> Self:
        """PLAN, whose promises go as COUNTS says. Of SEMESTER, the last that was due, so many of
        those ASKED were REPORTED."""
        card = cls._blank(plan, plan.get_absolute_url())
        if not counts:
            return card
        if semester is None:
            return card.counting(counts)
        shown = {"semester": semester, "n": reported, "of": asked}
        shown["day"] = date_format(semester.last_day)
        when = _("Del semestre %(semester)s, al %(day)s, informaron %(n)s de %(of)s") % shown
        return replace(card, when=when).counting(counts)

    @classmethod
    def _blank(cls, plan: Plan, address: str) -> Self:
        """PLAN, or what is below it, before anything is known."""
        of_plan = _("Plan de gobierno %s") % plan.term.printed
        if plan.is_unconfirmed:
            of_plan = _("%s, sin confirmar si su lista ganó") % of_plan
        return cls(
            address=address,
            place=plan.municipality.name,
            about=of_plan if plan.in_force else f"{of_plan}, {plan.filed_by}",
            words=_("Lo que se ofreció, palabra por palabra, y cómo va"),
            is_simulated=plan.simulated,
        )

    def counting(self, counts: Mapping[str, int]) -> Self:
        """The same with how many promises go in each way."""
        there = tuple((each.value, counts[each]) for each in WORST_FIRST if counts.get(each))
        return replace(self, headline=headline_of(counts), verdict=there[0][0], counts=there)

    @cached_property
    def digest(self) -> str:
        """Of all that it shows, and of the release that draws it."""
        shown = repr((settings.RELEASE, self))
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    @property
    def picture(self) -> str:
        """The address of its picture, another one whenever it shows something else."""
        return absolute(f"{self.address}compartir-{self.digest}.png")

    @property
    def page(self) -> str:
        return absolute(self.address)

    @property
    def embed(self) -> str:
        return absolute(f"{self.address}incrustar/") if self.has_embed else ""

    @property
    def whatsapp(self) -> str:
        """The address that opens WhatsApp, with what it is and where, to be sent to somebody."""
        return f"https://wa.me/?text={quote(f'{self.title} {self.page}', safe='')}"

    @property
    def iframe(self) -> str:
        """What somebody writes into a page of theirs to show it there."""
        return format_html(
            '<iframe src="{}" title="{}" width="100%" height="{}" frameborder="0" loading="lazy">'
            "</iframe>",
            *(self.embed, self.name, FRAME_HEIGHT),
        )

    @property
    def title(self) -> str:
        """How it goes and what it is, as it is said beside a link."""
        said = " · ".join(filter(None, (self.headline, self.name)))
        return _("%s (avances simulados)") % said if self.is_simulated else said

    @property
    def name(self) -> str:
        """What it is, however it goes."""
        words = f"«{self.words}»" if self.is_quoted else self.about
        return f"{words} · {self.place}"


def _when_newest(known: Iterable[LastKnown]) -> str:
    """Of when is the newest report of several; "" where there is none."""
    semesters = [each.cell.semester for each in known if each.cell]
    return _last_report(max(semesters)) if semesters else ""


def _last_report(semester: Semester) -> str:
    shown = {"semester": semester, "day": date_format(semester.last_day)}
    return _("Último informe: semestre %(semester)s, al %(day)s") % shown


def _when(strip: Sequence[Cell], going: LastKnown) -> str:
    """Of when is what is last known."""
    if going.cell is not None:
        return _last_report(going.cell.semester)
    missing = [cell.semester for cell in strip if cell.arrival == Arrival.MISSING]
    if not missing:
        return ""
    shown = {"semester": missing[-1], "day": date_format(missing[-1].last_day)}
    return _("Sin ningún informe hasta el semestre %(semester)s, al %(day)s") % shown
