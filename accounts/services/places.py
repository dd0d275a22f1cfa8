"""Find a municipality by what people and files call it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from accounts.elected import plain_place
from accounts.models import Municipality

PARTS: Final = re.compile(r"\s*[/,;|]\s*|\s+[-\u2013]\s+")
KIND: Final = re.compile(r"^municipalidad(?: (?:provincial|distrital))?(?: del?)? ")


class Gazetteer:
    """The country's municipalities, asked for once and found many times.

    By INEI or RENIEC code, by address ("coata"), or by words from the region down or from the
    district up: "Puno / Puno / Coata", "Coata, Puno". Where a district has no municipality of its
    own because the province's is there, the province's is meant.
    """

    def __init__(self) -> None:
        self._by_code: dict[str, list[Municipality]] = defaultdict(list)
        self._by_name: dict[str, list[Municipality]] = defaultdict(list)
        for each in Municipality.objects.all():
            self._by_code[each.inei].append(each)
            self._by_code[each.slug].append(each)
            self._by_code[f"reniec {each.reniec}"].append(each)
            for name in {plain_place(each.name), plain_place(each.capital)} - {""}:
                self._by_name[name].append(each)

    def by_inei(self, code: str) -> Municipality:
        return self._one(self._by_code.get(code, []), code)

    def by_reniec(self, code: str) -> Municipality:
        return self._one(self._by_code.get(f"reniec {code}", []), code)

    def called(self, words: str) -> Municipality:
        """The one that WORDS name. LookupError, with a sentence, for none or several."""
        found = self.all_called(words)
        if not found and not _names(words):
            raise LookupError(_("No dice de qué municipalidad es."))
        return self._one(found, words)

    def all_called(self, words: str) -> list[Municipality]:
        """Every one that WORDS may name."""
        if exact := self._by_code.get(words.strip()):
            return exact
        names = _names(words)
        return (self._within(names) or self._within(names[::-1])) if names else []

    def _within(self, names: Sequence[str]) -> list[Municipality]:
        """Those called as the last of NAMES, in a province or region called as the others."""
        *above, name = names
        return [
            each
            for each in self._by_name.get(name, ())
            if {*above} <= {plain_place(each.province), plain_place(each.region)}
            and (plain_place(each.name) == name or each.is_provincial)
        ]

    def _one(self, found: Sequence[Municipality], words: str) -> Municipality:
        if len(found) == 1:
            return found[0]
        if not found:
            raise LookupError(_("No hay municipalidad «%s».") % words)
        shown = "; ".join(f"{each.name}, {each.province} ({each.inei})" for each in found[:5])
        reason = _("«%(words)s» puede ser: %(shown)s. Diga también provincia y región.")
        raise LookupError(reason % {"words": words, "shown": shown})


def _names(words: str) -> list[str]:
    return [name for part in PARTS.split(words) if (name := plain_place(_bare(part)))]


def _bare(part: str) -> str:
    return KIND.sub("", " ".join(part.split()).casefold())
