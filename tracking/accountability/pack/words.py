"""What the hearing pack says of itself and of the plan, in sentences."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.semester import Semester
from tracking.accountability.pack.pack import Pack
from tracking.accountability.telling import refs_of
from tracking.choices import Verdict
from tracking.reading.addresses import absolute

MOST_REFS: Final = 4
"""Of each kind of change; the portal has the others."""


@dataclass(frozen=True)
class PackWords:
    """PACK in sentences."""

    pack: Pack

    @property
    def former(self) -> "PackWords | None":
        """Of the term before; None where it is not known."""
        return PackWords(self.pack.former) if self.pack.former else None

    @property
    def address(self) -> str:
        return absolute(reverse("tracking:hearing_pack", args=self.pack.plan.url_args))

    @property
    def plan_address(self) -> str:
        return absolute(self.pack.plan.get_absolute_url())

    @property
    def title(self) -> str:
        return (
            _("Para la audiencia de rendición de cuentas: %s")
            % self.pack.plan.municipality.full_name
        )

    @property
    def notice(self) -> str:
        """What it is not: said on each page."""
        said = _("No es un informe emitido: no tiene código y las cifras pueden cambiar. Al %s.")
        return said % date_format(self.pack.day)

    @property
    def occasion(self) -> str:
        """For which hearing it is, and what that one is about."""
        if self.pack.newest and self.pack.fixed and self.pack.fixed.held_on:
            fixed = self.pack.fixed
            day = date_format(self.pack.fixed.held_on)
            where = _("%(day)s (%(place)s)") % {"day": day, "place": fixed.place}
            return _("La audiencia es el %(when)s, y trata del semestre %(about)s.") % {
                "when": where if fixed.place else day,
                "about": self.pack.newest.semester,
            }
        if self.pack.hearing is None:
            if self.pack.is_over:
                return _("El periodo terminó: así quedó todo, y ya no hay una audiencia suya.")
            return _("Ya no hay otra audiencia en este periodo: así está todo.")
        shown = {
            "month": date_format(self.pack.hearing.month, "F \\d\\e Y"),
            "about": self.pack.hearing.about,
        }
        if self.pack.is_of_former_term:
            return (
                _(
                    "La audiencia de %(month)s es la primera del periodo: trata del semestre "
                    "%(about)s, que fue del anterior."
                )
                % shown
            )
        return _("La próxima audiencia es en %(month)s y trata del semestre %(about)s.") % shown

    @property
    def newest_words(self) -> str:
        """Up to which day it is told."""
        if self.pack.told_until is None:
            return _("El portal no tiene ningún informe de avance.")
        return _("El informe más reciente es al %s.") % date_format(self.pack.told_until)

    @property
    def edition_words(self) -> str:
        """Which report was issued last, its code, and where to check it."""
        if self.pack.newest is None:
            return _("Todavía no se ha emitido ningún informe de rendición de cuentas.")
        return _(
            "El último informe emitido es el del semestre %(semester)s, edición %(edition)s, "
            "código %(code)s; se comprueba en %(address)s"
        ) % {
            "semester": self.pack.newest.semester,
            "edition": self.pack.newest.edition,
            "code": self.pack.newest.printed_code,
            "address": absolute(reverse("tracking:verify")),
        }

    @property
    def last_words(self) -> str:
        """Of a former term: up to when it is told."""
        moment = self.pack.overview.moment
        return _("Es lo último que se sabe, del semestre %s.") % moment if moment else ""

    @property
    def changed(self) -> SafeString:
        """What the last semester brought, kind by kind, the first promises of each by their refs;
        "" where there is none before it, and where nothing changed."""
        changes = self.pack.overview.changes
        kinds = changes.by_kind if changes else []
        named = ((words, [each.ref for each in promises]) for words, promises in kinds)
        rows = ((words, len(refs), refs_of(refs, most=MOST_REFS)) for words, refs in named)
        return format_html_join(" ", "{}: {} ({}).", rows)

    @property
    def changes_address(self) -> str:
        return absolute(reverse("tracking:plan_changes", args=self.pack.plan.url_args))

    # In three sentences

    @property
    def sentences(self) -> list[str]:
        """How it goes, what is worst, and what is not known."""
        if self.pack.is_untold:
            n = len(self.pack.promises.all)
            return [
                ngettext("El plan tiene %s promesa.", "El plan tiene %s promesas.", n) % n,
                self._untold_sentence,
            ]
        return [self.pack.promises.sentence, self._worst_sentence, self._unknown_sentence]

    @property
    def _untold_sentence(self) -> str:
        if not self.pack.plan.takes_reports:
            return _("Nadie informa de ellas aquí: no figura que esta lista gobierne.")
        window = self.pack.overview.windows.get(
            self.pack.overview.moment or Semester.of(self.pack.day)
        )
        if window is None:
            return _("Todavía no se ha pedido ningún informe: no se sabe cómo van.")
        return _(
            "Ningún informe venció todavía: el primero, del semestre %(of)s, vence el %(day)s."
        ) % {
            "of": window.semester,
            "day": date_format(window.due_on),
        }

    @property
    def _worst_sentence(self) -> str:
        halted, late, _silent = self.pack.worst
        first = next(iter([*halted.lines, *late.lines]), None)
        if first is None:
            return _("Según su último informe, ninguna está paralizada o muy retrasada.")
        return _("Lo peor: %(halted)s y %(late)s, como %(ref)s, %(words)s.") % {
            "halted": ngettext("%s paralizada", "%s paralizadas", halted.total) % halted.total,
            "late": ngettext("%s muy retrasada", "%s muy retrasadas", late.total) % late.total,
            "ref": first.ref,
            "words": f"“{first.row.words.rstrip('.')}”",
        }

    @property
    def _unknown_sentence(self) -> str:
        n = len(self.pack.going_as(Verdict.UNKNOWN))
        said = ngettext("De %s no se sabe cómo va", "De %s no se sabe cómo van", n) % n
        if not n:
            said = _("De todas se sabe cómo van, o aún no toca informar")
        row = self.pack.promises.coverage
        if row is None:
            return f"{said}."
        return _("%(said)s; en el semestre %(semester)s informaron %(n)s de %(of)s.") % {
            "said": said,
            "semester": self.pack.overview.semester,
            "n": row.reported,
            "of": row.asked,
        }
