"""What a promise's measuring terms need, whoever states them: the rules that every form shares."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.choices import PERCENT, Bound, Direction, Level, MeasureKind, Nature
from plans.figures import figure_in
from plans.models import MeasuringTerms, PlanElement
from plans.models.terms import VALUED
from plans.semester import SEMESTER, Semester
from plans.services.changes import STATED

MEASURED: Final = frozenset({Level.OBJECTIVE, Level.ACTIVITY, Level.TARGET, Level.GUIDELINE})
NUMBER_HINT: Final = gettext_lazy(
    "Escriba la cifra con punto decimal y sin separador de miles: 1500.5"
)
SPELLED_PERCENT: Final = frozenset({"porcentaje", "por ciento", "porciento"})
LAST_STEP: Final = 4


class Fault(NamedTuple):
    """What keeps terms from being stated: the field, the sentence, and of what semester."""

    field: str
    reason: str
    semester: str = ""


def stated_in(element: PlanElement, values: Mapping[str, Any]) -> MeasuringTerms:
    """The terms of ELEMENT that a form's cleaned VALUES state; what is missing is left empty."""
    given = {name: values[name] for name in STATED if values.get(name) is not None}
    return MeasuringTerms(element=element, **given)


def tell(
    form: forms.BaseForm,
    terms: MeasuringTerms,
    newest: MeasuringTerms | None,
    field_of: Callable[[Fault], str] = lambda fault: fault.field,
) -> None:
    """Add to FORM what keeps TERMS from following NEWEST; a field has its first fault only.

    Without a readable kind there is nothing to hold the rest against.
    """
    unread = set(form.errors)
    if "kind" in unread:
        return
    for fault in faults(terms, newest):
        # A schedule goes in steps or in percent, which the parts and the goal decide.
        in_doubt = fault.field == "schedule" and unread & {"goal", "parts"}
        if field_of(fault) not in form.errors and not in_doubt:
            form.add_error(field_of(fault), fault.reason)
    if newest and not form.errors and all(getattr(newest, n) == getattr(terms, n) for n in STATED):
        form.add_error(None, _("Es igual a la forma de medir que ya rige."))


def faults(terms: MeasuringTerms, newest: MeasuringTerms | None) -> Iterator[Fault]:
    """What TERMS lack or contradict, for their kind and after NEWEST (None: they are the first)."""
    if terms.kind in VALUED:
        yield from _of_a_figure(terms)
    yield from _of_the_nature(terms)
    yield from _of_what_is_kept(terms)
    if terms.kind == MeasureKind.LEVEL:
        yield from _of_a_level(terms)
    elif terms.kind == MeasureKind.CHANGE:
        yield from _of_a_change(terms)
    else:
        yield from _of_a_delivery(terms)
    if terms.parts and terms.kind not in {"", MeasureKind.DELIVERY}:
        yield Fault(
            "parts", _("Solo una entrega se cuenta por partes: bórrelas o cambie la clase.")
        )
    if terms.baseline is not None and not terms.baseline_source:
        yield Fault("baseline_source", _("Diga de dónde sale la línea de base."))
    yield from _of_semesters(terms)
    yield from _of_the_schedule(terms, newest)


def day_fault(day: Any, newest: MeasuringTerms | None) -> str:
    """Why terms cannot be in force from DAY; "" where they can."""
    if day > timezone.localdate():
        return _("No puede regir desde un día por venir.")
    if newest and day < newest.in_force_from:
        since = date_format(newest.in_force_from)
        return _("La forma anterior rige desde el %s: elija ese día o uno posterior.") % since
    return ""


def caution(terms: MeasuringTerms) -> str:
    """What TERMS leave unmeasured although nothing forbids it; "" where they do not."""
    if terms.baseline is not None:
        return ""
    if terms.kind == MeasureKind.CHANGE:
        return _("El valor se mostrará solo, hasta que haya línea de base.")
    if terms.kind == MeasureKind.LEVEL and not terms.direction:
        return _("El valor se mostrará solo, hasta que se diga hacia dónde debe ir.")
    if terms.kind == MeasureKind.LEVEL and terms.direction == Direction.DOWN:
        return _("Sin línea de base se sabrá si se llegó a la meta, pero no cuánto falta.")
    return ""


def unit_written(typed: str) -> str:
    """The unit of measure as it is kept: however percent is spelled, it is "%"."""
    unit = " ".join(typed.split())
    return PERCENT if unit.lower() in SPELLED_PERCENT else unit


def figure_written(value: Decimal) -> str:
    """A figure as it is kept by semester: "10", "20.5"."""
    return f"{value.normalize():f}"


def read_by_semester(semester: str, value: str) -> tuple[str, str]:
    """One line «2019-I: 10» as it is kept. ValidationError for what is not one."""
    if not SEMESTER.match(semester):
        raise ValidationError(_("«%s» no es un semestre: escriba 2019-I o 2019-II.") % semester)
    return str(Semester.parse(semester)), figure_written(figure_in(value))


def _of_a_figure(terms: MeasuringTerms) -> Iterator[Fault]:
    if not terms.unit_of_measure:
        yield Fault("unit_of_measure", _("Diga en qué se mide: %, km, viviendas…"))
    if terms.unit_of_measure == PERCENT and not terms.nature:
        yield Fault(
            "nature",
            _("Diga qué % es: parte de un todo, o uno que puede pasar de 100 o bajar de 0."),
        )


def _of_the_nature(terms: MeasuringTerms) -> Iterator[Fault]:
    """A figure below 0 belongs to what can be negative; how much must change has no sign."""
    is_share = terms.nature == Nature.SHARE and terms.kind != MeasureKind.CHANGE
    if is_share and terms.unit_of_measure not in {"", PERCENT}:
        yield Fault("nature", _("Una parte de un todo se mide en %: cambie la unidad o esto."))
    if terms.goal is not None and terms.goal < 0 and terms.kind == MeasureKind.CHANGE:
        yield Fault("goal", _("Escriba cuánto, sin signo: el sentido dice hacia dónde."))
    for name in ("goal", "baseline"):
        figure = getattr(terms, name)
        is_change = name == "goal" and terms.kind == MeasureKind.CHANGE
        if figure is None or is_change or terms.least is None or figure >= 0:
            continue
        message = _("No puede ser negativo.")
        if terms.kind in VALUED:
            message = _("Solo puede ser negativo si abajo se dice que la cifra puede serlo.")
        yield Fault(name, message)
    if terms.nature == Nature.SIGNED and terms.kind == MeasureKind.DELIVERY:
        yield Fault("nature", _("Lo que se entrega no puede ser negativo."))


def _of_what_is_kept(terms: MeasuringTerms) -> Iterator[Fault]:
    """What is to be kept says whether its goal is a ceiling, a floor or a value; nothing else."""
    is_kept = terms.direction == Direction.KEEP
    if is_kept and terms.kind == MeasureKind.LEVEL and not terms.bound:
        yield Fault("bound", _("Diga si la meta es un techo, un piso o un valor."))
    if terms.bound and not is_kept:
        yield Fault("bound", _("Un techo o un piso es solo de lo que se mantiene."))
    if terms.bound == Bound.VALUE and terms.tolerance is None:
        yield Fault("tolerance", _("Diga cuánto puede apartarse de la meta; si nada, 0."))
    if terms.tolerance is not None and terms.bound != Bound.VALUE:
        yield Fault("tolerance", _("Solo un valor que se mantiene lleva tolerancia."))


def _of_a_level(terms: MeasuringTerms) -> Iterator[Fault]:
    goal, baseline = terms.goal, terms.baseline
    if goal is None:
        yield Fault("goal", _("Un nivel necesita el valor de la meta."))
    if terms.most is not None:
        too_much = _(
            "Una parte de un todo va de 0 a 100 %. Si es cuánto cambia, es una variación; si puede "
            "pasar de 100, dígalo en «Qué cifra es»."
        )
        for name, figure in (("goal", goal), ("baseline", baseline)):
            if figure is not None and figure > terms.most:
                yield Fault(name, too_much)
    if goal is None:
        return
    if goal == 0 and terms.least == 0 and terms.direction not in {Direction.DOWN, Direction.KEEP}:
        yield Fault("direction", _("A una meta de 0 se llega disminuyendo: elija ese sentido."))
    if goal == 0 and terms.bound == Bound.FLOOR and terms.least == 0:
        yield Fault("bound", _("Nada baja de 0: si no debe subir, la meta es un techo."))
    if terms.direction == Direction.DOWN and baseline is not None and baseline <= goal:
        yield Fault("baseline", _("Para disminuir, la línea de base es mayor que la meta."))
    if terms.direction == Direction.UP and baseline is not None and baseline >= goal:
        yield Fault("baseline", _("Para aumentar, la línea de base es menor que la meta."))


def _of_a_change(terms: MeasuringTerms) -> Iterator[Fault]:
    goal, baseline = terms.goal, terms.baseline
    is_relative = terms.unit_of_measure == PERCENT
    if terms.most is not None and baseline is not None and baseline > terms.most:
        yield Fault("baseline", _("Una parte de un todo va de 0 a 100 %."))
    if terms.direction not in {Direction.UP, Direction.DOWN}:
        yield Fault("direction", _("Una variación aumenta o disminuye: diga cuál de las dos."))
    if is_relative and baseline == 0:
        yield Fault("baseline", _("De 0 no hay un % que cambiar: mídalo en otra unidad."))
    if not goal:
        yield Fault("goal", _("Una variación necesita cuánto debe cambiar."))
    elif terms.least is None or terms.direction != Direction.DOWN:
        return
    elif is_relative and goal > 100:
        yield Fault("goal", _("Nada disminuye más de 100 %."))
    elif _falls_below_zero(terms):
        yield Fault("goal", _("No puede disminuir más de lo que dice la línea de base."))


def _falls_below_zero(terms: MeasuringTerms) -> bool:
    """Whether a fall told in the indicator's own unit is larger than what there was."""
    if terms.goal is None or terms.baseline is None:
        return False
    return terms.unit_of_measure not in {"", PERCENT} and terms.goal > terms.baseline


def _of_a_delivery(terms: MeasuringTerms) -> Iterator[Fault]:
    if terms.kind != MeasureKind.DELIVERY or terms.goal is None:
        return
    if terms.goal == 0:
        yield Fault("goal", _("Una entrega de 0 no es una entrega: borre la cifra."))
    if not terms.unit_of_measure:
        yield Fault("unit_of_measure", _("Diga qué se entrega: viviendas, km, becas…"))
    elif terms.unit_of_measure != PERCENT and terms.parts and terms.goal != len(terms.parts):
        message = _(
            "Nombró %(n)s partes y la meta es %(goal)s: deben coincidir, o deje una de las dos."
        )
        yield Fault("parts", message % {"n": len(terms.parts), "goal": terms.goal_printed})


def _of_semesters(terms: MeasuringTerms) -> Iterator[Fault]:
    """Milestones and schedule lie in the term, and only where something is measured."""
    term = terms.element.plan.term
    for name in ("milestones", "schedule"):
        planned: dict[str, str] = getattr(terms, name)
        for semester in sorted(planned):
            if not term.holds(Semester.parse(semester).year):
                shown = {"semester": semester, "term": term.printed}
                yield Fault(name, _("%(semester)s no es del periodo %(term)s.") % shown, semester)
            elif terms.kind == MeasureKind.UNVERIFIABLE:
                yield Fault(name, _("Lo no verificable solo se narra: no lleva cifras."), semester)


def _of_the_schedule(terms: MeasuringTerms, newest: MeasuringTerms | None) -> Iterator[Fault]:
    """Planned steps or percentages, in the range of either, that never fall."""
    if not terms.schedule:
        return
    by_step, first = terms.is_by_step, min(terms.schedule)
    if not terms.kind and terms.element.level != Level.ACTIVITY:
        yield Fault("schedule", _("Elija antes la clase: de ella depende el cronograma."), first)
        return
    if newest and newest.schedule == terms.schedule and newest.is_by_step != by_step:
        changed = _("Ahora va en pasos, de 0 a 4, y estaba en %: escríbalo otra vez.")
        if not by_step:
            changed = _("Ahora va en %, y estaba en pasos de 0 a 4: escríbalo otra vez.")
        yield Fault("schedule", changed, first)
    before, reached = "", Decimal(0)
    for semester in sorted(terms.schedule):
        planned = Decimal(terms.schedule[semester])
        if by_step and planned not in range(LAST_STEP + 1):
            yield Fault("schedule", _("Aquí va el paso previsto: 0, 1, 2, 3 o 4."), semester)
        elif not 0 <= planned <= 100:
            yield Fault("schedule", _("Un avance previsto va de 0 a 100 %."), semester)
        elif planned < reached:
            falls = _("El cronograma no baja: dice %(less)s, y %(before)s ya decía %(more)s.")
            less, more = figure_written(planned), figure_written(reached)
            yield Fault(
                "schedule", falls % {"less": less, "more": more, "before": before}, semester
            )
        before, reached = semester, max(reached, planned)
