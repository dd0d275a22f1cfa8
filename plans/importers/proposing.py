"""What a target's own words propose of how it is measured; what they do not settle is doubted.

One clear figure becomes a proposal. Nothing is mended or guessed: two figures, one that reads in
two ways, one that says where things stood, are left to a person.
"""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import PERCENT, Direction, MeasureKind
from plans.figures import figure_text
from plans.importers.draft import TermsDraft
from plans.importers.outline import Doubt, DoubtKind
from plans.importers.printed.figures import SOLES, Figure, figures_in, words_in, years_in
from plans.importers.printed.proving import is_printed
from plans.term import Term

_UP: Final = r"aument\w*|increment\w*|ampli(?:ar|a|aci[oó]n|ando)|elev\w*|subir|crecer|crecimiento"
_DOWN: Final = r"reduc\w*|redu[cz]\w*|disminu\w*|baj(?:ar|a|ando|ada)|elimin\w*|erradic\w*"
_KEEP: Final = r"manten\w*|conserv\w*"
_DIRECTIONS: Final = (
    (Direction.UP, re.compile(rf"\b(?:{_UP})\b", re.IGNORECASE)),
    (Direction.DOWN, re.compile(rf"\b(?:{_DOWN})\b", re.IGNORECASE)),
    (Direction.KEEP, re.compile(rf"\b(?:{_KEEP})\b", re.IGNORECASE)),
)
_CHANGES: Final = re.compile(rf"\b(?:{_UP}|{_DOWN}|mejor\w*|vari\w*)\b", re.IGNORECASE)
_NOW: Final = re.compile(
    r"\b(?:l[ií]nea (?:de )?base|actual(?:mente|idad)?|a la fecha|hoy|hasta ahora|valor inicial)\b",
    re.IGNORECASE,
)
Proposal = tuple[TermsDraft | None, tuple[Doubt, ...]]


def proposed(statement: str, indicator: str = "", term: Term | None = None) -> Proposal:
    """The terms that a target of TERM proposes with its STATEMENT, or else by its INDICATOR.

    None where there is not exactly one clear figure; the doubts then say why.
    """
    printed, of_indicator = figures_in(statement), _quantities(figures_in(indicator))
    own = _quantities(printed)
    starts = _baseline_doubts(statement, own, term) or _baseline_doubts(
        indicator, of_indicator, term
    )
    if own and _states_past(statement, term):
        return None, starts
    if not own and of_indicator and not _states_past(indicator, term):
        return _from_indicator(statement, indicator, of_indicator, term)
    if not own:
        left = tuple(map(_unread, printed[-1:])) or _words_doubts(statement)
        return None, starts + left
    terms, doubts = _from_figures(statement, own)
    return terms, starts + doubts


def _quantities(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if not figure.is_duration]


def _from_indicator(
    statement: str, indicator: str, figures: Sequence[Figure], term: Term | None
) -> Proposal:
    """An indicator that says neither when it was so nor when it will be is left as it is."""
    years = years_in(indicator)
    if term and any(term.holds(year) for year in years):
        return _from_figures(indicator, figures, about=statement)
    return None, (_unread(figures[0]),)


def _from_figures(text: str, figures: Sequence[Figure], about: str = "") -> Proposal:
    if len(figures) > 1:
        written = _(" y ").join(f"«{figure.written}»" for figure in figures[:3])
        return None, (Doubt(DoubtKind.FIGURES, _("Dice %s: pueden ser dos metas.") % written),)
    [figure] = figures
    if figure.value is None:
        return None, (_ambiguous(figure),)
    if not is_printed(figure.value, text, figure.unit):
        return None, (_unread(figure),)  # a year, for all that can be told
    said = f"{about} {text[: figure.start]}"
    kind, direction = _kind(figure, said), _direction(said)
    is_contrary = direction == Direction.DOWN and kind == MeasureKind.LEVEL and figure.value >= 100
    if is_contrary and figure.unit == PERCENT:
        terms = TermsDraft(goal=figure.value, unit_of_measure=figure.unit)
        reason = _("«%s» se puede leer de dos maneras: diga qué se reduce, y hasta dónde.")
        return terms, (Doubt(DoubtKind.FIGURE, reason % text[:80]),)
    return TermsDraft(kind, figure.value, figure.unit, direction), ()


def _kind(figure: Figure, said: str) -> str:
    """A change is "en 50 %" or "reducir 50 %"; what is reached, "al 50 %" or "el 50 % de"."""
    last = f" {figure.before}"
    is_change = _CHANGES.search(said) is not None
    if figure.before in {"en", "un"} or _CHANGES.fullmatch(last.strip()):
        if is_change:
            return MeasureKind.CHANGE
        return "" if figure.before == "en" and figure.unit == PERCENT else MeasureKind.LEVEL
    return MeasureKind.LEVEL


def _direction(said: str) -> str:
    """Where what was SAID before the figure says one way only."""
    found = [direction for direction, words in _DIRECTIONS if words.search(said)]
    return found[0] if len(found) == 1 else ""


def _states_past(text: str, term: Term | None) -> bool:
    """Whether TEXT says how things stood before TERM, and nothing of what is to come."""
    years = years_in(text)
    if term and any(year >= term.first_year for year in years):
        return False
    return bool(_NOW.search(text)) or bool(term and years)


def _baseline_doubts(text: str, figures: Sequence[Figure], term: Term | None) -> tuple[Doubt, ...]:
    if not figures or not _states_past(text, term):
        return ()
    reason = _("«%s» parece decir dónde se estaba, y no adónde se quiere llegar.")
    return (Doubt(DoubtKind.BASELINE, reason % text[:120]),)


def _words_doubts(statement: str) -> tuple[Doubt, ...]:
    for word, value in words_in(statement):
        shown = {"word": word, "value": value}
        reason = _("«%(word)s» puede ser la cifra: %(value)s.") % shown
        return (Doubt(DoubtKind.UNREAD, reason),)
    return ()


def _unread(figure: Figure) -> Doubt:
    shown = figure.written if figure.unit in {PERCENT, SOLES} else f"{figure.written} {figure.unit}"
    return Doubt(DoubtKind.UNREAD, _("No se recogió «%s».") % shown.strip())


def _ambiguous(figure: Figure) -> Doubt:
    if not figure.choices:
        return _unread(figure)
    read = _(" o ").join(figure_text(choice) for choice in figure.choices)
    shown = {"written": figure.written, "read": read}
    return Doubt(DoubtKind.FIGURE, _("«%(written)s» puede ser %(read)s.") % shown)
