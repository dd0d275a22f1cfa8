"""What planning decides on the reports that it has read."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Municipality, User
from tracking.models import ReviewStep
from tracking.permissions import others_who_review
from tracking.services.review import Publication, publish_reports

MARK: Final = re.compile(r"([0-9]{1,18}):([0-9]{1,9}):([0-9]{1,9})", re.ASCII)


class Mark(NamedTuple):
    """What was shown of a report: its edition, and the version of its terms (0 for none)."""

    edit: int
    terms: int


class MarksField(forms.Field):
    """The reports that were marked, by their id, each with what was shown of it.

    What is no mark of ours is left out: somebody wrote it by hand.
    """

    widget = forms.SelectMultiple

    def to_python(self, value: Iterable[str] | None) -> dict[int, Mark]:
        marks = [mark for each in value or () if (mark := MARK.fullmatch(each))]
        return {int(mark[1]): Mark(int(mark[2]), int(mark[3])) for mark in marks}


class PublishForm(forms.Form):
    """Marked reports of MUNICIPALITY; BY, who is alone in it, confirms to publish their own."""

    read = MarksField(error_messages={"required": gettext_lazy("Marque los informes que ya leyó.")})
    unreviewed = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, municipality: Municipality, by: User) -> None:
        super().__init__(data)
        self.municipality, self.by = municipality, by

    def clean(self) -> None:
        read = self.cleaned_data.get("read")
        if not read or self.cleaned_data["unreviewed"]:
            return
        own = ReviewStep.objects.written_by(self.by).filter(report__in=read)
        if own.exists() and not others_who_review(self.municipality, self.by):
            message = _("Confirme que lo que usted escribió se publica sin segunda revisión.")
            self.add_error("unreviewed", ValidationError(message))

    def publish(self) -> Publication:
        """Publish what was marked. Once the form is valid."""
        read: dict[int, Mark] = self.cleaned_data["read"]
        return publish_reports(
            {pk: mark.edit for pk, mark in read.items()},
            self.municipality,
            by=self.by,
            under={pk: mark.terms for pk, mark in read.items()},
        )


class ReturnForm(forms.Form):
    """Why a report goes back to its authors; ``edit`` is the edition that was read."""

    reason = forms.CharField(
        label=gettext_lazy("Por qué se devuelve"),
        help_text=gettext_lazy("Lo leen quienes lo escribieron: diga qué falta o qué corregir."),
        max_length=ReviewStep._meta.get_field("reason").max_length,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Diga por qué lo devuelve.")},
    )
    edit = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
