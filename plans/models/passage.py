"""The words of a document, as a search finds them."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from plans.models.document import SourceDocument
from plans.querysets import PassageQuerySet


class Passage(models.Model):
    """A passage of a document, free of markup: `plans.passages` makes them when it is published.

    All of them hold the whole document, also what no element quotes. ``text`` keeps the
    document's line breaks, so that a place in it has its line.
    """

    document = models.ForeignKey(
        SourceDocument, models.CASCADE, related_name="passages", verbose_name=_("documento")
    )
    first_line = models.PositiveIntegerField(_("primera línea"))
    text = models.TextField(_("texto"))
    search = models.GeneratedField(
        expression=Func(F("text"), function="vigia_search_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("pasaje de un documento")
        verbose_name_plural = _("pasajes de los documentos")
        ordering: ClassVar = ["document", "first_line"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="passage_search")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "first_line"], name="passage_once_per_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.first_line}"

    def line_of(self, offset: int) -> int:
        """The line of the document on which the character at OFFSET of the text stands."""
        return self.first_line + self.text.count("\n", 0, offset)
