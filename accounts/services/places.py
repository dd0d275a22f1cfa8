"""Find a municipality by what people and files call it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from accounts.elected import plain_place
from accounts.models import Municipality
from accounts.querysets import folded

PARTS: Final = re.compile(r"\s*[/,;|]\s*|\s+[-\u2013]\s+")
KIND: Final = re.compile(r"^municipalidad(?: (provincial|distrital))?(?: del?)? ")
LEVEL: Final = re.compile(r"^(region|departamento|provincia|distrito)\b(?! constitucional)")
REGION, PROVINCE, DISTRICT = "region", "provincia", "distrito"
SHOWN: Final = 5

Reading = tuple[str, ...]
READINGS: Final[dict[int, list[Reading]]] = {
    1: [(PROVINCE,), (DISTRICT,)],
    2: [(REGION, PROVINCE), (PROVINCE, DISTRICT), (REGION, DISTRICT)],
    3: [(REGION, PROVINCE, DISTRICT)],
}
"""What so many names may stand for, from the region down. A province's municipality is the one of
its capital's district, too."""
LOOSER: Final[dict[int, list[Reading]]] = {
    2: [(PROVINCE, PROVINCE)],
    3: [(REGION, PROVINCE, PROVINCE)],
}
"""Read where nothing else fits: the province's name said again where it has no such district."""


@dataclass(frozen=True)
class _Said:
    """A part of what was said: a plain name, and what the words beside it say it is."""

    name: str
    level: str
    kind: str


class Gazetteer:
    """The country's municipalities, asked for once and found many times.

    By INEI or RENIEC code, by address ("coata"), or by words from the region down or from the
    district up: "Puno / Puno / Coata", "Coata, Puno". How many names there are says of which level
    each is, and so do words beside them ("provincia de", "Municipalidad Distrital de"). Where a
    district has no municipality of its own because the province's is there, the province's is
    meant.
    """

    def __init__(self) -> None:
        self._by_code: dict[str, list[Municipality]] = defaultdict(list)
        self._by_name: dict[str, list[Municipality]] = defaultdict(list)
        for each in Municipality.objects.all():
            self._by_code[each.inei].append(each)
            self._by_code[each.slug].append(each)
            self._by_code[f"reniec {each.reniec}"].append(each)
            for name in {plain_place(each.name), *_districts(each)} - {""}:
                self._by_name[name].append(each)

    def by_inei(self, code: str) -> Municipality:
        return self._one(self._by_code.get(code, []), code)

    def by_reniec(self, code: str) -> Municipality:
        return self._one(self._by_code.get(f"reniec {code}", []), code)

    def called(self, words: str) -> Municipality:
        """The one that WORDS name. LookupError, with a sentence, for none or several."""
        found = self.all_called(words)
        if not found and not _said(words):
            raise LookupError(_("No dice de qué municipalidad es."))
        return self._one(found, words)

    def all_called(self, words: str) -> list[Municipality]:
        """Every one that WORDS may name."""
        if exact := self._by_code.get(words.strip()):
            return exact
        if not (said := _said(words)):
            return []
        kinds = [each.kind for each in said if each.kind]
        for kind in (*kinds, ""):
            for readings in (READINGS, LOOSER):
                if found := self._fitting(said, readings.get(len(said), []), kind):
                    return found
        return []

    def _fitting(
        self, said: Sequence[_Said], readings: Sequence[Reading], kind: str
    ) -> list[Municipality]:
        """Those of KIND ("" for either) that SAID names by one of READINGS, from either end."""
        found = {
            each: None
            for names in (said, said[::-1])
            for each in self._by_name.get(names[-1].name, ())
            if kind in ("", each.kind) and any(_fits(each, names, way) for way in readings)
        }
        return [*found]

    def _one(self, found: Sequence[Municipality], words: str) -> Municipality:
        if len(found) == 1:
            return found[0]
        if not found:
            raise LookupError(_("No hay municipalidad «%s».") % words)
        shown = "; ".join(map(_shown, found[:SHOWN]))
        if len(found) > SHOWN:
            shown += _("; y %s más") % (len(found) - SHOWN)
        reason = _("«%(words)s» puede ser: %(shown)s. Diga el código o la dirección de la suya.")
        raise LookupError(reason % {"words": words, "shown": shown})


def _shown(place: Municipality) -> str:
    above = [place.region] if place.is_provincial else [place.province, place.region]
    return f"{', '.join([place.full_name, *above])} ({place.inei}, {place.slug})"


def _fits(place: Municipality, names: Sequence[_Said], reading: Reading) -> bool:
    """Whether PLACE is called so when NAMES are of the levels of READING, the last its own."""
    if reading[-1] == PROVINCE and not place.is_provincial:
        return False
    return all(
        said.level in ("", level) and said.name in _called(place, level)
        for said, level in zip(names, reading, strict=True)
    )


def _called(place: Municipality, level: str) -> set[str]:
    if level == DISTRICT:
        return {*_districts(place)}
    return {plain_place(place.region if level == REGION else place.province)}


def _districts(place: Municipality) -> Iterator[str]:
    """Its district's names: of a province's municipality the capital's, and its town's."""
    if not place.is_provincial:
        yield plain_place(place.name)
    yield from map(plain_place, filter(None, place.capital.split(",")))


def _said(words: str) -> list[_Said]:
    found = []
    for part in PARTS.split(words):
        plain = folded(" ".join(part.split()))
        kind, level = KIND.match(plain), LEVEL.match(plain)
        if name := plain_place(KIND.sub("", plain)):
            said_level = (level[1] if level else "").replace("departamento", REGION)
            found.append(_Said(name, said_level, (kind and kind[1]) or ""))
    return found
