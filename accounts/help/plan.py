"""The help of the pages of the plan, in two sentences each."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.help.chapters import (
    CLASSES,
    DOCUMENTS,
    FIRST_DAY,
    IMPORTING,
    LISTS,
    MEASURING,
    PUBLISHED,
    Help,
)

HELP: Final[dict[str, Help]] = {
    "office_plans:plans": Help(
        IMPORTING,
        _(
            "Aquí están los planes de la municipalidad y los borradores que se preparan. "
            "Traer el plan es lo primero de un periodo."
        ),
    ),
    "office_plans:standing": Help(
        LISTS,
        _(
            "Dice si quien presentó el plan gobierna, y qué documento lo muestra. "
            "Sin documento queda «sin confirmar»."
        ),
    ),
    "office_plans:elements": Help(
        MEASURING,
        _(
            "Todo lo que el plan dice, en su orden. "
            "De cada promesa se puede ver cómo se mide y quién responde."
        ),
    ),
    "office_plans:classes": Help(
        CLASSES,
        _(
            "Otro orden de las mismas promesas: ejes, objetivos de desarrollo, códigos del POI. "
            "No cambia el plan; sirve para buscar y filtrar."
        ),
    ),
    "office_plans:coverage": Help(
        CLASSES,
        _(
            "Dice qué promesas no tienen una actividad del POI, y qué actividades no sirven a "
            "ninguna. Solo lee los códigos: se ponen en Clasificaciones."
        ),
    ),
    "office_plans:documents": Help(
        DOCUMENTS,
        _(
            "El plan presentado es un documento; después puede venir otro que lo complete. "
            "Cada uno queda con su fecha y su código."
        ),
    ),
    "office_plans:terms": Help(
        MEASURING,
        _(
            "Cómo se mide una promesa: con pasos, una cantidad, un valor. "
            "Cambiarlo pide un motivo y no toca los informes anteriores."
        ),
    ),
    "office_plans:correct": Help(
        PUBLISHED,
        _(
            "Corrige lo que se copió mal del documento, o le pone una nota. "
            "Primero se muestra qué dirá la versión nueva; recién después se publica."
        ),
    ),
    "office_plans:withdraw": Help(
        PUBLISHED,
        _(
            "Saca del plan un texto que no debía estar, con lo que cuelga de él. "
            "El motivo es público, y sus páginas quedan."
        ),
    ),
    "office_plans:measuring": Help(
        MEASURING,
        _(
            "Cómo se mide cada promesa, todas en una hoja. "
            "También se descarga, se llena sin conexión y se sube."
        ),
    ),
    "office_plans:answering": Help(
        FIRST_DAY,
        _("Dice qué unidad informa cada promesa. Una promesa sin unidad no la informa nadie."),
    ),
    "office_plans:imports": Help(
        IMPORTING,
        _("Envíe el archivo del plan o pegue su texto. Nada es público hasta el último paso."),
    ),
    "office_plans:import": Help(
        IMPORTING,
        _(
            "Esto es lo que se entendió del documento; primero, lo que hay que mirar. "
            "Cada arreglo se guarda al tocarlo y se puede deshacer."
        ),
    ),
    "office_plans:import_differences": Help(
        IMPORTING,
        _(
            "Compara el borrador con el plan publicado. "
            "Lo que sigue siendo lo mismo conserva su código y su dirección."
        ),
    ),
}
