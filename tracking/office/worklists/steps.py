"""One step of what a municipality does before its first report."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy

WHO: Final = {
    "directory.edit": gettext_lazy("planificación o administración"),
    "people.edit": gettext_lazy("quien administra las cuentas"),
    "plan.edit": gettext_lazy("planificación"),
    "semester.edit": gettext_lazy("planificación"),
    "report.edit": gettext_lazy("cada unidad y planificación"),
}


@dataclass(frozen=True)
class Step:
    """One thing on the way: what is there or what it takes, and where it is done.

    ``is_held``: it cannot be begun before the plan is there. ``address`` is "" for a reader who
    may not do it; ``who`` says who does.
    """

    title: str
    said: str
    is_done: bool
    action: str
    address: str
    permission: str
    is_held: bool = False
    is_next: bool = False

    @property
    def who(self) -> str:
        return str(WHO[self.permission])
