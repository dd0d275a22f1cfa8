"""What a reader chose to compare, as the address of the page says it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.semester import Semester
from tracking.public.figures.comparing import Comparison, Place
from tracking.public.figures.punctuality import Punctuality

MOST: Final = 20
"""Municipalities side by side that somebody chose one by one."""

BY_NAME: Final = "nombre"
DESCENDING: Final = "-"
WHY_NOT_BY_PROGRESS: Final = gettext_lazy(
    "No se ordena por avance: cada plan promete otras cosas, y quien promete poco llega antes."
)


class Figure(NamedTuple):
    """One share that is compared: what it is called, what it is of, and how it is read."""

    label: str | Promise
    meaning: str | Promise
    share_of: Callable[[Punctuality], Decimal | None]


FIGURES: Final[Mapping[str, Figure]] = {
    "cobertura": Figure(
        gettext_lazy("Cobertura"),
        gettext_lazy("Cobertura: de las promesas que se pedían, cuántas tienen informe."),
        lambda each: each.reported_share,
    ),
    "puntualidad": Figure(
        gettext_lazy("Puntualidad"),
        gettext_lazy("Puntualidad: de las promesas que se pedían, cuántas se informaron a tiempo."),
        lambda each: each.punctual_share,
    ),
    "sustento": Figure(
        gettext_lazy("Sustento"),
        gettext_lazy("Sustento: de lo informado, cuánto lleva una foto, un documento o un enlace."),
        lambda each: each.supported_share,
    ),
}
ORDERS: Final = frozenset(
    {BY_NAME, *(f"{sign}{name}" for name in FIGURES for sign in ("", DESCENDING))}
)


@dataclass(frozen=True)
class ComparedChoice:
    """SLUGS of municipalities, in the order in which they were chosen, none for a whole region;
    the SEMESTER, None for the usual one; the ORDER, one of `ORDERS`: "-sustento" is most first."""

    slugs: tuple[str, ...] = ()
    semester: Semester | None = None
    order: str = BY_NAME

    @classmethod
    def read(cls, parameters: QueryDict) -> tuple[Self, list[str]]:
        """What PARAMETERS choose, and a sentence for each that chooses nothing.

        What it was meant for is then as if nobody had chosen it.
        """
        faults = []
        typed = (each.replace("\x00", "").lower() for each in parameters.getlist("m"))
        slugs = tuple(dict.fromkeys(filter(None, typed)))
        if len(slugs) > MOST:
            shown = {"most": MOST, "n": len(slugs)}
            faults.append(
                _("Se comparan hasta %(most)s municipalidades a la vez: eligió %(n)s.") % shown
                + " "
                + _("Aquí están las primeras.")
            )
        semester = None
        if written := parameters.get("semestre", ""):
            try:
                semester = Semester.parse(written)
            except ValueError as error:
                faults.append(str(error))
        order = parameters.get("orden", "") or BY_NAME
        if order not in ORDERS:
            faults.append(_("«%s» no es un orden de esta página.") % order[:20])
            order = BY_NAME
        return cls(slugs[:MOST], semester, order), faults

    def address(self, *, form: str = "", **other: Any) -> str:
        """The address of this choice with OTHER fields, from the page that it is on.

        With a FORM, "csv", it leads to the same as a file.
        """
        chosen = replace(self, **other)
        named = [("m", slug) for slug in chosen.slugs]
        if chosen.semester:
            named.append(("semestre", str(chosen.semester)))
        if chosen.order != BY_NAME:
            named.append(("orden", chosen.order))
        if form:
            named.append(("formato", form))
        return f"?{urlencode(named)}"

    def among(self, known: Collection[str]) -> Self:
        """The same of those alone that are KNOWN."""
        return replace(self, slugs=tuple(each for each in self.slugs if each in known))

    def without(self, slug: str) -> str:
        """The address of the others."""
        return self.address(slugs=tuple(each for each in self.slugs if each != slug))

    @property
    def is_descending(self) -> bool:
        return self.order.startswith(DESCENDING)

    @property
    def ordered_by(self) -> str:
        return self.order.removeprefix(DESCENDING)

    def orders(self) -> list[tuple[str, str, str]]:
        """Each order that is offered: in words, its address, and how it is now, "" where not so.

        That of a share turns around what is least first.
        """
        by_name = self.address(order=BY_NAME)
        rows = [(_("nombre"), by_name, _("de la A a la Z") if self.order == BY_NAME else "")]
        for name, figure in FIGURES.items():
            turned = DESCENDING if self.order == name else ""
            now = ""
            if self.ordered_by == name:
                now = _("de más a menos") if self.is_descending else _("de menos a más")
            rows.append((str(figure.label).lower(), self.address(order=f"{turned}{name}"), now))
        return rows

    def in_order(self, comparison: Comparison) -> list[Place]:
        """Its places, which come by their names: first what can be compared, in this order."""
        compared = comparison.compared
        others = [each for each in comparison.places if not each.is_compared]
        if self.order == BY_NAME:
            return [*compared, *others]
        share_of = FIGURES[self.ordered_by].share_of
        known = [(each.counts and share_of(each.counts.figures), each) for each in compared]
        told = [(share, each) for share, each in known if share is not None]
        told.sort(key=itemgetter(0), reverse=self.is_descending)
        untold = [each for share, each in known if share is None]
        return [*(each for _share, each in told), *untold, *others]
