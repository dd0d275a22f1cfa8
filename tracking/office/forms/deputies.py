"""Who stands in for whom, and on which days."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from tracking.office.forms.measure import DayField

NOBODY: Any = _("Elija a una persona")


class DeputyForm(forms.Form):
    """For PERSON, who is away themselves; whoever plans also says who is."""

    absent = forms.ModelChoiceField(
        label=_("Quién se ausenta"), queryset=User.objects.none(), empty_label=NOBODY
    )
    deputy = forms.ModelChoiceField(
        label=_("Quién lo reemplaza"),
        queryset=User.objects.none(),
        empty_label=NOBODY,
        help_text=_("Alguien que informa por una unidad de esta municipalidad."),
        error_messages={"required": _("Elija quién lo reemplaza.")},
    )
    starts_on = DayField(label=_("Desde el"))
    ends_on = DayField(label=_("Hasta el"), help_text=_("Incluido. Después termina solo."))

    def __init__(self, data: Any, *, municipality: Municipality, person: User, plans: bool) -> None:
        super().__init__(data)
        self.person = person
        reports = Membership.objects.working(Role.REPORTER).filter(municipality=municipality)
        reporting = User.objects.filter(pk__in=reports.values("user"))
        absent: Any = self.fields["absent"]
        deputy: Any = self.fields["deputy"]
        absent.queryset = deputy.queryset = reporting
        absent.label_from_instance = deputy.label_from_instance = _units_of(municipality)
        if not plans:
            del self.fields["absent"]
            deputy.queryset = reporting.exclude(pk=person.pk)

    @property
    def who(self) -> User:
        """Who is away, once the form is valid."""
        who: User = self.cleaned_data.get("absent", self.person)
        return who


def _units_of(municipality: Municipality) -> Callable[[User], str]:
    """How a person is named where somebody is chosen: with the units that they report for."""
    units: defaultdict[int, list[str]] = defaultdict(list)
    reports = Membership.objects.working(Role.REPORTER).filter(municipality=municipality)
    rows = reports.order_by("unit__name")
    for person, unit in rows.values_list("user_id", "unit__name"):
        units[person].append(str(unit))
    return lambda person: f"{person} ({', '.join(units[person.pk])})"
