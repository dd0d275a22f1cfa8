"""The forms of the steps that mend one text, and what they do when they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from plans.drafting import NEAREST, Desk, Row
from plans.forms.also_under import AlsoForm, MergeForm, NoMoreForm
from plans.forms.mending import (
    CutForm,
    DivideForm,
    DropForm,
    HangForm,
    JoinForm,
    LevelForm,
    PairForm,
    SettleForm,
    ShiftForm,
    StepForm,
)
from plans.forms.printed_terms import FigureForm, IndicatorForm
from plans.importers.mending.dividing import Division, proposed_division
from plans.importers.mending.quoting import word_starts
from plans.importers.outline import DoubtKind, Item
from plans.importers.printed.offered import OfferedFigure, offered_figures

STEPS: Final[Mapping[str, type[StepForm]]] = {
    "nivel": LevelForm,
    "colgar": HangForm,
    "tambien": AlsoForm,
    "no-tambien": NoMoreForm,
    "uno-solo": MergeForm,
    "orden": ShiftForm,
    "cortar": CutForm,
    "dividir": DivideForm,
    "unir": JoinForm,
    "pareja": PairForm,
    "cifra": FigureForm,
    "indicador": IndicatorForm,
    "descartar": DropForm,
    "bien": SettleForm,
}
"""By what a page sends as ``paso``."""


@dataclass
class Looked:
    """One text with its place in the source and the forms that mend it.

    SENT is the form that was sent and refused; it stands in the place of a new one.
    """

    desk: Desk
    row: Row
    sent: StepForm | None = None
    is_alone: bool = False

    @property
    def item(self) -> Item:
        return self.row.item

    @property
    def place(self) -> str:
        return self.desk.place(self.item)

    @property
    def above(self) -> str:
        return self.desk.above(self.item)

    @property
    def further(self) -> list[tuple[int, str]]:
        return self.desk.further(self.item)

    @property
    def twin(self) -> Item | None:
        return self.desk.twin(self.item)

    @property
    def twin_above(self) -> str:
        """What the twin hangs from, in words."""
        return self.desk.above(self.twin) if self.twin else ""

    @property
    def excerpt(self) -> list[tuple[str, bool]]:
        return self.desk.excerpt(self.item)

    @property
    def pages(self) -> list[int]:
        """Of the PDF: those of which there is a picture."""
        return self.desk.pages(self.item)

    @property
    def following(self) -> Item | None:
        return self.desk.following(self.item)

    @property
    def figures(self) -> list[OfferedFigure]:
        return offered_figures(f"{self.item.statement} {self.item.indicator}")

    @property
    def words(self) -> list[tuple[int, str]]:
        """All but the first, each with the offset at which it can be cut off."""
        return word_starts(self.item, self.desk.source)[1:]

    @cached_property
    def measures(self) -> list[Item]:
        """What it is divided into."""
        return self.desk.measures(self.item)

    @cached_property
    def division(self) -> Division | None:
        """Where its words propose to divide it."""
        return proposed_division(self.item, self.desk.source)

    @cached_property
    def level(self) -> StepForm:
        return self._form(LevelForm)

    @cached_property
    def hang(self) -> StepForm:
        return self._form(HangForm if self.is_alone else _NearForm)

    @cached_property
    def also(self) -> StepForm:
        return self._form(AlsoForm)

    @cached_property
    def pair(self) -> StepForm:
        return self._form(PairForm)

    @cached_property
    def figure(self) -> StepForm:
        return self._form(FigureForm)

    @cached_property
    def indicator(self) -> StepForm:
        return self._form(IndicatorForm)

    @cached_property
    def drop(self) -> StepForm:
        is_repeated = any(each.kind == DoubtKind.REPEATED for each in self.item.doubts)
        form = self._form(DropForm)
        if is_repeated:
            form.initial["reason"] = str(DoubtKind.REPEATED.label)
        return form

    def _form(self, kind: type[StepForm]) -> StepForm:
        if self.sent is not None and issubclass(kind, type(self.sent)):
            return self.sent
        return kind(desk=self.desk, item=self.item)


class _NearForm(HangForm):
    """Of a list of many texts: each offers what is near it."""

    most = NEAREST
