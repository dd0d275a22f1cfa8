"""What was promised for each district of a province, how it goes, and of how much nobody says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from plans.locations import is_in
from plans.models import PlanElement
from tracking.public.figures.choice import UNSAID
from tracking.public.figures.overview import Overview
from tracking.reading.verdicts import counted


class DistrictRow(NamedTuple):
    """A district, how many promises concern it, how these go, and the address that lists them."""

    name: str
    total: int
    going: str
    address: str


@dataclass(frozen=True)
class ByDistrict:
    """Where PROMISES, those of the plan of OVERVIEW, are carried out."""

    overview: Overview
    promises: Sequence[PlanElement]

    @property
    def rows(self) -> list[DistrictRow]:
        """Each district, by name: what is for the whole province is for it, too."""
        return [
            self._row(each.name, each.code, self._in(each.code))
            for each in self.overview.plan.municipality.districts
        ]

    @property
    def unsaid(self) -> DistrictRow:
        """What nobody said the place of."""
        located = self.overview.locations
        rest = [each for each in self.promises if each.pk not in located]
        return self._row(_("No se dijo dónde"), UNSAID, rest)

    @property
    def coverage(self) -> str:
        """«12 de 60 promesas dicen dónde; 3 son para toda la provincia.»"""
        total = len(self.promises)
        said = total - self.unsaid.total
        if not said:
            return _("Ninguna de las %s promesas dice dónde se hace.") % total
        sentence = _("%(said)s de %(total)s promesas dicen dónde se hacen.")
        sentence %= {"said": said, "total": total}
        if whole := len(self._in("")):
            everywhere = _("Para toda la provincia: %s, que se cuentan en cada distrito.")
            sentence += f" {everywhere % whole}"
        return sentence

    def _in(self, district: str) -> list[PlanElement]:
        located = self.overview.locations
        return [each for each in self.promises if is_in(located.get(each.pk, ()), district)]

    def _row(self, name: str, district: str, elements: Sequence[PlanElement]) -> DistrictRow:
        known = (self.overview.known.get(each.pk) for each in elements)
        going = counted(Counter(each.verdict.value for each in known if each))
        choice = replace(self.overview.chosen.without_filters, district=district)
        return DistrictRow(
            name,
            len(elements),
            ", ".join(words for _verdict, words in going),
            self.overview.address_of(choice),
        )
