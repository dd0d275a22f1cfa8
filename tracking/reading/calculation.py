"""How the result of a published report came about, with the numbers put in: pure functions."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.choices import Bound, Direction, MeasureKind
from plans.figures import figure_text
from plans.models import MeasuringTerms
from tracking.choices import Signal, Step
from tracking.measuring import progress
from tracking.measuring.entry import Entry
from tracking.reading.sentences import of_value, percentage, ratio, with_unit
from tracking.reading.story import Revision


def how_calculated(revision: Revision, in_force: MeasuringTerms | None) -> list[str]:
    """The sentences of "cómo se calculó": the result, its signal, and the terms that ruled.

    Under the terms that were frozen into the report; IN_FORCE are those of today.
    """
    return [
        _result(revision),
        _against_schedule(revision),
        *_ruling(revision.terms, in_force),
    ]


def _result(revision: Revision) -> str:
    report, terms, entry = revision.report, revision.terms, revision.entry
    if entry == Entry.NARRATIVE:
        return _("Se informa con palabras: no hay una cifra que calcular.")
    if entry == Entry.STEP:
        return _("Es el paso %s de 4. Los pasos no se convierten en porcentaje.") % report.step
    if report.progress is None:
        return _why_none(revision)
    result = percentage(report.progress)
    if terms is None or entry != Entry.VALUE or report.value is None:
        return f"{ratio(revision)} = {result}."
    shown = {
        "stated": _stated(report.value, terms),
        "way": _way(report.value, terms, is_regress=report.progress < 0),
        "result": result,
    }
    if not shown["way"]:
        return _("%(stated)s: la meta está alcanzada, %(result)s.") % shown
    return _("%(stated)s: %(way)s = %(result)s.") % shown


def _stated(value: Decimal, terms: MeasuringTerms) -> str:
    """The figures that enter: "Valor 30 casos, meta 20 casos, línea de base 40 casos"."""
    pieces = [_("Valor %s") % of_value(value, terms)]
    if terms.goal is not None:
        goal = with_unit(terms.goal, terms)
        direction = terms.get_direction_display().lower()
        is_change = terms.kind == MeasureKind.CHANGE and direction
        pieces.append(f"{direction} {goal}" if is_change else _("meta %s") % goal)
    if terms.baseline is not None:
        pieces.append(_("línea de base %s") % figure_text(terms.baseline))
    return ", ".join(pieces)


def _way(value: Decimal, terms: MeasuringTerms, *, is_regress: bool) -> str:
    """The division that `tracking.measuring.progress` made; "" where the goal was simply reached.

    A level that fell behind its baseline was once divided as any other, and IS_REGRESS is not said
    of what came out.
    """
    goal, baseline = terms.goal, terms.baseline
    if goal is None:
        return ""
    if terms.kind == MeasureKind.CHANGE and baseline is not None:
        return _changed(value, baseline, goal, terms)
    if terms.direction == Direction.DOWN:
        if baseline is None or baseline <= goal:
            return ""
        return f"({_minus(baseline, value)}) ÷ ({_minus(baseline, goal)})"
    if terms.direction == Direction.KEEP:
        return _kept(value, goal, terms)
    return _raised(value, goal, baseline if is_regress else None)


def _raised(value: Decimal, goal: Decimal, baseline: Decimal | None) -> str:
    if baseline is None or not value < baseline < goal:
        return f"{figure_text(value)} ÷ {figure_text(goal)}"
    return f"({_minus(value, baseline)}) ÷ ({_minus(goal, baseline)})"


def _changed(value: Decimal, baseline: Decimal, goal: Decimal, terms: MeasuringTerms) -> str:
    is_down = terms.direction == Direction.DOWN
    ends = (baseline, value) if is_down else (value, baseline)
    is_share = terms.is_relative
    distance = (
        _("%(goal)s %% de %(baseline)s")
        % {"goal": figure_text(goal), "baseline": figure_text(baseline)}
        if is_share
        else figure_text(goal)
    )
    return f"({_minus(*ends)}) ÷ ({distance})" if is_share else f"({_minus(*ends)}) ÷ {distance}"


def _kept(value: Decimal, goal: Decimal, terms: MeasuringTerms) -> str:
    """How far the value lies outside of what was to be kept; "" within.

    Before terms said whether their goal was a ceiling or a floor, it was read as a floor.
    """
    percent = progress.kept(value, goal, terms.bound or Bound.FLOOR, terms.tolerance)
    if percent == 100:
        return ""
    if not goal:
        return _("fuera de lo que debía mantenerse")
    if terms.bound in {"", Bound.FLOOR} and value >= 0:
        return f"{figure_text(value)} ÷ {figure_text(goal)}"
    less, more = sorted([value, goal])
    over = _minus(more, less)
    if terms.tolerance:
        over = f"{over} − {figure_text(terms.tolerance)}"
    size = figure_text(goal) if goal > 0 else f"({figure_text(abs(goal))})"
    return _("100 − 100 × (%(over)s) ÷ %(size)s, sin bajar de 0,") % {"over": over, "size": size}


def _minus(left: Decimal, right: Decimal) -> str:
    return f"{figure_text(left)} − {figure_text(right)}"


def _why_none(revision: Revision) -> str:
    report, terms, entry = revision.report, revision.terms, revision.entry
    if entry == Entry.COUNT and report.done is not None:
        return _("En el semestre no se exigía ninguno: no hay porcentaje.")
    if entry == Entry.COUNT or report.value is None:
        return _("No se dio la cifra: no hay porcentaje.")
    return _what_lacks(terms)


def _what_lacks(terms: MeasuringTerms | None) -> str:
    """Why TERMS make no percentage of a value."""
    if terms is None or terms.goal is None:
        return _("Nadie ha definido la meta en una cifra: se muestra el valor solo.")
    if terms.kind == MeasureKind.LEVEL and terms.direction == Direction.KEEP and not terms.bound:
        return _(
            "Nadie ha definido si la meta que se mantiene es un techo, un piso o un valor: se "
            "muestra el valor solo."
        )
    if not terms.direction:
        return _("Nadie ha definido si debe aumentar o disminuir: se muestra el valor solo.")
    if terms.baseline is None:
        return _("Falta la línea de base: se muestra el valor solo.")
    return _("Con esas cifras no hay un recorrido que medir: se muestra el valor solo.")


def planned(revision: Revision) -> str:
    """What the declared schedule had planned for that semester: "50 %", "en ejecución"; or ""."""
    figure = revision.report.planned
    if figure is None:
        return ""
    if revision.entry.is_step:
        return str(Step(int(figure)).label).lower()
    return percentage(figure)


def _against_schedule(revision: Revision) -> str:
    report = revision.report
    signal = Signal(report.signal)
    if signal == Signal.NO_SCHEDULE:
        return _("No hay un cronograma declarado con el que compararlo.")
    if signal == Signal.NOT_DUE or report.planned is None:
        return _("El cronograma declarado todavía no preveía avance.")
    shown = {"planned": planned(revision), "signal": str(signal.label).lower()}
    gap = report.planned - progress.rounded(report.progress or Decimal(0))
    if report.progress is None or gap <= 0:
        return _("El cronograma declarado preveía %(planned)s: %(signal)s.") % shown
    shown["gap"] = figure_text(gap)
    return _("El cronograma declarado preveía %(planned)s, %(gap)s puntos más: %(signal)s.") % shown


def _ruling(ruled: MeasuringTerms | None, in_force: MeasuringTerms | None) -> list[str]:
    """Which terms it was computed under, and whether others rule since."""
    if ruled is None:
        sentences = [_("Cuando se publicó no estaba definido cómo se mide.")]
    else:
        shown = {"n": ruled.version, "day": date_format(ruled.in_force_from)}
        sentences = [_("Según la versión %(n)s de su forma de medir, del %(day)s.") % shown]
    if in_force and in_force != ruled:
        shown = {"n": in_force.version, "day": date_format(in_force.in_force_from)}
        sentence = _("Desde el %(day)s rige la versión %(n)s; lo publicado no se recalcula.")
        sentences.append(sentence % shown)
    return sentences
