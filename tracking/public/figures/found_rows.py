"""What a search found, as a list shows it: each promise with how it goes, why, and who answers."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plans.answering import names_answering
from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.searching import excerpt, runs
from plans.semester import Semester
from tracking.public.figures.promise_list import TROUBLED, why_of
from tracking.public.hits import marked
from tracking.public.promise_rows import PromiseRow
from tracking.reading.causes import causes_of
from tracking.reading.sentences import shortened
from tracking.reading.strips import strips_of_several
from tracking.reading.verdicts import last_known

BEFORE: Final = 40
SHOWN: Final = 220
"""Characters of a promise before its first hit, and in all: two lines show fewer."""
CAUSE: Final = 120


def found_rows(
    elements: Collection[PlanElement],
    *,
    at: dt.date,
    until: Semester | None = None,
    coded: bool = False,
    tagged: bool = False,
) -> tuple[list[PromiseRow], list[Semester]]:
    """ELEMENTS, with their plans, as rows, and the semesters of which they tell, newest first.

    How each goes is what is known on the day AT, or was in the semester UNTIL. They carry
    ``is_reportable``. CODED says the code of each; TAGGED which are simulated, where not all are.
    Five queries at most, whatever there is.
    """
    promises = [each for each in elements if each.is_reportable]  # others hold them
    strips = strips_of_several(promises, at=at) if promises else {}
    known = {pk: last_known(strip, until) for pk, strip in strips.items()}
    troubled = [pk for pk, last in known.items() if last.verdict in TROUBLED]
    causes = causes_of(None, troubled, until=until) if troubled else {}
    offices = names_answering(known) if known else {}
    rows = [
        PromiseRow(
            element.get_absolute_url(),
            _words(element),
            last := known.get(element.pk),
            who=", ".join(offices.get(element.pk, ())) if last else _why_not(element),
            why=shortened(why_of(last, causes.get(element.pk)), CAUSE),
            where=_where(element, coded=coded, tagged=tagged),
        )
        for element in elements
    ]
    semesters = {cell.semester for strip in strips.values() for cell in strip if cell.is_asked}
    return rows, sorted(semesters, reverse=True)


def _why_not(element: PlanElement) -> str:
    """Why nothing is told of how ELEMENT goes."""
    plan: Plan = element.plan
    if not plan.in_force:
        return _("Sin informes: no es el plan que rige")
    if plan.is_unconfirmed and not plan.takes_reports:
        return _("Sin informes: no se ha confirmado si esta lista ganó")
    if not plan.takes_reports:
        return _("Sin informes: la lista no fue elegida")
    if element.level == Level.GUIDELINE:
        return _("Compromiso general: no se informa sobre él")
    return _("Reúne varias promesas: se informa de cada una")


def _where(element: PlanElement, *, coded: bool, tagged: bool) -> str:
    plan = element.plan
    pieces = [f"{plan.municipality.name}, {plan.term.printed}"]
    if not plan.in_force:
        pieces.append(_("lista %s") % plan.filed_by)
    if coded:
        pieces.append(element.ref)
    if tagged and plan.simulated:
        pieces.append(_("avances simulados"))
    if element.added:
        pieces.append(element.added)
    return " · ".join(pieces)


def _words(element: PlanElement) -> SafeString:
    """The words of ELEMENT from near the first hit of the search, its hits marked."""
    headline = getattr(element, "headline", "")
    pieces = runs(element.searched_text if headline else element.statement, headline)
    return marked(excerpt(pieces, before=BEFORE, most=SHOWN))
