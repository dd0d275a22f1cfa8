"""Which of the plans that somebody's file holds is that of their municipality."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Municipality
from accounts.services.places import Gazetteer
from plans.importers.faults import WHOLE, Fault, FileRefused, refusal_of
from plans.importers.formats import Format
from plans.importers.mending.flags import looked_over
from plans.importers.outline import Doubt, DoubtKind, Outline
from plans.importers.reading import read_upload
from plans.models import PlanImport
from plans.plan_path import list_called

NAMED: Final = 5
"""How many of the other plans of a file are named."""
MOST: Final = 50
"""The most plans of one file that are held together."""


class SeveralPlans(FileRefused):
    """The file holds the plans of several lists of the place: whoever sent it says which.

    ``lists`` are their organizations.
    """

    def __init__(self, fault: Fault, lists: list[str]) -> None:
        self.lists = lists
        super().__init__([fault])


def read_own_plan(draft: PlanImport) -> Outline:
    """The plan of DRAFT in the file that was sent, with what is to be looked at in its term.

    Raises what `own_plan` does.
    """
    found = own_plan(read_upload(bytes(draft.content), draft.file_name), draft)
    return replace(found, items=looked_over(found.items, draft.term))


def own_plan(plans: Iterable[Outline | FileRefused], draft: PlanImport) -> Outline:
    """The plan among PLANS that DRAFT is of, with a word about all that is beside it.

    Raises SeveralPlans where several lists' are of its place, and FileRefused where none is.
    """
    sent = _Sent(draft.municipality)
    for each in plans:
        sent.take(each)
    found = _of_the_list(sent.own, draft) or _of_the_term(sent.own, draft)
    if not found:
        raise _without_own(sent, draft)
    if len(found) > 1:
        raise _which_of(found, draft)
    doubts = (*found[0].doubts, *_of_another(found[0], draft, sent), *_beside(found[0], sent))
    return replace(found[0], doubts=doubts)


@dataclass
class _Sent:
    """What a file holds, by whose it is; of other municipalities their names, once each."""

    place: Municipality
    said: list[Outline] = field(default_factory=list)
    unsaid: list[Outline] = field(default_factory=list)
    others: dict[str, None] = field(default_factory=dict)
    refused: list[Fault] = field(default_factory=list)

    @property
    def own(self) -> list[Outline]:
        """Those that say so, else those that do not say of whom they are."""
        return self.said or self.unsaid

    def take(self, plan: Outline | FileRefused) -> None:
        if isinstance(plan, FileRefused):
            self.refused += plan.faults
        elif self._is_its_own(plan):
            self.said.append(plan)
        elif self._is_anothers(plan):
            self.others[plan.about.place or plan.about.inei] = None
        else:
            self.unsaid.append(plan)
        if len(self.said) > MOST or len(self.unsaid) > MOST:
            reason = _("tiene más de %s planes que no dicen de qué municipalidad son.") % MOST
            raise refusal_of(_("archivo"), reason)

    def _is_its_own(self, plan: Outline) -> bool:
        about = plan.about
        if about.inei:
            return self.place.inei == about.inei
        if about.place.isdecimal():
            return self.place.reniec == about.place
        return self.place in self._gazetteer.all_called(about.place)

    def _is_anothers(self, plan: Outline) -> bool:
        """What a document's first lines name may be a neighbour: there a person is asked."""
        about = plan.about
        if about.inei or plan.source.format != Format.JNE:
            return bool(about.inei)
        return about.place.isdecimal() or bool(self._gazetteer.all_called(about.place))

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer()


def _of_the_list(own: Sequence[Outline], draft: PlanImport) -> list[Outline]:
    if not draft.organization:
        return []
    wanted = list_called(draft.organization)
    return [each for each in own if list_called(each.about.organization) == wanted]


def _of_the_term(own: Sequence[Outline], draft: PlanImport) -> list[Outline]:
    return [each for each in own if each.about.years == draft.term] or [*own]


def _without_own(sent: _Sent, draft: PlanImport) -> FileRefused:
    faults = list(sent.refused)
    if sent.others:
        shown = {
            "place": draft.municipality.full_name,
            "inei": draft.municipality.inei,
            "others": _named([*sent.others]),
        }
        reason = (
            _("no trae el plan de la %(place)s (ubigeo INEI %(inei)s), sino: %(others)s.") % shown
        )
        faults.append(Fault(WHOLE, draft.file_name, reason))
    return FileRefused(faults)


def _which_of(found: Sequence[Outline], draft: PlanImport) -> FileRefused:
    lists = sorted({each.about.organization for each in found})
    if len(lists) < len(found) or not all(lists):
        reason = _(
            "trae %s planes que pueden ser el suyo, y no dice de qué organización es cada uno."
        )
        return refusal_of(draft.file_name, reason % len(found))
    shown = {"n": len(found), "lists": ", ".join(lists), "place": draft.municipality.full_name}
    reason = _("trae los planes de %(n)s listas de la %(place)s (%(lists)s): diga cuál es.") % shown
    return SeveralPlans(Fault(WHOLE, draft.file_name, reason), lists)


def _of_another(plan: Outline, draft: PlanImport, sent: _Sent) -> Iterator[Doubt]:
    """What the source says of its place and its term, where it is not what its sender said."""
    about, years = plan.about, plan.about.years
    if plan in sent.unsaid and about.place:
        shown = {"said": about.place, "place": draft.municipality.full_name}
        reason = _("El archivo nombra «%(said)s», y usted lo envió para la %(place)s.") % shown
        yield Doubt(DoubtKind.WHOSE, reason)
    if years and years != draft.term:
        shown = {"said": years.printed, "term": draft.term.printed}
        reason = _("El archivo nombra el periodo %(said)s, y usted eligió %(term)s.") % shown
        yield Doubt(DoubtKind.WHOSE, reason)


def _beside(plan: Outline, sent: _Sent) -> Iterator[Doubt]:
    """What else the file holds: nothing of it is taken."""
    told = []
    if lists := [each.about.organization for each in sent.own if each is not plan]:
        told.append(_("de otras listas de aquí: %s") % _named(lists))
    if sent.others:
        told.append(_("de otras municipalidades: %s") % _named([*sent.others]))
    if told:
        reason = _("El archivo trae también planes %s. De ellos no se guardó nada.")
        yield Doubt(DoubtKind.ASIDE, reason % "; ".join(told))
    if sent.refused:
        first = sent.refused[0]
        reason = ngettext(
            "Un plan del archivo no se pudo leer (%(first)s).",
            "%(n)s cosas del archivo no se pudieron leer; la primera: %(first)s",
            len(sent.refused),
        )
        yield Doubt(DoubtKind.ASIDE, reason % {"n": len(sent.refused), "first": first})


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return _("%(shown)s y %(n)s más") % {"shown": shown, "n": more} if more > 0 else shown
