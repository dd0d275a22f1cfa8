"""What is sent of a report: its shape is checked here, and what it says by the form of the page."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from plans.figures import typed_plainly
from plans.models.element import REF_PATTERN
from plans.semester import Semester
from tracking.api.parameters import SEMESTER
from tracking.api.problems import Unfit
from tracking.choices import Step
from tracking.desk.worklist import Row
from tracking.entry import WRITABLE
from tracking.forms.report import ReportForm

EMPTY: Final[tuple[object, ...]] = (None, "", [])
DAY: Final = gettext_lazy("Un día, «2021-12-31», o null.")
TEXT: Final = gettext_lazy("Un texto; «» si no hay nada que decir.")
COUNT: Final = gettext_lazy("Un número entero desde 0, o null.")


@extend_schema_field(SEMESTER)
class SentSemester(serializers.CharField):
    def to_internal_value(self, data: Any) -> Any:
        try:
            return Semester.parse(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class DraftContent(serializers.Serializer[Any]):
    """What its authors write in a report. What each is, is also what is said of one that is not."""

    step = serializers.ChoiceField(
        choices=Step.choices,
        required=False,
        allow_null=True,
        help_text=gettext_lazy("El paso de la escala, de 0 a 4, o null."),
    )
    value = serializers.DecimalField(
        18,
        4,
        required=False,
        allow_null=True,
        help_text=gettext_lazy("La cifra en texto, con punto decimal: «62.5»; o null."),
    )
    parts_done = serializers.ListField(
        child=serializers.CharField(max_length=500),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Los nombres de las partes entregadas, en una lista."),
    )
    done = serializers.IntegerField(min_value=0, required=False, allow_null=True, help_text=COUNT)
    required = serializers.IntegerField(  # type: ignore[assignment]
        min_value=0, required=False, allow_null=True, help_text=COUNT
    )
    as_of = serializers.DateField(required=False, allow_null=True, help_text=DAY)
    narrative = serializers.CharField(required=False, allow_blank=True, help_text=TEXT)
    difficulties = serializers.CharField(required=False, allow_blank=True, help_text=TEXT)
    next_steps = serializers.CharField(required=False, allow_blank=True, help_text=TEXT)
    halted_since = serializers.DateField(required=False, allow_null=True, help_text=DAY)
    halted_cause = serializers.CharField(required=False, allow_blank=True, help_text=TEXT)


class NewDraft(DraftContent):
    semester = SentSemester(help_text=gettext_lazy("El semestre: «2021-II»."))
    ref = serializers.RegexField(
        REF_PATTERN, help_text=gettext_lazy("El código de la promesa: «S.2.1».")
    )


class OldDraft(DraftContent):
    edit = serializers.IntegerField(
        min_value=1,
        help_text=gettext_lazy("El «edit» del informe que se leyó, para no pisar otro cambio."),
    )


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
    if not form.is_valid():
        errors += (
            {"pointer": pointer(name), "detail": str(known[name].help_text)} for name in form.errors
        )
    if errors:
        raise Unfit(errors)
    return dict(form.validated_data)


def fitted(row: Row, said: Mapping[str, Any]) -> dict[str, Any]:
    """What `drafts.save_draft` writes of what was SAID about ROW: what it holds, with that over it.

    Raises Unfit for what its terms do not ask for, and for whatever the page's form refuses.
    """
    written = {name: value for name, value in said.items() if name in WRITABLE}
    asks = row.entry.asks
    strange = [name for name, value in written.items() if name not in asks and value not in EMPTY]
    if strange:
        told = _("Por cómo se mide esta promesa, aquí no se informa.")
        raise Unfit(
            [{"pointer": pointer(name), "detail": told, "allowed": list(asks)} for name in strange]
        )
    held = {name: getattr(row.report, name) for name in asks} if row.report else {}
    typed = {name: _as_typed(value) for name, value in {**held, **written}.items()}
    form = ReportForm(row, {**typed, "entry": str(row.entry)})
    if not form.is_valid():
        raise Unfit(list(faults(form)))
    return form.values()


def pointer(name: str) -> str:
    """Where the member NAME is, as a JSON Pointer in a fragment (RFC 6901)."""
    return "#/" + name.replace("~", "~0").replace("/", "~1")


def _as_typed(value: Any) -> Any:
    """VALUE as a person types it in the form."""
    if isinstance(value, list):
        return value
    if isinstance(value, Decimal):
        return typed_plainly(value)
    return "" if value is None else str(value)


def faults(form: Form, names: Mapping[str, str] = MappingProxyType({})) -> Iterator[dict[str, str]]:
    """What FORM refuses, each where it is; NAMES has what the form calls otherwise."""
    for name, messages in form.errors.items():
        where = "#" if name == "__all__" else pointer(names.get(name, name))
        yield {"pointer": where, "detail": " ".join(map(str, messages))}
