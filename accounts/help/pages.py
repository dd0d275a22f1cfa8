"""What each page of the officers is for, in two sentences, and the chapter that tells more."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Help:
    """Of a page: its ``chapter`` of the guide, and ``words``."""

    chapter: str
    words: str | Promise


FIRST_DAY: Final = "el-primer-dia-en-orden"
IMPORTING: Final = "traer-un-plan"
SEMESTER: Final = "cada-semestre"
SHEETS: Final = "hojas-de-calculo-de-ida-y-vuelta"
PUBLISHED: Final = "lo-publicado-no-se-cambia"
LISTS: Final = "varias-listas-un-plan-que-rige"
DOCUMENTS: Final = "los-documentos-de-un-plan"
CLASSES: Final = "clasificaciones"
ACCOUNTABILITY: Final = "rendir-cuentas"
SYSTEMS: Final = "que-un-sistema-informe"
MEASURING: Final = "medir"

HELP: Final[dict[str, Help]] = {
    # where a day begins
    "office:start": Help(
        FIRST_DAY,
        _("Elija la municipalidad en la que va a trabajar. Si es una sola, se entra directamente."),
    ),
    "office:home": Help(
        FIRST_DAY,
        _(
            "Aquí se llega al ingresar. "
            "Lleva al semestre que se informa, o a lo que falta para eso."
        ),
    ),
    "office:first_day": Help(
        FIRST_DAY,
        _(
            "Dice qué está hecho, qué sigue y qué se necesita antes del primer informe. "
            "Nada se marca a mano: cada paso se lee de lo que ya está."
        ),
    ),
    # a semester
    "office:semester": Help(
        SEMESTER,
        _(
            "Muestra qué promesas faltan, cuáles se devolvieron y cuáles esperan revisión. "
            "Lo que se guarda es un borrador: solo lo enviado llega a planificación."
        ),
    ),
    "office:sheet": Help(
        SEMESTER,
        _(
            "Sirve para informar muchas promesas seguidas. Guarde cuando quiera: "
            "queda en borrador hasta que lo envíe desde Mi semestre."
        ),
    ),
    "office:semester_upload": Help(
        SHEETS,
        _(
            "Suba la hoja que llenó sin conexión: se dice fila por fila qué se entendió. "
            "Lo que está bien se guarda en borrador; lo demás espera aquí."
        ),
    ),
    "office:narratives": Help(
        SEMESTER,
        _(
            "Aquí se escriben las dificultades y lo que sigue de su unidad en el semestre. "
            "Salen en la rendición de cuentas, junto a sus promesas."
        ),
    ),
    "office:report": Help(
        SEMESTER,
        _(
            "Informe qué se hizo, hasta dónde se llegó y con qué se sustenta. "
            "Guardar no envía: se envía cuando usted lo decide."
        ),
    ),
    "office:notices": Help(
        SEMESTER,
        _(
            "Aquí se dice lo que otros hicieron con sus informes. "
            "Abrir un aviso lo marca como leído."
        ),
    ),
    "office:notice_choices": Help(
        SEMESTER,
        _(
            "Elija qué le llega por correo y cuándo; en Avisos queda todo. "
            "Lo que es de la seguridad de su cuenta llega siempre."
        ),
    ),
    "office:deputies": Help(
        SEMESTER,
        _(
            "Nombre a quien informa por su unidad mientras usted no está. "
            "Termina solo el último día, y la historia de cada informe dice por encargo de quién."
        ),
    ),
    "office:correct": Help(
        PUBLISHED,
        _(
            "Lo publicado no se borra: se publica una revisión con su motivo. "
            "Las dos quedan a la vista."
        ),
    ),
    "office:support": Help(
        SEMESTER,
        _(
            "Un sustento es una fotografía, un documento o un enlace que muestra lo informado. "
            "Escriba qué es y de qué fecha: así lo entiende quien lo mira."
        ),
    ),
    "office:notebook": Help(
        SEMESTER,
        _(
            "Anote lo que pasa el día que pasa, con su fotografía: no es público. "
            "Al informar, lo anotado se lleva a «Qué se hizo» y a los sustentos."
        ),
    ),
    "office:withhold": Help(
        PUBLISHED,
        _(
            "Retirar un sustento lo quita de la vista y deja dicho por qué. "
            "Use esto si muestra datos de personas, o si no era de esta promesa."
        ),
    ),
    "office:review": Help(
        SEMESTER,
        _(
            "Lo que las unidades enviaron espera aquí: se publica o se devuelve con un motivo. "
            "Publicado es público en el acto, y no se cambia."
        ),
    ),
    "office:review_report": Help(
        SEMESTER,
        _(
            "Compare lo que se informa con lo anterior y con sus sustentos. "
            "Si algo falta, devuélvalo y diga qué: la unidad lo ve en su semestre."
        ),
    ),
    "office:windows": Help(
        SEMESTER,
        _(
            "Dice desde qué día se informa cada semestre, hasta cuándo es a tiempo "
            "y desde cuándo puede cerrarse. Los días se cambian mientras no se cierre."
        ),
    ),
    "office:year": Help(
        SEMESTER,
        _(
            "Los días del año y hasta dónde se espera llegar en cada semestre, por unidad. "
            "Los días se pueden llevar al calendario del teléfono."
        ),
    ),
    "office:paper": Help(
        SEMESTER,
        _(
            "Una hoja para llenar a mano, donde no hay señal. "
            "Lo escrito se pasa después a la hoja del semestre."
        ),
    ),
    "office:close": Help(
        SEMESTER,
        _(
            "Cerrar fija los informes, las señales y cada silencio con su oficina. "
            "No se deshace: lea primero lo que quedará fijo."
        ),
    ),
    # accountability and spending
    "office:accountability": Help(
        ACCOUNTABILITY,
        _(
            "De cada semestre cerrado se prepara una rendición de cuentas y se emite en PDF. "
            "Una edición emitida no cambia; se puede emitir otra."
        ),
    ),
    "office:accountability_draft": Help(
        ACCOUNTABILITY,
        _(
            "Escriba la presentación y lo que las cifras no dicen. "
            "Todavía no es público: se guarda hasta que se emita."
        ),
    ),
    "office:accountability_preview": Help(
        ACCOUNTABILITY,
        _("Así quedaría la edición si se emitiera ahora. Nada de esto es público todavía."),
    ),
    "office:accountability_issue": Help(
        ACCOUNTABILITY,
        _(
            "Emitir congela el contenido, le da su código y lo hace público. "
            "Pide otra vez el código del segundo factor, porque no se deshace."
        ),
    ),
    "office:expenditure_upload": Help(
        SHEETS,
        _(
            "Suba la hoja que llenó, o la que exporta el SIAF: se dice fila por fila qué se "
            "entendió. "
            "Lo que está bien se guarda, y es público; lo demás espera aquí."
        ),
    ),
    "office:expenditures": Help(
        ACCOUNTABILITY,
        _(
            "Guarda lo que cada actividad tuvo de presupuesto y lo que se gastó, por año. "
            "Las cifras son las de su sistema de gasto; Vigía solo las lleva a sus promesas."
        ),
    ),
    # the plan
    "office_plans:plans": Help(
        IMPORTING,
        _(
            "Aquí están los planes de la municipalidad y los borradores que se preparan. "
            "Traer el plan es lo primero de un periodo."
        ),
    ),
    "office:come_in_force": Help(
        LISTS,
        _(
            "Solo un plan del periodo rige: es el que se informa. "
            "Los de otras listas se leen en su dirección y no se cuentan."
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
    # people and units
    "office_accounts:people": Help(
        FIRST_DAY,
        _(
            "Quién trabaja aquí y qué puede hacer. "
            "Cada persona pone su contraseña al aceptar su invitación."
        ),
    ),
    "office_accounts:units": Help(
        FIRST_DAY,
        _(
            "Las oficinas que informan, con el nombre de su organigrama. "
            "El contacto de la municipalidad es público."
        ),
    ),
    "office_accounts:authorities": Help(
        FIRST_DAY,
        _(
            "Quién gobernó y en qué fechas, con el documento que lo dice. "
            "Sale en las páginas públicas y en las rendiciones."
        ),
    ),
    "office_accounts:elected": Help(
        FIRST_DAY,
        _(
            "Carga la lista de autoridades elegidas que publica el JNE. "
            "Los números de identidad se descartan sin leerse."
        ),
    ),
    "office_accounts:tokens": Help(
        SYSTEMS,
        _(
            "Una clave deja que otro sistema informe por usted. "
            "Se muestra una sola vez, y se anula cuando haga falta."
        ),
    ),
}

LIKE: Final[dict[str, str]] = {
    "office:first_day_of": "office:first_day",
    "office:send_complete": "office:semester",
    "office:talk": "office:report",
    "office:remind": "office:semester",
    "office:end_deputyship": "office:deputies",
    "office:recall": "office:report",
    "office:bring_notes": "office:notebook",
    "office:note": "office:notebook",
    "office:remove_note": "office:notebook",
    "office:note_file": "office:notebook",
    "office:remove_note_file": "office:notebook",
    "office:add_support": "office:support",
    "office:pick_supports": "office:support",
    "office:describe_support": "office:support",
    "office:remove_support": "office:support",
    "office:reviews": "office:review",
    "office:semester_file": "office:semester_upload",
    "office:review_plain": "office:review",
    "office:support_preview": "office:support",
    "office:window": "office:windows",
    "office:calendar": "office:year",
    "office:expenditure": "office:expenditures",
    "office:expenditure_file": "office:expenditure_upload",
    "office_plans:document": "office_plans:documents",
    "office_plans:measure": "office_plans:terms",
    "office_plans:answering_file": "office_plans:answering",
    "office_plans:measuring_file": "office_plans:measuring",
    "office_plans:measuring_upload": "office_plans:measuring",
    "office_plans:import_form": "office_plans:imports",
    "office_plans:import_about": "office_plans:import",
    "office_plans:import_source": "office_plans:import",
    "office_plans:import_undo": "office_plans:import",
    "office_plans:import_item": "office_plans:import",
    "office_plans:import_picture": "office_plans:import",
    "office_plans:import_drop": "office_plans:import",
    "office_plans:import_publish": "office_plans:import_differences",
    "office_accounts:invite": "office_accounts:people",
    "office_accounts:invite_many": "office_accounts:people",
    "office_accounts:resend": "office_accounts:people",
    "office_accounts:revoke": "office_accounts:people",
    "office_accounts:role": "office_accounts:people",
    "office_accounts:end_role": "office_accounts:people",
    "office_accounts:remove_second_factor": "office_accounts:people",
    "office_accounts:deactivate": "office_accounts:people",
    "office_accounts:add_unit": "office_accounts:units",
    "office_accounts:add_units": "office_accounts:units",
    "office_accounts:contact": "office_accounts:units",
    "office_accounts:unit": "office_accounts:units",
    "office_accounts:add_authority": "office_accounts:authorities",
    "office_accounts:authority": "office_accounts:authorities",
    "office_accounts:add_token": "office_accounts:tokens",
    "office_accounts:revoke_token": "office_accounts:tokens",
}
"""Pages that are steps of another: they have its help."""


def help_of(view: str) -> Help | None:
    """The help of the page whose address is called VIEW: "office:sheet"."""
    return HELP.get(LIKE.get(view, view))
