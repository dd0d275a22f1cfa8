"""The closed lists of words of what is reported."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.IntegerChoices):
    """How far the delivery of something has come. A scale in order, never a percentage."""

    NONE = 0, _("Sin actividad")
    PREPARING = 1, _("En preparación")
    RUNNING = 2, _("En ejecución")
    PARTLY = 3, _("Entregado en parte")
    WORKING = 4, _("Entregado y funcionando")


class Signal(models.TextChoices):
    """How a promise stands in one semester, against a schedule that the municipality declared.

    Only a schedule gives the first three; the others say why there is none of them.
    """

    ON_TIME = "al día", _("Al día")
    LATE = "con retraso", _("Con retraso")
    VERY_LATE = "muy retrasado", _("Muy retrasado")
    NOT_DUE = "aún no corresponde", _("Aún no corresponde")
    NO_SCHEDULE = "sin cronograma", _("Sin cronograma")
    NOT_MEASURABLE = "aún no medible", _("Aún no medible")
    SILENT = "sin informe", _("Sin informe")


class Stage(models.TextChoices):
    """Where a promise stands by a report, in one word: what bars count and filters choose.

    A delivery stands on a step of the rubric; what is measured has its figure, reached once it
    comes to 100 % under its terms; the rest is told in words. Best first.
    """

    WORKING = "funcionando", _("Funcionando")
    REACHED = "alcanzada", _("Con la cifra alcanzada")
    PARTLY = "en-parte", _("En parte")
    RUNNING = "en-ejecucion", _("En ejecución")
    PREPARING = "en-preparacion", _("En preparación")
    IDLE = "sin-actividad", _("Sin actividad")
    MEASURED = "con-cifra", _("Con cifra")
    TOLD = "en-palabras", _("En palabras")


class Verdict(models.TextChoices):
    """How a promise goes by the last that is known of it, in a citizen's words.

    In the order of a sentence. Which it is, `tracking.measuring.verdicts` decides.
    """

    DONE = "cumplida", _("Cumplida")
    ON_TIME = "a-tiempo", _("Va a tiempo")
    LATE = "tarde", _("Va tarde")
    HALTED = "paralizada", _("Paralizada")
    UNKNOWN = "no-se-sabe", _("No se sabe cómo va")
    UNTIMED = "sin-medir", _("No se sabe si va a tiempo")
    AHEAD = "aun-no", _("Aún no toca informar")


class ReportState(models.TextChoices):
    """Where a report is on its way to the public."""

    DRAFT = "borrador", _("Borrador")
    SUBMITTED = "enviado", _("Enviado a revisión")
    RETURNED = "devuelto", _("Devuelto")
    PUBLISHED = "publicado", _("Publicado")


class Act(models.TextChoices):
    """What somebody did with a report."""

    WRITTEN = "escrito", _("Escribió en él")
    SUBMITTED = "enviado", _("Lo envió a revisión")
    RECALLED = "recuperado", _("Lo recuperó para cambiarlo")
    RETURNED = "devuelto", _("Lo devolvió")
    PUBLISHED = "publicado", _("Lo publicó")


WRITING: Final = frozenset({Act.WRITTEN, Act.SUBMITTED})
"""What makes a report one's own: it takes somebody else to review it."""


class NoticeKind(models.TextChoices):
    """What somebody is told of. A reminder is a letter alone: «Mi semestre» says it in place."""

    RETURNED = "devuelto", _("Planificación devuelve un informe")
    QUESTION = "pregunta", _("Planificación pregunta sobre un informe")
    PUBLISHED = "publicado", _("Se publica un informe")
    CORRECTED = "corregido", _("Otra persona escribe en un informe o lo corrige")
    SENT = "enviado", _("Hay informes enviados a revisión")
    ANSWER = "respuesta", _("Una unidad contesta o escribe sobre un informe")
    DEPUTY = "reemplazo", _("Lo nombran para reemplazar a alguien, o a alguien por usted")
    REMINDER = "recordatorio", _("Un semestre está por vencer o venció, y falta informar")


class Telling(models.TextChoices):
    """How somebody is told of a kind of notice, beside the notice in place."""

    AT_ONCE = "al momento", _("Al momento")
    DAILY = "al dia", _("Una vez al día")
    HERE = "aqui", _("Sólo aquí")


FOR_PLANNING: Final = frozenset({NoticeKind.SENT, NoticeKind.ANSWER})
"""What only those who review are told of."""


class FollowKind(models.TextChoices):
    """What a citizen follows by e-mail."""

    PLAN = "plan", _("un plan de gobierno")
    PROMISE = "promesa", _("una promesa")
    UNIT = "oficina", _("una oficina")
    WORDS = "palabra", _("una palabra")


class LedgerAct(models.TextChoices):
    """What was published, as the ledger enters it."""

    PLAN = "plan", _("Versión de un plan")
    STANDING = "condición", _("Condición de un plan")
    REPORT = "informe", _("Informe")
    CORRECTION = "corrección", _("Corrección")
    TERMS = "forma de medir", _("Forma de medir")
    CLOSING = "cierre", _("Cierre de un semestre")
    WITHHOLDING = "retiro", _("Retiro de un sustento")
    EXPENDITURE = "gasto", _("Gasto de una actividad")
    EDITION = "rendición", _("Informe de rendición de cuentas")
    FILE = "archivo", _("Archivo de una rendición de cuentas")
    SIGNED = "firma", _("Rendición de cuentas firmada")
    SIGNED_WITHHOLDING = "firma retirada", _("Retiro de una rendición de cuentas firmada")


class FileKind(models.TextChoices):
    """The files of an accountability report that are made once; its JSON is its content itself."""

    PDF = "pdf", _("PDF")
    CSV = "csv", _("CSV")


class Unlikely(models.TextChoices):
    """What can be unlikely in a report, by the names with which a system accepts it."""

    ABOVE_GOAL = "sobre-la-meta", _("Pasa de la meta")
    LESS_THAN_BEFORE = "menos-que-antes", _("Menos de lo que ya se había acumulado")
    FRACTION = "fraccion", _("Fracción de lo que se cuenta en enteros")
    STEP_AGAINST_FIGURE = "paso-contra-cantidad", _("El paso contradice la cantidad")
    STEP_BACK = "paso-atras", _("Un paso anterior al último publicado")
    JUMP = "salto", _("Más de diez veces lo de antes, o menos de la décima parte")
