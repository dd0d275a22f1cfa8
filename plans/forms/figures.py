"""A form field for one figure, typed as people in Peru type it, and confirmed where in doubt."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.figures import (
    MOST_DECIMALS,
    Limits,
    decimals_of,
    figure_text,
    read_figure,
    sign_fault,
    typed_plainly,
)

# One comma alone is what is in doubt; from a million on there are two, and none are hard to read.
GROUPED_FROM: Final = 1_000_000


class Typed(NamedTuple):
    """What came back: the text as typed, and the radio that was chosen for it."""

    text: str = ""
    meant: str = ""


class Option(NamedTuple):
    """One radio: what it sends, what it says, and whether it was chosen."""

    value: str
    label: str
    is_chosen: bool


class Shown(NamedTuple):
    """What the widget shows: the text as typed, and what to choose from where it is in doubt."""

    text: str
    options: list[Option]


class FigureInput(forms.Widget):
    """A text input with the keyboard for figures, and radios ``<name>_como`` while in doubt."""

    template_name = "plans/_figure_widget.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        usual = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        super().__init__({**usual, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["shown"] = value
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(data.get(name) or "", data.get(f"{name}_como") or "")


class FigureField(forms.Field):
    """A `Decimal`, or None where nothing was typed.

    A text in doubt is refused (code "in_doubt") until one of the radios that the widget then shows
    is chosen; a radio counts only for the very text that it was shown for. MINIMUM and MAXIMUM are
    included, None for no limit. UNIT is said with the limits, and a "%" or "S/" that is not its own
    is refused (None where another field says it: see `sign_faults`). PLACES is how many decimals
    fit.
    """

    widget = FigureInput
    default_error_messages = {"required": gettext_lazy("Escriba una cifra.")}

    def __init__(
        self,
        *,
        minimum: Decimal | int | None = 0,
        maximum: Decimal | int | None = None,
        unit: str | None = None,
        places: int = MOST_DECIMALS,
        **kwargs: Any,
    ) -> None:
        self.limits = Limits(minimum, maximum, unit, places)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Shown:
        """What was typed stays as typed; a stored figure is shown as one types it: "1500.5"."""
        if isinstance(value, Typed):
            return Shown(value.text, self._options(value))
        return Shown("" if value is None else typed_plainly(Decimal(value)), [])

    def to_python(self, value: Typed | Decimal | None) -> Decimal | None:
        if not isinstance(value, Typed):
            return value
        if not value.text.strip():
            return None
        reading = read_figure(value.text)
        unit = self.limits.unit
        if unit is not None and (fault := sign_fault(value.text, unit)):
            raise ValidationError(fault)
        if reading.value is not None:
            return reading.value
        offered = self._fitting(reading.choices)
        if not offered:
            return reading.choices[0]  # whose fault is told
        for choice in offered:
            if value.meant == confirmation(value.text, choice):
                return choice
        said_what = (
            _("Escribió «%(typed)s». Elija qué quiso decir.")
            if len(offered) > 1
            else _("Escribió «%(typed)s». Confirme que quiso decir %(figure)s.")
        )
        params = {"typed": value.text.strip(), "figure": _unmistakable(offered[0])}
        raise ValidationError(said_what, code="in_doubt", params=params)

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is not None and (fault := self.limits.fault(value)):
            raise ValidationError(fault)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def _fitting(self, choices: tuple[Decimal, ...]) -> list[Decimal]:
        return [choice for choice in choices if not self.limits.fault(choice)]

    def _options(self, typed: Typed) -> list[Option]:
        """The radios for a text in doubt; none for any other, nor where no choice would fit."""
        try:
            choices = self._fitting(read_figure(typed.text).choices)
        except ValidationError:
            return []
        sent = [confirmation(typed.text, choice) for choice in choices]
        return [
            Option(value, _described(choice), value == typed.meant)
            for value, choice in zip(sent, choices, strict=True)
        ]


def sign_faults(form: forms.BaseForm, names: Iterable[str], unit: str) -> Iterator[tuple[str, str]]:
    """Of FORM's figures NAMES, those with another sign than UNIT's, which another field gives."""
    for name in names if unit else ():
        typed = form[name].data
        if name not in form.errors and (fault := sign_fault(typed.text, unit)):
            yield name, fault


def confirmation(typed: str, choice: Decimal) -> str:
    """What the radio ``<name>_como`` sends to say that TYPED means CHOICE."""
    return f"{typed_plainly(choice)}:{typed.strip()}"


def _described(choice: Decimal) -> str:
    """A choice that nobody can take for another: "1500 (sin decimales)", "1.5 (con 1 decimal)"."""
    count = decimals_of(choice)
    if not count:
        return _("%s (sin decimales)") % _unmistakable(choice)
    label = ngettext("%(figure)s (con %(n)s decimal)", "%(figure)s (con %(n)s decimales)", count)
    return label % {"figure": _unmistakable(choice), "n": count}


def _unmistakable(choice: Decimal) -> str:
    return figure_text(choice) if abs(choice) >= GROUPED_FROM else f"{choice:f}"
