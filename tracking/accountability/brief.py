"""What somebody reads of an edition who has a minute: its three sentences and its short lists."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.accountability.edition import Edition
from tracking.accountability.groups import GUIDELINES, PromiseLine
from tracking.accountability.sustaining import Sustaining, sustaining
from tracking.choices import Signal, Stage, Verdict

ROOM: Final = 27
"""Lines of lists that page 2 has room for, whatever the plan."""
USUAL: Final = 5
"""Rows of its picture; those of a plan with more dimensions take their room from the lists."""
SHORT: Final = 8
"""Lines of each of the two lists that stand side by side below the others."""
FEW: Final = 17
WORST: Final = 3


class Shown(NamedTuple):
    """As many of the LINES of a list as its page holds; MORE are left for the chapter."""

    lines: Sequence[PromiseLine]
    more: int

    @property
    def total(self) -> int:
        return len(self.lines) + self.more


@dataclass(frozen=True)
class Brief:
    """EDITION in short. Its lists are of the semester's own reports; nothing is in two of them."""

    edition: Edition

    @cached_property
    def halted(self) -> list[PromiseLine]:
        """What is reported as halted, the longest first."""
        lines = [each for each in self.edition.asked if _halt(each)]
        return sorted(lines, key=lambda each: _halt(each) or dt.date.max)

    @cached_property
    def very_late(self) -> list[PromiseLine]:
        """What is furthest behind its schedule, and not halted: what has done nothing first, then
        the furthest."""
        lines = [each for each in self.edition.asked if is_very_late(each)]
        return sorted(lines, key=lambda each: (not is_untouched(each), -(points_behind(each) or 0)))

    @cached_property
    def silent(self) -> list[PromiseLine]:
        """What was asked and not reported, what was never reported first, then the longest."""
        lines = [each for each in self.edition.asked if each.promise.is_silent]
        return sorted(lines, key=lambda each: (each.known.cell is not None, -each.known.silent))

    @cached_property
    def fell_silent(self) -> list[PromiseLine]:
        """Those of `silent` whose last report was of a halt: no report says that they went on."""
        return [each for each in self.silent if each.known.cell and each.known.cell.is_halted]

    @cached_property
    def achieved(self) -> list[PromiseLine]:
        """What was delivered, what has a support first."""
        lines = [each for each in self.edition.asked if each.known.verdict == Verdict.DONE]
        return sorted(lines, key=lambda each: not is_supported(each))

    @property
    def back(self) -> int:
        """How many stepped back since the semester before, whatever else is said of them."""
        edition = self.edition
        return len(edition.content.changes.get("back", [])) if edition.content.changed_since else 0

    @cached_property
    def sustained(self) -> Sustaining:
        return sustaining(self.edition)

    @property
    def is_short(self) -> bool:
        """Whether the lists leave so much of page 2 that each line may take two."""
        lower = max(len(self.silent), len(self.achieved))
        upper = 2 * len(self.halted) + len(self.very_late) + bool(self.fell_silent)
        return upper + lower <= FEW

    # What page 2 has room for: a halt takes two lines, for its cause.

    @property
    def shown_halted(self) -> Shown:
        return _shown(self.halted, max(4, (self._upper - min(8, len(self.very_late))) // 2))

    @property
    def shown_late(self) -> Shown:
        return _shown(self.very_late, max(4, self._upper - 2 * len(self.shown_halted.lines)))

    @property
    def shown_silent(self) -> Shown:
        return _shown(self.silent, SHORT)

    @property
    def shown_achieved(self) -> Shown:
        return _shown(self.achieved, SHORT)

    @property
    def _upper(self) -> int:
        taken = [max(0, len(self.edition.groups) - USUAL), bool(self.fell_silent), bool(self.back)]
        return ROOM - SHORT - sum(taken)

    # The three sentences

    @property
    def how(self) -> str:
        """How it goes."""
        edition = self.edition
        asked, told = len(edition.asked), edition.told_count
        if not asked:
            return _("En este semestre no se pidió ningún informe.")
        if not told:
            sentence = ngettext(
                "No se informó la única promesa que se pidió.",
                "No se informó ninguna de las %s promesas que se pidieron.",
                asked,
            )
            return sentence % asked if asked > 1 else sentence
        shown = {"told": told, "asked": asked}
        reported = _("Tienen informe de este semestre %(told)s de %(asked)s.") % shown
        return f"{edition.sentence} {reported}"

    @property
    def worst(self) -> list[PromiseLine]:
        """The few of which to ask first."""
        return [*self.halted, *self.very_late][:WORST]

    @property
    def how_bad(self) -> str:
        """What is worst; the list of `worst` follows where there is one."""
        if not self.edition.told_count:
            return _("No puede decirse: sin informes no se sabe qué va mal.")
        counts = [
            ngettext("%s paralizada", "%s paralizadas", n) % n for n in [len(self.halted)] if n
        ] + [
            ngettext("%s muy retrasada", "%s muy retrasadas", n) % n
            for n in [len(self.very_late)]
            if n
        ]
        if counts:
            return _("%s. Lo más grave:") % _(" y ").join(counts)
        late = sum(_signal(each) == Signal.LATE for each in self.edition.asked)
        said = _("De lo informado, nada figura paralizado ni muy retrasado.")
        if late:
            said += " " + ngettext("%s va con retraso.", "%s van con retraso.", late) % late
        return said

    @property
    def unknown(self) -> str:
        """What is not known."""
        if not self.edition.asked:
            return _("Cómo va el plan: nada se pidió informar.")
        said = [each for each in (*self._unreported(), *self._unproven()) if each]
        if not said:
            return _("Todo lo que se pidió tiene informe, con sustento y con cronograma.")
        first, *rest = said
        return f"{first[:1].upper()}{'; '.join([first, *rest])[1:]}."

    def _unreported(self) -> Iterable[str]:
        n, never = len(self.silent), sum(each.known.cell is None for each in self.silent)
        skipped = self.edition.unfollowed
        if n:
            said = ngettext("%s promesa sin informe", "%s promesas sin informe", n) % n
            ever = ngettext("%s nunca se informó", "%s nunca se informaron", never) % never
            yield f"{said} ({ever})" if never else said
        if skipped:
            yield (
                ngettext(
                    "%s lineamiento del que la municipalidad no eligió informar",
                    "%s lineamientos de los que la municipalidad no eligió informar",
                    skipped,
                )
                % skipped
            )

    def _unproven(self) -> Iterable[str]:
        told = self.edition.reports_asked
        bare = self.sustained.bare
        if bare:
            yield ngettext("%s informe sin sustento", "%s informes sin sustento", bare) % bare
        n = sum(each.signal in (Signal.NO_SCHEDULE, Signal.NOT_MEASURABLE) for each in told)
        if n:
            yield (
                ngettext(
                    "%s sin cronograma o cifra con que compararla",
                    "%s sin cronograma o cifra con que compararlas",
                    n,
                )
                % n
            )
        spent = self.edition.spent
        if not self.edition.has_activities:
            yield _("el gasto se registra por actividad, y el plan no tiene ninguna")
        elif spent is None:
            yield _("no se registró el gasto del año")
        elif spent.known < spent.of:
            shown = {"n": spent.of - spent.known, "of": spent.of}
            yield _("no se conoce el gasto de %(n)s de %(of)s actividades") % shown

    def anchor(self, line: PromiseLine) -> str:
        """Where the report tells of LINE: its row, or the chapter where rows are summed up."""
        promise = line.promise
        if promise.ref in self.edition.placed:
            return f"p-{promise.ref}"
        return promise.dimension or GUIDELINES


def points_behind(line: PromiseLine) -> Decimal | None:
    """How many points LINE is behind its schedule; None where figures do not say."""
    report = line.report
    if report is None or report.planned is None or report.progress is None:
        return None
    return report.planned - report.progress


def is_very_late(line: PromiseLine) -> bool:
    return _signal(line) == Signal.VERY_LATE and not _halt(line)


def is_untouched(line: PromiseLine) -> bool:
    """Whether nothing of LINE is done, as its stage or its figure says."""
    report = line.report
    if report is None:
        return False
    nothing = report.progress is not None and report.progress <= 0
    return nothing or report.stage == Stage.IDLE


def is_supported(line: PromiseLine) -> bool:
    return line.known.cell is not None and line.known.cell.is_supported


def _halt(line: PromiseLine) -> dt.date | None:
    return line.report.halted_since if line.report else None


def _signal(line: PromiseLine) -> str:
    return line.report.signal if line.report else ""


def _shown(lines: Sequence[PromiseLine], most: int) -> Shown:
    """The first of LINES; a line that says how many more there are takes the place of one."""
    if len(lines) <= most:
        return Shown(lines, 0)
    return Shown(lines[: most - 1], len(lines) - most + 1)
