"""A municipality's units and people, many at once."""

import difflib
from functools import cached_property
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.choices import Role
from accounts.forms.directory import UnitForm
from accounts.forms.pasted import Line, Outcome, PastedForm, reasons_of
from accounts.forms.people import InvitationForm
from accounts.models import Municipality, Unit, User
from accounts.querysets import folded
from accounts.services.directory import save_part
from accounts.services.invitations import ALREADY, invite

ALIKE: Final = 0.9
"""Of 1: "gerencia de obra" is 0.97 from "gerencia de obras"."""
ROLES: Final = {
    Role.REPORTER: ("responsable", "informa", "reporta", "unidad"),
    Role.PLANNING: ("planificacion", "planeamiento", "presupuesto"),
    Role.ADMINISTRATION: ("administracion", "administrador", "administradora"),
}


class UnitNames:
    """The open units of MUNICIPALITY by what people call them: their name or their acronym."""

    def __init__(self, municipality: Municipality) -> None:
        self._found: dict[str, list[Unit]] = {}
        for unit in municipality.units.filter(closed_on=None):
            for said in {folded(unit.name), folded(unit.acronym)} - {""}:
                self._found.setdefault(said, []).append(unit)

    def named(self, said: str) -> Unit:
        """The one unit that is called SAID. ValidationError, with a sentence, for none or two."""
        plain = folded(" ".join(said.split()))
        found = self._found.get(plain, [])
        if len(found) > 1:
            raise ValidationError(_("Más de una unidad es «%s»: escriba su nombre.") % said)
        if not found:
            close = difflib.get_close_matches(plain, self._found, n=1)
            near = f" {_('¿Es «%s»?') % self._found[close[0]][0].name}" if close else ""
            raise ValidationError(f"{_('No hay una unidad «%s».') % said}{near}")
        return found[0]


class UnitLines(PastedForm):
    columns: ClassVar = {
        "name": ("nombre", "unidad", "unidad organica", "oficina"),
        "acronym": ("sigla", "siglas", "abreviatura"),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["lines"].label = gettext_lazy("Unidades, una en cada línea")
        self.fields["lines"].help_text = gettext_lazy(
            "Nombre; sigla. «Gerencia de Obras; GO». La sigla puede faltar."
        )

    @cached_property
    def known(self) -> dict[str, Unit]:
        """The units that are there, also those of earlier lines, by their folded name."""
        return {folded(unit.name): unit for unit in self.municipality.units.all()}

    def _take(self, line: Line, *, save: bool, by: User) -> Outcome:
        name = folded(" ".join(line.said["name"].split()))
        if unit := self.known.get(name):
            if unit.closed_on:
                return Outcome(line, reason=_("Esa unidad se suprimió: reábrala en su página."))
            return Outcome(line)
        if close := difflib.get_close_matches(name, self.known, n=1, cutoff=ALIKE):
            reason = _("Se parece a «%s»: si es otra, agréguela en «Agregar una unidad».")
            return Outcome(line, reason=reason % self.known[close[0]].name)
        form = UnitForm({**line.said}, instance=Unit(), municipality=self.municipality)
        if not form.is_valid():
            return Outcome(line, reason=reasons_of(form))
        self.known[name] = form.instance
        try:
            if save:
                save_part(form.instance)
        except ValidationError as refused:
            return Outcome(line, reason=" ".join(refused.messages))
        return Outcome(line, is_new=True)

    def done_sentence(self, count: int) -> str:
        return ngettext("Se agregó %s unidad.", "Se agregaron %s unidades.", count) % count


class PeopleLines(PastedForm):
    columns: ClassVar = {
        "email": ("correo", "correo electronico", "email", "e-mail"),
        "unit": ("unidad", "unidad organica", "oficina"),
        "role": ("rol", "funcion"),
        "name": ("nombre", "nombre completo", "nombres y apellidos"),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["lines"].label = gettext_lazy("Personas, una en cada línea")
        self.fields["lines"].help_text = gettext_lazy(
            "Correo; unidad; rol; nombre. «obras@muni.gob.pe; Gerencia de Obras; responsable». La "
            "unidad, por su nombre o su sigla. Sin rol, es responsable de su unidad."
        )

    @cached_property
    def units(self) -> UnitNames:
        return UnitNames(self.municipality)

    @cached_property
    def taken(self) -> set[tuple[str, ...]]:
        return set()

    def _take(self, line: Line, *, save: bool, by: User) -> Outcome:
        try:
            given = {**line.said, "unit": self._unit(line), "role": self._role(line)}
        except ValidationError as refused:
            return Outcome(line, reason=" ".join(refused.messages))
        form = InvitationForm(given, municipality=self.municipality)
        if not form.is_valid():
            return Outcome(line, reason=reasons_of(form))
        wanted = (form.cleaned_data["email"].lower(), given["role"], given["unit"])
        if wanted in self.taken:
            return Outcome(line, reason=_("Esa línea está dos veces."))
        self.taken.add(wanted)
        try:
            if save:
                invite(**form.cleaned_data, municipality=self.municipality, by=by)
        except ValidationError as refused:
            if getattr(refused, "code", "") == ALREADY:
                return Outcome(line)
            return Outcome(line, reason=" ".join(refused.messages))
        return Outcome(line, is_new=True)

    def done_sentence(self, count: int) -> str:
        return ngettext("Sale %s invitación.", "Salen %s invitaciones.", count) % count

    def _unit(self, line: Line) -> str:
        """The id of the unit that LINE names; "" where it names none."""
        said = line.said["unit"]
        return str(self.units.named(said).pk) if said else ""

    def _role(self, line: Line) -> str:
        said = folded(line.said["role"])
        if not said:
            return Role.REPORTER if line.said["unit"] else ""
        for role, words in ROLES.items():
            if said == role or any(word in said for word in words):
                return role
        raise ValidationError(
            _("«%s» no es un rol: responsable, planificación o administración.") % line.said["role"]
        )
