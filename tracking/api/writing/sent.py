"""What is sent of a report: its shape."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.hidden_characters import hidden_in
from plans.locations import Said
from plans.models.element_rules import REF_PATTERN
from plans.semester import Semester
from tracking.api.parameters import SEMESTER
from tracking.api.problems import Unfit
from tracking.choices import Step, Unlikely
from tracking.measuring.checking import prose

DAY_WRITTEN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
FIGURE_WRITTEN: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
DAY: Final = gettext_lazy("Un día, «2021-12-31», o null.")
TEXT: Final = gettext_lazy("Un texto; «» si no hay nada que decir.")
COUNT: Final = gettext_lazy("Un número entero desde 0, solo de este semestre; o null.")


class Text(serializers.CharField):
    """A text, and not what could be written as one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Prose(Text):
    """A long text, its lines ended as they are stored."""

    def to_internal_value(self, data: Any) -> str:
        return prose(super().to_internal_value(data))


class Day(serializers.DateField):
    """«2021-12-31», and no other of the ways that ISO 8601 has."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(DAY_WRITTEN, value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Figure(serializers.DecimalField):
    """A figure in text, or a number: digits and a point."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not re.fullmatch(FIGURE_WRITTEN, str(data)):
            self.fail("invalid")
        return super().to_internal_value(data) + 0  # of -0 it makes 0


@extend_schema_field(SEMESTER)
class SentSemester(Text):
    def to_internal_value(self, data: Any) -> Any:
        try:
            return Semester.parse(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


@extend_schema_field(OpenApiTypes.STR)
class Degrees(serializers.Field[str, Any, str, Any]):
    """Decimal degrees, in text or a number; null where no point is known."""

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, bool) or not re.fullmatch(FIGURE_WRITTEN, str(data)):
            raise serializers.ValidationError
        return str(data)


class SentLocation(serializers.Serializer[Any]):
    """One place; what was read of one can be sent again as it is."""

    district = Text(max_length=6, allow_null=True)
    district_name = Text(required=False, allow_null=True)
    name = Text(required=False, allow_null=True)
    latitude = Degrees(required=False, allow_null=True)
    longitude = Degrees(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> Said:
        given = super().to_internal_value(data)
        if data.keys() - self.fields.keys():
            raise serializers.ValidationError
        return Said(*(given.get(name) or "" for name in Said._fields))


class DraftContent(serializers.Serializer[Any]):
    """What its authors write in a report. What each is, is also what is said of one that is not."""

    step = serializers.ChoiceField(
        choices=Step.choices,
        required=False,
        allow_null=True,
        help_text=gettext_lazy("El paso de la escala, de 0 a 4, o null."),
    )
    value = Figure(
        18,
        4,
        required=False,
        allow_null=True,
        help_text=gettext_lazy(
            "La cifra en texto, con punto decimal: «62.5»; o null. De una entrega, todo lo "
            "entregado desde que empezó el periodo; de un nivel o una variación, a cuánto llega "
            "ese día, no cuánto cambió («counts» en la lista de trabajo)."
        ),
    )
    parts_done = serializers.ListField(
        child=Text(max_length=500),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Los nombres de las partes entregadas, cada uno una vez."),
    )
    done = serializers.IntegerField(min_value=0, required=False, allow_null=True, help_text=COUNT)
    required = serializers.IntegerField(  # type: ignore[assignment]
        min_value=0, required=False, allow_null=True, help_text=COUNT
    )
    as_of = Day(required=False, allow_null=True, help_text=DAY)
    narrative = Prose(required=False, allow_blank=True, help_text=TEXT)
    difficulties = Prose(required=False, allow_blank=True, help_text=TEXT)
    next_steps = Prose(required=False, allow_blank=True, help_text=TEXT)
    locations = serializers.ListField(
        child=SentLocation(),
        required=False,
        help_text=gettext_lazy(
            "Los lugares, hasta 40, cada uno una vez: «district», el ubigeo INEI de un distrito "
            "de la municipalidad, o null por toda la provincia; y, si se conocen, «name», y "
            "«latitude» y «longitude» en grados decimales. No la casa ni el terreno de una "
            "persona."
        ),
    )
    halted_since = Day(required=False, allow_null=True, help_text=DAY)
    halted_cause = Text(required=False, allow_blank=True, help_text=TEXT)

    terms_version = serializers.IntegerField(
        min_value=0,
        required=False,
        help_text=gettext_lazy(
            "La «terms_version» que se leyó: si la forma de medir cambió desde entonces, no se "
            "guarda."
        ),
    )

    accept = serializers.ListField(
        child=serializers.ChoiceField(choices=Unlikely.choices),
        max_length=len(Unlikely),
        required=False,
        help_text=gettext_lazy(
            "Los nombres («name») de lo poco probable que se leyó en «warnings» y es así."
        ),
    )

    def validate_parts_done(self, value: list[str]) -> list[str]:
        if len(set(value)) < len(value):
            raise serializers.ValidationError
        return value


class NewDraft(DraftContent):
    semester = SentSemester(help_text=gettext_lazy("El semestre: «2021-II»."))
    ref = serializers.RegexField(
        REF_PATTERN, help_text=gettext_lazy("El código de la promesa: «S.2.1».")
    )


class Seen(serializers.Serializer[Any]):
    """Which edition of a report was read, so that nothing is done to another."""

    edit = serializers.IntegerField(
        min_value=1, help_text=gettext_lazy("El «edit» del informe que se leyó.")
    )


class OldDraft(Seen, DraftContent):
    pass


def read(shape: type[serializers.Serializer[Any]], sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was SENT, in SHAPE. Unfit names each member that is unknown, missing or wrong."""
    form = shape(data=sent)
    known = form.fields
    errors: list[dict[str, Any]] = [
        {
            "pointer": pointer(name),
            "detail": _("No hay un dato de ese nombre."),
            "allowed": sorted(known),
        }
        for name in sent
        if name not in known
    ]
    errors += (
        {"pointer": pointer(name), "detail": _("Tiene un carácter que no se ve: %s.") % hidden}
        for name, value in sent.items()
        if (hidden := _hidden(value))
    )
    if not form.is_valid():
        errors += (
            {"pointer": pointer(name), "detail": str(known[name].help_text)} for name in form.errors
        )
    if errors:
        raise Unfit(errors)
    return dict(form.validated_data)


def _hidden(value: Any) -> str:
    """The first character of a text, or of a list of them, that nobody could see."""
    texts = value if isinstance(value, list) else [value]
    return next((code for each in texts if isinstance(each, str) and (code := hidden_in(each))), "")


def pointer(name: str) -> str:
    """Where the member NAME is, as a JSON Pointer in a fragment (RFC 6901)."""
    return "#/" + name.replace("~", "~0").replace("/", "~1")


def pointed(faults: Mapping[str, str]) -> list[dict[str, str]]:
    """FAULTS, each with where it is."""
    return [{"pointer": pointer(name), "detail": fault} for name, fault in faults.items()]
