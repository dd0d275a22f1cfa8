"""The columns that are the same in several tables."""

from django.db.models import F, Value
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from plans.choices import Level
from tracking.choices import Signal, Stage
from tracking.reading.places import INEI
from tracking.reading.published.columns import (
    Column,
    Columns,
    Expression,
    code,
    day,
    flag,
    instant,
    nested,
    number,
    text,
)
from tracking.reading.published.expressions import (
    joined,
    list_of,
    null_where_empty,
    promise_address,
    term_of,
    whose_word,
)

ID = number("id", _("Número de la fila, el mismo que en la API."), "pk")
LEVEL = code(
    "level",
    _("Nivel: dimension, problem, objective, activity, target o guideline."),
    choices=Level.choices,
)
DIMENSION = code(
    "dimension",
    _(
        "Una de las cuatro dimensiones (social, economica, ambiental, institucional) o, del plan "
        "que las tiene propias, propia-1 a propia-99; los lineamientos no tienen."
    ),
    optional=True,
)
REF = code("ref", _("Código de Vigía de la promesa: forma parte de su dirección y no cambia."))
VERSION = number("version", _("Versión publicada: del plan, o de la forma de medir."))
REVISION = number("revision", _("Revisión: la primera es 1; cada corrección es otra."))
CURRENT = flag("current", _("Si nada posterior lo reemplaza: para contar o sumar, solo estas."))
SEMESTER = code("semester", _("Semestre; de una promesa, el de su informe más reciente."))
STATE = code(
    "state",
    _("En qué estado está según su informe; vacío si no se informó."),
    "stage",
    choices=Stage.choices,
)
SIGNAL = code(
    "signal", _("Señal frente al cronograma que declaró la municipalidad."), choices=Signal.choices
)
AS_OF = day("as_of", _("Día al que corresponde la cifra."))
UNIT = number("unit", _("Número de la oficina."), "unit_id")
UNIT_NAME = text("unit_name", _("Nombre de la oficina que informó."), "unit__name")
NOTE = text("note", _("Nota de edición: aclara el texto sin tocarlo."))
NAME = text("name", _("Nombre."))
REASON = text("reason", _("Por qué cambió lo que reemplaza a lo anterior."))
LOCATIONS = nested(
    "locations",
    _(
        "Dónde: de cada lugar el ubigeo INEI y el nombre de su distrito (sin ellos, toda la "
        "provincia), su nombre y su punto, si se dijeron; vacío si no se dijo dónde."
    ),
    null_where_empty("locations"),
)
REPORT = number("report", _("Número del informe."), "report_id")
PUBLISHED_AT = instant("published_at", _("Instante de la publicación, en UTC."))
DECLARED_BY = code(
    "declared_by", _("Quién lo declara: la municipalidad, o una simulación."), whose_word()
)
SIMULATED = flag("simulated", _("Si es simulado para demostración: nadie lo declaró."))
EXPORTED_ON = day("exported_on", _("Día en que se sacó este archivo."), TruncDate(Now()))


def page(address: Expression) -> Column:
    return code("page", _("Su página en el portal."), address)


def municipality(place: str) -> Column:
    """Its name in addresses, of the municipality that the path PLACE leads to."""
    words = _("La municipalidad, como en la dirección de su página.")
    return code("municipality", words, F(f"{place}slug"))


def ubigeo(inei: str) -> Columns:
    """As the field INEI has it, and in a form that every spreadsheet keeps."""
    as_word = joined(Value(INEI), F(inei))
    return (
        code(
            "ubigeo",
            _("Ubigeo INEI de la municipalidad; de una provincial, el del distrito capital."),
            F(inei),
        ),
        code(
            "ubigeo_text",
            _(
                "El mismo ubigeo, como palabra: «INEI-030101». Una hoja de cálculo que no lo abre "
                "como texto hace de «030101» el número 30101; de esto, nunca."
            ),
            as_word,
        ),
    )


def in_place(place: str, *columns: Column) -> Columns:
    """COLUMNS, after the municipality that PLACE leads to, and before of when the file is."""
    return (ID, municipality(place), *ubigeo(f"{place}inei"), *columns, EXPORTED_ON)


def in_plan(plan: str, *columns: Column) -> Columns:
    """COLUMNS, after the plan that the path PLAN leads to, and before whether they are simulated.

    That is as their plan is, unless COLUMNS say it.
    """
    says_it = any(column.name == SIMULATED.name for column in columns)
    return (
        ID,
        municipality(f"{plan}municipality__"),
        *ubigeo(f"{plan}municipality__inei"),
        number("plan", _("Número del plan."), F(f"{plan}pk")),
        code("term", _("Periodo municipal."), term_of(plan)),
        *columns,
        *(() if says_it else (SIMULATED.read_from(f"{plan}simulated"),)),
        EXPORTED_ON,
    )


def of_list(plan: str) -> Column:
    """Whose it is, in tables that hold also what lists offered and is not in force."""
    return code("list", _("De qué lista es el plan; vacío, del que rige."), list_of(plan))


def about(element: str = "element__") -> Columns:
    """What a row says of the promise that it is about, to which the path ELEMENT leads."""
    return (
        page(promise_address(element)),
        number("element", _("Número de la promesa."), F(f"{element}pk")),
        *(each.read_from(f"{element}{each.name}") for each in (REF, LEVEL, DIMENSION)),
    )
