"""What an administrator writes about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Invitation, Municipality, Unit

GIVEN_HERE = [(role.value, role.label) for role in Role if role != Role.OPERATOR]


class RoleForm(forms.Form):
    """A role in MUNICIPALITY; only who reports does it for a unit."""

    role = forms.ChoiceField(
        label=_("Rol"),
        choices=[("", _("Elija un rol")), *GIVEN_HERE],
        help_text=_(
            "Responsable: informa por su unidad. Planificación: revisa y publica. "
            "Administración: personas y unidades."
        ),
    )
    unit = forms.ModelChoiceField(
        label=_("Unidad orgánica"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Ninguna"),
        help_text=_("Solo para quien es responsable: la unidad por la que informa."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["unit"]
        units.queryset = municipality.units.filter(closed_on=None)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("role") != Role.REPORTER:
            given["unit"] = None
        elif "unit" in given and given["unit"] is None:
            self.add_error("unit", _("Elija la unidad por la que informa."))
        return given


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label=_("Correo electrónico"),
        help_text=_("A este correo llega la invitación, y con él ingresará."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Nombre completo"),
        max_length=Invitation._meta.get_field("name").max_length,
        required=False,
        help_text=_("Opcional. La persona puede corregirlo al aceptar."),
    )
    field_order = ("email", "name", "role", "unit")


class AcceptForm(forms.Form):
    """What a new person says of themselves."""

    name = forms.CharField(
        label=_("Su nombre completo"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Elija una contraseña"),
        strip=False,
        help_text=_("Doce caracteres o más. Cuatro palabras al azar son fáciles de recordar."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Escríbala otra vez"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("Las dos contraseñas no son iguales."))
        return again
