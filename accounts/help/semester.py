"""The help of the pages of a semester, of what is spent and how it is accounted for."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.help.chapters import (
    ACCOUNTABILITY,
    CLASSES,
    FIRST_DAY,
    LISTS,
    PUBLISHED,
    SEMESTER,
    SHEETS,
    Help,
)

HELP: Final[dict[str, Help]] = {
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
    "office:accountability_sign": Help(
        ACCOUNTABILITY,
        _(
            "El PDF de una edición se firma fuera de Vigía, con Firma Perú o el DNI, y se sube. "
            "Se comprueba que sea el publicado y queda junto a la edición, con quién lo firmó."
        ),
    ),
    "office:accountability_withhold": Help(
        ACCOUNTABILITY,
        _(
            "Retirar un PDF firmado deja de servirlo y dice en su lugar cuándo y por qué. "
            "Use esto si firmó quien no debía, o si muestra datos de personas."
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
    "office:executed": Help(
        CLASSES,
        _(
            "Guarda lo que el seguimiento del POI dice que se ejecutó en cada trimestre. "
            "Se propone a quien informa, que lo toma o no; no es público."
        ),
    ),
    "office:come_in_force": Help(
        LISTS,
        _(
            "Solo un plan del periodo rige: es el que se informa. "
            "Los de otras listas se leen en su dirección y no se cuentan."
        ),
    ),
}
