"""The steps that mend a draft, each a small form: what it asks, and what it does."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.choices import OWN, ActivityKind, Dimension, Level
from plans.drafting import Desk, name_of, shortened
from plans.importers.mending import steps
from plans.importers.mending.dividing import divide
from plans.importers.mending.kept import KeptOutline
from plans.importers.outline import Item
from plans.importers.refs import Published, with_refs

LEVELS: Final = [
    (f"{Level.DIMENSION}:{Dimension.SOCIAL}", gettext_lazy("Dimensión social")),
    (f"{Level.DIMENSION}:{Dimension.ECONOMIC}", gettext_lazy("Dimensión económica")),
    (f"{Level.DIMENSION}:{Dimension.ENVIRONMENTAL}", gettext_lazy("Dimensión ambiental")),
    (f"{Level.DIMENSION}:{Dimension.INSTITUTIONAL}", gettext_lazy("Dimensión institucional")),
    (f"{Level.DIMENSION}:{OWN}", gettext_lazy("Dimensión propia del plan")),
    (Level.PROBLEM.value, Level.PROBLEM.label),
    (Level.OBJECTIVE.value, Level.OBJECTIVE.label),
    *((f"{Level.ACTIVITY}:{each.value}", each.label) for each in ActivityKind),
    (Level.TARGET.value, Level.TARGET.label),
    (Level.GUIDELINE.value, Level.GUIDELINE.label),
]
NEW: Final = "nuevo"
TOP: Final = ""


class Step(NamedTuple):
    """What a form does: the change, told in words, and the other items that it touches.

    ``is_end`` says that the item is not in the draft any more.
    """

    change: Callable[[KeptOutline], KeptOutline]
    words: str
    also: tuple[int, ...] = ()
    is_end: bool = False


class StepForm(forms.Form):
    """Of one item of a draft. ``step`` is asked of a valid form."""

    def __init__(self, data: Any = None, *, desk: Desk, item: Item) -> None:
        self.desk, self.item = desk, item
        super().__init__(data, auto_id=f"id_{item.key}_%s")
        self.prepare()

    def prepare(self) -> None:
        """Fill in what can be chosen."""

    def step(self) -> Step:
        raise NotImplementedError

    @property
    def told(self) -> str:
        """The item, as a step tells of it."""
        return f"«{shortened(self.item.statement)}»"


class LevelForm(StepForm):
    level = forms.ChoiceField(label=gettext_lazy("Qué es"), choices=LEVELS)

    def prepare(self) -> None:
        kinds = {Level.DIMENSION, Level.ACTIVITY}
        kind = f":{self.item.kind or ActivityKind.ACTIVITY}" if self.item.level in kinds else ""
        self.initial["level"] = f"{self.item.level}{kind}"

    def step(self) -> Step:
        level, _colon, kind = self.cleaned_data["level"].partition(":")
        label = str(dict(LEVELS)[self.cleaned_data["level"]])
        words = _("%(text)s es: %(level)s") % {"text": self.told, "level": label}
        return Step(lambda kept: steps.relevel(kept, self.item.key, level, kind), words)


class HangForm(StepForm):
    parent = forms.ChoiceField(label=gettext_lazy("De qué cuelga"), required=False)
    most: int | None = None

    def prepare(self) -> None:
        found: list[tuple[Any, str]] = list(self.desk.parents(self.item, self.most))
        if self.item.level in {Level.DIMENSION, Level.GUIDELINE}:
            found.insert(0, (TOP, _("De nada: está arriba de todo")))
        self.fields["parent"].choices = found  # type: ignore[attr-defined]
        self.initial["parent"] = TOP if self.item.parent is None else self.item.parent

    def step(self) -> Step:
        chosen = self.cleaned_data["parent"]
        parent = int(chosen) if chosen else None
        labels = {str(value): label for value, label in self.fields["parent"].choices}  # type: ignore[attr-defined]
        words = _("%(text)s cuelga de: %(parent)s")
        words %= {"text": self.told, "parent": labels.get(chosen, "")}
        return Step(lambda kept: steps.hang(kept, self.item.key, parent), words)


class ShiftForm(StepForm):
    by = forms.TypedChoiceField(
        label=gettext_lazy("Orden"), choices=[("-1", ""), ("1", "")], coerce=int
    )

    def step(self) -> Step:
        by = self.cleaned_data["by"]
        words = _("Subió %s") if by < 0 else _("Bajó %s")
        return Step(lambda kept: steps.shift(kept, self.item.key, by), words % self.told)


class CutForm(StepForm):
    at = forms.IntegerField(label=gettext_lazy("Dónde se corta"), min_value=0)

    def step(self) -> Step:
        at, source = self.cleaned_data["at"], self.desk.source
        words = _("Cortó en dos %s") % self.told
        return Step(lambda kept: steps.split(kept, self.item.key, at, source), words)


class DivideForm(CutForm):
    """A target with two figures: two measures of it."""

    def step(self) -> Step:
        at, desk = self.cleaned_data["at"], self.desk
        words = _("Dividió en dos medidas %s") % self.told
        return Step(
            lambda kept: divide(kept, self.item.key, at, desk.source, desk.draft.term), words
        )


class JoinForm(StepForm):
    """What it is joined with is what was shown: another that came between is no surprise."""

    following = forms.IntegerField(label=gettext_lazy("El texto que sigue"), min_value=0)

    def clean_following(self) -> int:
        following = self.desk.following(self.item)
        chosen = int(self.cleaned_data["following"])
        if following is None or following.key != chosen:
            raise forms.ValidationError(_("El texto que sigue es otro por ahora: mírelo antes."))
        return chosen

    def step(self) -> Step:
        following, source = self.cleaned_data["following"], self.desk.source
        is_end = self.desk.is_last_but_one(self.item)
        words = _("Unió %s con el texto que sigue") % self.told
        return Step(
            lambda kept: steps.join(kept, self.item.key, source), words, (following,), is_end
        )


class PairForm(StepForm):
    ref = forms.ChoiceField(label=gettext_lazy("Cuál es del plan publicado"))

    def prepare(self) -> None:
        self.fields["ref"].choices = [  # type: ignore[attr-defined]
            (NEW, _("Ninguno: es nuevo")),
            *(
                (each.ref, f"{each.ref} · {shortened(each.statement)}")
                for each in self.desk.published
                if each.level == self.item.level
            ),
        ]
        given = next(each.ref for each in self.desk.with_refs if each.key == self.item.key)
        known = {each.ref for each in self.desk.published}
        self.initial["ref"] = given if given in known else NEW

    def step(self) -> Step:
        ref = self.cleaned_data["ref"]
        words = _("%(text)s es %(ref)s del plan publicado") % {"text": self.told, "ref": ref}
        if ref == NEW:
            ref = _unused_ref(self.desk, self.item.key)
            words = _("%s es nuevo") % self.told
        return Step(lambda kept: steps.pair(kept, self.item.key, ref), words)


class DropForm(StepForm):
    reason = forms.CharField(
        label=gettext_lazy("Por qué se descarta"),
        max_length=200,
        error_messages={"required": gettext_lazy("Diga por qué: el motivo queda escrito.")},
    )
    with_what_hangs = forms.BooleanField(
        label=gettext_lazy("También todo lo que cuelga de él"), required=False
    )

    def step(self) -> Step:
        reason, whole = self.cleaned_data["reason"], self.cleaned_data["with_what_hangs"]
        words = _("Descartó %(text)s: %(reason)s") % {"text": self.told, "reason": reason}
        return Step(
            lambda kept: steps.drop(kept, self.item.key, reason, with_what_hangs=whole),
            words,
            is_end=True,
        )


class SettleForm(StepForm):
    """One of the doubts of the item, by its place among them."""

    doubt = forms.IntegerField(label=gettext_lazy("La duda"), min_value=0)

    def clean_doubt(self) -> int:
        doubt = int(self.cleaned_data["doubt"])
        if doubt >= len(self.item.doubts):
            raise forms.ValidationError(_("Esa duda ya no está."))
        return doubt

    def step(self) -> Step:
        doubt = self.item.doubts[self.cleaned_data["doubt"]]
        words = _("%(text)s está bien así (%(doubt)s)")
        words %= {"text": self.told, "doubt": doubt.reason}
        return Step(lambda kept: steps.settle(kept, self.item.key, doubt), words)


class HeadingForm(forms.Form):
    """A dimension of the form that the document does not print."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Dimensión que el documento no imprime"), choices=Dimension.choices
    )

    def step(self) -> Step:
        kind = self.cleaned_data["kind"]
        label = str(dict(LEVELS)[f"{Level.DIMENSION}:{kind}"])
        words = _("Puso el encabezado «%s», que el documento no imprime") % label
        return Step(lambda kept: steps.add_heading(kept, kind, label), words)


class AddForm(forms.Form):
    """A text that the reader did not see, by its words."""

    words = forms.CharField(
        label=gettext_lazy("Las palabras, tal como están en el documento"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Cópielas de abajo: se buscan en el documento y deben estar."),
    )
    line = forms.IntegerField(
        label=gettext_lazy("Desde la línea (si están varias veces)"), required=False, min_value=1
    )
    level = forms.ChoiceField(label=gettext_lazy("Qué es"), choices=LEVELS)
    parent = forms.ChoiceField(label=gettext_lazy("De qué cuelga"), required=False)

    def __init__(self, data: Any = None, *, desk: Desk, line: int | None = None) -> None:
        self.desk = desk
        super().__init__(data, initial={"line": line, "level": Level.TARGET.value})
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            (TOP, _("De nada: una dimensión o un lineamiento")),
            *(
                (each.key, f"{name_of(each)} · {shortened(each.statement)}")
                for each in desk.kept.items
                if each.level != Level.TARGET
            ),
        ]

    def step(self) -> Step:
        given = self.cleaned_data
        level, _colon, kind = given["level"].partition(":")
        parent = int(given["parent"]) if given["parent"] else None

        def change(kept: KeptOutline) -> KeptOutline:
            return steps.add(
                kept,
                given["words"],
                self.desk.source,
                level=level,
                kind=kind,
                parent=parent,
                line=given["line"] or 0,
            )

        return Step(change, _("Añadió «%s»") % shortened(given["words"]))


def _unused_ref(desk: Desk, key: int) -> str:
    """A reference for KEY that nothing has, nor had: as if nothing published were alike."""
    strangers = [
        Published(each.ref, each.parent_ref, each.level, each.dimension, "", each.is_withdrawn)
        for each in desk.published
    ]
    others = [replace(each, ref="") if each.key == key else each for each in desk.with_refs]
    return next(each.ref for each in with_refs(others, strangers) if each.key == key)
