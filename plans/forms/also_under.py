"""The steps that say under what else a text of a draft stands, and that it is no second text."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.drafting import name_of, shortened
from plans.forms.mending import Step, StepForm
from plans.importers.mending import also_under
from plans.importers.outline import Item


class _ParentForm(StepForm):
    parent = forms.TypedChoiceField(label=gettext_lazy("Dónde está también"), coerce=int)

    def parents(self) -> list[Item]:
        """Those that can be chosen."""
        raise NotImplementedError

    def prepare(self) -> None:
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            (each.key, f"{name_of(each)} · {shortened(each.statement)}") for each in self.parents()
        ]

    def _shown(self, parent: int) -> dict[str, Any]:
        labels = dict(self.fields["parent"].choices)  # type: ignore[attr-defined]
        return {"text": self.told, "parent": labels[parent]}


class AlsoForm(_ParentForm):
    def parents(self) -> list[Item]:
        return also_under.may_hold_too(self.desk.with_refs, self.desk.stated(self.item))

    def step(self) -> Step:
        parent, own = self.cleaned_data["parent"], self.desk.stated(self.item)
        words = _("%(text)s está también en: %(parent)s") % self._shown(parent)
        return Step(lambda kept: also_under.stand_under(kept, own, parent), words, (parent,))


class NoMoreForm(_ParentForm):
    def parents(self) -> list[Item]:
        return self.desk.further_parents(self.item)

    def step(self) -> Step:
        parent, own = self.cleaned_data["parent"], self.desk.stated(self.item)
        words = _("%(text)s ya no está también en: %(parent)s") % self._shown(parent)
        return Step(lambda kept: also_under.stand_no_more(kept, own, parent), words)


class MergeForm(StepForm):
    """It is its twin: what that is was shown, and another that came between is no surprise."""

    twin = forms.IntegerField(label=gettext_lazy("El texto igual"), min_value=0)

    def clean_twin(self) -> int:
        chosen = int(self.cleaned_data["twin"])
        twin = self.desk.twin(self.item)
        if twin is None or twin.key != chosen:
            raise forms.ValidationError(_("El texto igual es otro por ahora: mírelo antes."))
        return chosen

    def step(self) -> Step:
        key, twin = self.item.key, self.cleaned_data["twin"]
        words = _("%s es uno solo, que está en dos lugares") % self.told
        seen = next(each for each in self.desk.with_refs if each.key == twin)
        return Step(lambda kept: also_under.merge(kept, key, seen), words, (seen.key,), is_end=True)
