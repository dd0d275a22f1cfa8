"""What a row of a sheet that is filled in carries back: of what it was made, and what it showed."""

from dataclasses import dataclass
from typing import Final, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MARK: Final = gettext_lazy("Marca")


@dataclass(frozen=True)
class Mark:
    """A row made of KEY, of PLACE's PERIOD. SEEN is what it showed, in its room's own words.

    None of it is a secret, nor does it give a right: whoever forges it says that they saw what
    they did not.
    """

    place: str
    period: str
    key: str
    seen: str

    def __str__(self) -> str:
        return "/".join((self.place, self.period, self.key, self.seen))

    @classmethod
    def of(cls, text: str) -> Self | None:
        """The mark that TEXT is; None for anything else."""
        parts = text.split("/")
        return cls(*parts) if len(parts) == 4 else None

    def trouble(self, place: str, period: str, key: str) -> str:
        """Why its row is not that of KEY in PERIOD of PLACE; "" where it is."""
        if self.place != place:
            return _("Es de la hoja de otra municipalidad.")
        if self.period != period:
            shown = {"theirs": self.period, "ours": period}
            return _("Es de la hoja de %(theirs)s, y esta es la de %(ours)s.") % shown
        if self.key != key:
            shown = {"code": key, "marked": self.key}
            return _("El código dice %(code)s y la marca %(marked)s: se movieron celdas.") % shown
        return ""
