"""How somebody wants to be told of each kind of notice."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from tracking.choices import FOR_PLANNING, NoticeKind, Telling
from tracking.models import NoticeChoice
from tracking.office.worklists.day_letters import LEAVES_AT

HINTS: Final = {
    NoticeKind.RETURNED: _("Con el motivo que dio."),
    NoticeKind.SENT: _("«Al momento» escribe con el primero de cada día."),
    NoticeKind.REMINDER: _(
        "Siete días y un día antes del vencimiento, y uno y siete días después, "
        "solo si le falta algo."
    ),
}


class NoticesForm(forms.Form):
    """A field for each kind that PERSON can be told of, by its value."""

    def __init__(self, data: Any, *, person: User) -> None:
        super().__init__(data)
        chosen = dict(NoticeChoice.objects.filter(user=person).values_list("kind", "telling"))
        for kind in kinds_of(person):
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=HINTS.get(kind, ""),
                choices=[(each.value, _label(each)) for each in tellings_of(kind)],
                initial=chosen.get(kind, Telling.DAILY),
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Elija cómo se le avisa."),
                    "invalid_choice": _("Elija una de las opciones."),
                },
            )

    def tellings(self) -> dict[NoticeKind, Telling]:
        """Once the form is valid."""
        return {NoticeKind(kind): Telling(how) for kind, how in self.cleaned_data.items()}


def kinds_of(person: User) -> list[NoticeKind]:
    """What PERSON can be told of with the roles that they have today."""
    roles = {each.role for each in person.current_memberships}
    if Role.PLANNING in roles:
        return list(NoticeKind)
    return (
        [each for each in NoticeKind if each not in FOR_PLANNING] if Role.REPORTER in roles else []
    )


def tellings_of(kind: NoticeKind) -> list[Telling]:
    """A reminder is of a day: it cannot come at once."""
    return [each for each in Telling if (kind, each) != (NoticeKind.REMINDER, Telling.AT_ONCE)]


def _label(telling: Telling) -> Any:
    if telling == Telling.DAILY:
        return _("Una vez al día, a las %s") % f"{LEAVES_AT}:00"
    return telling.label
