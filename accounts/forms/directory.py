"""What is written about a municipality's units and authorities."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.days import check_year
from accounts.forms.whole_rows import WholeRowForm
from accounts.models import Authority, Municipality, Unit


class DayInput(forms.DateInput):
    """The browser's own calendar; without one, the day is written 2019-01-31 or 31/01/2019."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "short"}, format="%Y-%m-%d")


class PartForm(WholeRowForm):
    """A row of one municipality, which never changes."""

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.municipality = municipality


class ContactForm(WholeRowForm):
    """Where the public asks."""

    class Meta:
        model = Municipality
        fields: ClassVar = ["contact"]


class UnitForm(PartForm):
    beside: ClassVar = {"unit_once_per_municipality": "name"}

    class Meta:
        model = Unit
        fields: ClassVar = ["name", "acronym", "closed_on"]
        widgets: ClassVar = {"closed_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["closed_on"]

    def clean_closed_on(self) -> Any:
        day = self.cleaned_data["closed_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Esa fecha todavía no llega: ciérrela cuando deje de existir."))
        return check_year(day)


class AuthorityForm(PartForm):
    beside: ClassVar = {
        "authority_once": "name",
        "authority_ends_after_it_begins": "until",
        "authority_names_its_source": "source",
    }

    class Meta:
        model = Authority
        fields: ClassVar = ["name", "office", "since", "until", "source"]
        widgets: ClassVar = {"since": DayInput(), "until": DayInput()}

    def clean_since(self) -> Any:
        """Whoever was elected in October takes office in the year that follows."""
        return check_year(self.cleaned_data["since"], ahead=1)

    def clean_until(self) -> Any:
        return check_year(self.cleaned_data["until"], ahead=5)
