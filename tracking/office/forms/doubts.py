"""What is unlikely in what was typed is asked once more, beside its field, in words."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django import forms

from tracking.measuring.unlikely import Doubt

SURE: Final = "seguro"
"""Under what name a form sends what was confirmed: the values of its checkboxes."""


@dataclass
class Question:
    """The doubts about one field, which one checkbox confirms."""

    doubts: list[Doubt] = field(default_factory=list)
    is_confirmed: bool = False

    @property
    def value(self) -> str:
        """What the checkbox sends: it confirms these figures, and asks again of others."""
        written = "\x1f".join(each.token for each in self.doubts)
        return hashlib.blake2s(written.encode(), digest_size=6).hexdigest()

    @property
    def claim(self) -> str:
        """What is confirmed, so that the checkbox can be read by itself."""
        return "; ".join(each.claim for each in self.doubts)

    @property
    def text(self) -> str:
        return " ".join(each.question for each in self.doubts)


def by_field(doubts: Iterable[Doubt], confirmed: Collection[str]) -> dict[str, Question]:
    """The question of each field with DOUBTS; confirmed where CONFIRMED holds its value."""
    questions: dict[str, Question] = {}
    for doubt in doubts:
        questions.setdefault(doubt.field, Question()).doubts.append(doubt)
    for each in questions.values():
        each.is_confirmed = each.value in confirmed
    return questions


def confirmed_in(form: forms.Form) -> Collection[str]:
    """What was sent with FORM as confirmed."""
    name = form.add_prefix(SURE)
    sent = forms.MultipleHiddenInput().value_from_datadict(form.data, form.files, name)
    return sent or ()


def ask(form: forms.Form, questions: Mapping[str, Question]) -> None:
    """Refuse what is unlikely until it is confirmed; what is at fault is not asked about."""
    for name, each in questions.items():
        if not each.is_confirmed and name not in form.errors:
            form.add_error(name, each.text)
