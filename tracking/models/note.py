"""What a unit notes of a promise on any day, for the report that it will write."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.models import PlanElement
from tracking.models.kept_file import KeptFile
from tracking.models.report import ProgressReport
from tracking.querysets import KeptFileQuerySet, NoteQuerySet

LONGEST_NOTE: Final = 2000


class Note(models.Model):
    """One dated note of the *cuaderno* of a promise. Its unit and planning read it; nobody else.

    ``taken_to``: the report to whose text it was brought, after which it stays as it is.
    """

    element = models.ForeignKey(
        PlanElement, models.PROTECT, related_name="notes", verbose_name=_("elemento")
    )
    day = models.DateField(_("fecha"))
    text = models.CharField(_("nota"), max_length=LONGEST_NOTE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("por")
    )
    at = models.DateTimeField(_("anotado"), default=timezone.now, editable=False)
    taken_to = models.ForeignKey(
        ProgressReport,
        models.PROTECT,
        related_name="notes",
        null=True,
        verbose_name=_("llevada al informe"),
    )

    municipality_path: ClassVar = "element__plan__municipality"
    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("nota del cuaderno")
        verbose_name_plural = _("notas del cuaderno")
        ordering: ClassVar = ["element", "-day", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "element",
                "day",
                MD5("text"),  # a text may be longer than what an index takes
                name="note_once",
                violation_error_message=_("Esa nota ya está en el cuaderno."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="note_says_something",
                violation_error_message=_("Escriba qué pasó."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element}: {self.day}"


class NoteSupport(KeptFile):
    """A file that was kept with a note, and sustains the report to which the note is brought."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="supports", verbose_name=_("nota"))

    municipality_path: ClassVar = "note__element__plan__municipality"
    objects = KeptFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("archivo del cuaderno")
        verbose_name_plural = _("archivos del cuaderno")
        ordering: ClassVar = ["note", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note", "sha256"],
                name="note_support_once",
                violation_error_message=_("Ese archivo ya está en esta nota."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & ~Q(title=""),
                name="note_support_has_title_and_digest",
                violation_error_message=_("Un sustento lleva título."),
            ),
            models.CheckConstraint(
                condition=Q(url="", size__gt=0) & ~Q(file_name="") & ~Q(media_type=""),
                name="note_support_is_a_file",
                violation_error_message=_("Con una nota se guarda un archivo."),
            ),
        ]
