"""What was reported, said in plain sentences: pure functions of what the public may read."""

from decimal import Decimal
from textwrap import shorten
from typing import Final, Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.choices import Direction, MeasureKind
from plans.figures import figure_text
from plans.models import MeasuringTerms
from tracking.choices import Signal, Step
from tracking.measuring import progress
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.reading.story import Chapter, Revision
from tracking.reading.strips import Arrival

FEMININE: Final = (
    "gerencia",
    "subgerencia",
    "oficina",
    "unidad",
    "división",
    "dirección",
    "jefatura",
)
MASCULINE: Final = ("departamento", "área", "despacho", "órgano", "programa", "equipo")
"""First words of a unit's name whose article is known; before any other there is none."""

AGAINST_SCHEDULE: Final = {
    Signal.ON_TIME: gettext_lazy("al día con su cronograma"),
    Signal.LATE: gettext_lazy("con retraso frente a su cronograma"),
    Signal.VERY_LATE: gettext_lazy("muy retrasado frente a su cronograma"),
}


def percentage(percent: Decimal) -> str:
    """As every page shows it, without idle zeros: "37.5 %", "20 %"."""
    return _("%s %%") % figure_text(progress.rounded(percent))


def with_unit(value: Decimal, terms: MeasuringTerms | None) -> str:
    """A figure with its unit, alone where none was stated: "1,500 viviendas", "62.5 %"."""
    unit = terms.unit_of_measure if terms else ""
    return figure_text(value, unit)


def of_value(value: Decimal, terms: MeasuringTerms | None) -> str:
    """What was reported, or a baseline, with its own unit: a change in percent is not in "%"."""
    unit = terms.value_unit if terms else ""
    return figure_text(value, unit)


class Measured(Protocol):
    """A report with the terms under which it is read, and how these have it entered."""

    @property
    def report(self) -> ProgressReport: ...
    @property
    def terms(self) -> MeasuringTerms | None: ...
    @property
    def entry(self) -> Entry: ...


def measured(revision: Measured) -> str:
    """What a report gives as its measure, as it was entered: "en ejecución, 3 de 8 partes"."""
    report, entry = revision.report, revision.entry
    if entry == Entry.NARRATIVE:
        return _("en palabras")
    if entry == Entry.VALUE:
        return _value(revision)
    if entry == Entry.COUNT:
        return ratio(revision) or _("sin cifra")
    step = str(Step(report.step).label).lower() if report.step is not None else ""
    return ", ".join(piece for piece in (step, ratio(revision)) if piece)


def ratio(revision: Measured) -> str:
    """What was done of what there was to do: "3 de 8 partes"; "" where it is not so measured."""
    report, terms, entry = revision.report, revision.terms, revision.entry
    if entry == Entry.COUNT and report.done is not None and report.required is not None:
        counts = {
            "done": figure_text(Decimal(report.done)),
            "required": figure_text(Decimal(report.required)),
        }
        return _("%(done)s de %(required)s cumplidos") % counts
    if entry == Entry.PARTS and terms:
        done = len(set(report.parts_done) & set(terms.parts))
        return _("%(done)s de %(all)s partes") % {"done": done, "all": len(terms.parts)}
    if entry == Entry.QUANTITY and terms and terms.goal is not None and report.value is not None:
        shown = {"value": figure_text(report.value), "goal": with_unit(terms.goal, terms)}
        return _("%(value)s de %(goal)s") % shown
    return ""


def _value(revision: Measured) -> str:
    value, terms = revision.report.value, revision.terms
    if value is None:
        return _("sin cifra")
    sentence = _("valor de %s") % of_value(value, terms)
    if terms and terms.kind == MeasureKind.LEVEL and terms.goal is not None:
        sentence += _(", con una meta de %s") % with_unit(terms.goal, terms)
    percent = revision.report.progress
    is_regress = percent is not None and percent < 0
    if terms and terms.is_relative:
        sentence += _variation(value, terms, is_regress=is_regress)
    if terms and terms.baseline is not None and is_regress:
        baseline = of_value(terms.baseline, terms)
        sentence += _("; retrocedió respecto de la línea de base, %s") % baseline
    return sentence


def _variation(value: Decimal, terms: MeasuringTerms, *, is_regress: bool) -> str:
    """How much of its baseline VALUE is more or less, which is what the goal is a figure of."""
    if terms.baseline is None:
        return _(", sin línea de base")
    percent = progress.change(value, terms.baseline, Decimal(100), Direction.UP, relative=True)
    if percent is None:
        return ""
    sign = "+" if percent > 0 else ""
    sentence = _(", una variación de %s") % f"{sign}{percentage(percent)}"
    if is_regress:  # which names the baseline
        return sentence
    return sentence + _(" desde una línea de base de %s") % figure_text(terms.baseline)


def supported(revision: Revision) -> str:
    """The coverage of support: "2 sustentos", "sin sustento"; what was withdrawn is said."""
    count = len(revision.supports)
    if not count:
        return _("sin sustento")
    counted = ngettext("%(n)s sustento", "%(n)s sustentos", count) % {"n": count}
    withheld = sum(each.withheld_at is not None for each in revision.supports)
    if not withheld:
        return counted
    return ngettext("%(counted)s, %(n)s retirado", "%(counted)s, %(n)s retirados", withheld) % {
        "counted": counted,
        "n": withheld,
    }


def who_reports(revision: Revision) -> str:
    """The office in whose name it was reported, never a person: "La Gerencia de Obras"."""
    unit = revision.report.unit
    if unit is None:
        return _("La municipalidad")
    first = unit.name.split(maxsplit=1)[0].lower() if unit.name.strip() else ""
    if first in FEMININE:
        return _("La %s") % unit.name
    return _("El %s") % unit.name if first in MASCULINE else unit.name


def reported(chapter: Chapter) -> str:
    """«La Gerencia de Obras informó al 30 de junio de 2019: en ejecución, 2 sustentos.»

    The newest revision of the CHAPTER's semester, with what a reader should know of it.
    """
    revision = chapter.newest
    report = revision.report
    pieces = [_answered(revision), supported(revision)]
    if report.signal in AGAINST_SCHEDULE:
        pieces.append(str(AGAINST_SCHEDULE[Signal(report.signal)]))
    if report.halted_since:
        pieces.append(_("paralizado desde el %s") % date_format(report.halted_since))
    return _("%(who)s informó al %(day)s: %(what)s.") % {
        "who": who_reports(revision),
        "day": date_format(report.as_of) if report.as_of else "",
        "what": ", ".join([*pieces, *_doubts(chapter)]),
    }


def reported_briefly(chapter: Chapter) -> str:
    """«Al 30 de junio de 2019: en ejecución, 2 sustentos.»

    The same where who reports, and how that goes, stand beside it.
    """
    revision = chapter.newest
    report = revision.report
    return _("Al %(day)s: %(what)s.") % {
        "day": date_format(report.as_of) if report.as_of else "",
        "what": ", ".join([_answered(revision), supported(revision), *_doubts(chapter)]),
    }


def _doubts(chapter: Chapter) -> list[str]:
    """What weakens the newest report of CHAPTER."""
    report = chapter.newest.report
    pieces = [_("informado con atraso")] if chapter.is_late else []
    if not report.second_review:
        pieces.append(_("sin segunda revisión"))
    if report.revision > 1:
        pieces.append(_("corregido"))
    return pieces


def _answered(revision: Revision) -> str:
    """How far it is; a figure that is another than that is what it rests on, and stands behind."""
    report, said = revision.report, measured(revision)
    if revision.entry != Entry.VALUE or report.progress is None:
        return said
    advance = percentage(report.progress)
    if report.value is not None and advance == of_value(report.value, revision.terms):
        return said
    return _("%(advance)s de lo prometido (%(value)s)") % {"advance": advance, "value": said}


def silent_chapter(chapter: Chapter) -> str:
    """What a semester without a report says in its place of the list."""
    window = chapter.window
    if window is None:
        return ""
    day = date_format(window.due_on)
    if chapter.is_missing:
        name = _("Sin informe final.") if chapter.cell.is_final else _("Sin informe.")
        if window.closed_at:
            closed = date_format(timezone.localdate(window.closed_at))
            rest = _("Venció el %(day)s y el semestre se cerró así el %(closed)s.")
            return f"{name} {rest % {'day': day, 'closed': closed}}"
        return f"{name} {_('Venció el %s.') % day}"
    if chapter.cell.arrival == Arrival.DUE:
        return _("Todavía sin informe: vence el %s.") % day
    return _("Aún no corresponde: se informa desde el %(opens)s hasta el %(day)s.") % {
        "opens": date_format(window.opens_on),
        "day": day,
    }


def chapter_notes(chapter: Chapter) -> list[str]:
    """What a reader should know of how a report came to be public, a sentence each."""
    notes = []
    window, first = chapter.window, chapter.revisions[-1].report
    if chapter.is_late and window and first.submitted_at:
        shown = {
            "sent": date_format(timezone.localdate(first.submitted_at)),
            "day": date_format(window.due_on),
        }
        notes.append(_("Informado con atraso: se envió el %(sent)s y vencía el %(day)s.") % shown)
    if not chapter.newest.report.second_review:
        notes.append(_("Sin segunda revisión: en la municipalidad nadie más podía revisarlo."))
    if window and window.closed_at:
        closed = date_format(timezone.localdate(window.closed_at))
        if chapter.is_after_closing:
            sentence = _("Se publicó después del cierre: el %s el semestre se cerró sin informe.")
            notes.append(sentence % closed)
        elif chapter.is_corrected_after_closing and chapter.closing:
            signal = str(Signal(chapter.closing.signal).label).lower()
            sentence = _("El cierre, el %(closed)s, fijó una revisión anterior: %(signal)s.")
            notes.append(sentence % {"closed": closed, "signal": signal})
    return notes


def shortened(text: str, most: int) -> str:
    """TEXT on one line, in at most MOST characters, cut between words if any fits."""
    kept = shorten(text, most, placeholder="…")
    return Truncator(" ".join(text.split())).chars(most) if kept == "…" else kept


def quoted(text: str) -> str:
    """TEXT between quotation marks, unless the plan printed it between its own."""
    return text if text.startswith("“") else f"“{text}”"
