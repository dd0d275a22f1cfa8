"""The columns of a semester's sheet: what each shows of a report, and what is read in it."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from accounts.forms.filled.reading import Asked, Kind, plain
from accounts.spreadsheets.writing import Plain
from plans.figures import read_figure, typed_plainly
from plans.locations import written
from tracking.choices import Step
from tracking.measuring.tasks import Task

BETWEEN: Final = re.compile(r"[;\n]")
OTHERWISE_BETWEEN: Final = re.compile(r",|\by\b")
ALL, NONE = "todas", {"ninguna", "ninguno", ""}


@dataclass(frozen=True)
class Field:
    """A column that is filled in, called NAME as in `tracking.measuring.entry.WRITABLE`.

    SHOWN is what stands in its cell; READ, what the report's form takes for a text in it.
    """

    name: str
    heading: Any
    width: int
    kind: Kind = Kind.TEXT
    choices: tuple[Any, ...] = ()
    help: Any = ""
    shown: Callable[[Any, Task], Plain] = lambda value, _task: value
    read: Callable[[str, Task], str] = lambda text, _task: text

    @property
    def asked(self) -> Asked:
        return Asked(self.name, self.heading, self.kind)


def _step_shown(value: int | None, _task: Task) -> str:
    return "" if value is None else str(Step(value).label)


def _step_read(text: str, _task: Task) -> str:
    said = plain(text)
    named = (each for each in Step if said in {plain(str(each.label)), str(each.value)})
    step = next(named, None)
    return text if step is None else str(step.value)


def _figure_shown(value: Decimal | None, _task: Task) -> Plain:
    """A number, unless a spreadsheet's reader could take it for another: then its text."""
    if value is None:
        return None
    text = typed_plainly(value)
    return text if text.endswith("0") and "." in text else value.normalize()


def _figure_read(text: str, task: Task) -> str:
    """TEXT; what is stored already, where it can be read so, is not asked again."""
    stored = task.report.value if task.report else None
    try:
        reading = read_figure(text)
    except ValidationError:
        return text
    if reading.value is not None and "%" not in text:
        return typed_plainly(reading.value)
    return typed_plainly(stored) if stored is not None and stored in reading.choices else text


def _parts(task: Task) -> list[str]:
    return task.terms.parts if task.terms else []


def _parts_shown(value: list[str], task: Task) -> str:
    return "; ".join(str(at) for at, name in enumerate(_parts(task), start=1) if name in value)


def _parts_read(text: str, task: Task) -> str:
    """The names of the parts, a line each: they may be said by number, by name, or "todas"."""
    names = _parts(task)
    by_word = {str(at): name for at, name in enumerate(names, start=1)}
    by_word |= {plain(name): name for name in names}
    if (whole := plain(text)) == ALL:
        return "\n".join(names)
    if whole in NONE or whole in by_word:
        return by_word.get(whole, "")
    said: list[str] = []
    for piece in BETWEEN.split(text):
        several = [plain(each) for each in OTHERWISE_BETWEEN.split(piece)]
        if plain(piece) not in by_word and all(each in by_word for each in several):
            said += [by_word[each] for each in several]
        elif piece.strip():
            said.append(by_word.get(plain(piece), piece.strip()))
    return "\n".join(said)


FIELDS: Final = (
    Field(
        "step",
        gettext_lazy("Paso"),
        16,
        choices=tuple(Step.labels),
        shown=_step_shown,
        read=_step_read,
    ),
    Field(
        "value",
        gettext_lazy("Cifra"),
        12,
        Kind.FIGURE,
        help=gettext_lazy("Solo la cifra, con punto decimal: 1500.5"),
        shown=_figure_shown,
        read=_figure_read,
    ),
    Field(
        "parts_done",
        gettext_lazy("Partes entregadas"),
        12,
        help=gettext_lazy("Los números de las que ya están entregadas: 1; 3. O «todas»."),
        shown=_parts_shown,
        read=_parts_read,
    ),
    Field("done", gettext_lazy("Cumplidos"), 11, Kind.FIGURE),
    Field("required", gettext_lazy("Exigidos"), 11, Kind.FIGURE),
    Field(
        "narrative",
        gettext_lazy("Qué se hizo"),
        44,
        help=gettext_lazy("En pocas frases. Si no hubo actividad, por qué."),
    ),
    Field(
        "difficulties",
        gettext_lazy("Dificultades"),
        32,
        help=gettext_lazy("Qué impidió o demoró lo previsto. Se dice en la audiencia pública."),
    ),
    Field("next_steps", gettext_lazy("Próximos pasos"), 32),
    Field(
        "locations",
        gettext_lazy("Dónde"),
        24,
        help=gettext_lazy(
            "Distritos, y lugares en ellos: Coata; Acora: Socca. O «Toda la provincia»."
        ),
        shown=lambda value, _task: written(value),
    ),
    Field(
        "as_of",
        gettext_lazy("Al día"),
        12,
        Kind.DAY,
        help=gettext_lazy("En blanco: el último día del semestre, o hoy si no terminó."),
    ),
    Field("halted_since", gettext_lazy("Paralizado desde"), 12, Kind.DAY),
    Field("halted_cause", gettext_lazy("Causa de la paralización"), 24),
)
CODE: Final = Asked("code", gettext_lazy("Código"), spelled="codigo|cod|ref")
ASIDE: Final = tuple(
    Asked(heading, heading, Kind.ASIDE)
    for heading in ("Promesa", "Cómo se mide", "Último informe", "Estado")
)
COLUMNS: Final = (CODE, *ASIDE, *(each.asked for each in FIELDS))


def fields_of(task: Task) -> list[Field]:
    """Those that TASK is asked for."""
    return [each for each in FIELDS if each.name in task.entry.asks]


def cells_of(task: Task) -> dict[str, Plain]:
    """What stands in the cells of TASK, by the name of each field that it is asked for."""
    report = task.report
    return {
        each.name: each.shown(getattr(report, each.name), task) if report else None
        for each in fields_of(task)
    } | {"locations": written(task.locations) or None}


def asked_of(task: Task) -> str:
    """How TASK is entered and under which version of its terms, to be compared."""
    return f"{task.entry}.{task.terms.version if task.terms else 0}"


def digest(texts: Mapping[str, str]) -> str:
    """What tells whether the cells with TEXTS, by field, were touched, however they are spaced."""
    said = [f"{name}={' '.join(texts[name].split())}" for name in sorted(texts)]
    return hashlib.blake2s("\x1f".join(said).encode(), digest_size=6).hexdigest()


def texts_of(task: Task) -> dict[str, str]:
    """The cells of TASK as they are read again."""
    shown = cells_of(task)
    return {each.name: each.read(_text(shown[each.name]), task) for each in fields_of(task)}


def _text(value: Plain) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str("" if value is None else value)
