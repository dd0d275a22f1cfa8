"""Take the values out of a mapping of a file, noting every fault instead of stopping at one."""

from collections.abc import Callable, Collection, Iterable

from django.utils.translation import gettext as _

from accounts.hidden_characters import hidden_in
from plans.importers.faults import Faults, at_line
from plans.importers.plan_file.yaml_nodes import Node
from plans.source_text import fold


class Fields:
    """The keys of one mapping. What is asked for and wrong is noted, and read as empty."""

    def __init__(self, node: Node, faults: Faults, known: Collection[str], what: str) -> None:
        self.line = node.line
        self._faults = faults
        self._pairs: dict[str, Node] = {}
        if not isinstance(node.value, dict):
            faults.add(at_line(node.line), what, _("aquí van claves con su valor: «clave: valor»."))
            return
        self._pairs = node.value
        for key, value in self._pairs.items():
            if key not in known:
                reason = _("clave desconocida; se conocen: %s.") % ", ".join(sorted(known))
                faults.add(at_line(value.line), key, reason)

    def __contains__(self, key: str) -> bool:
        return key in self._pairs

    def fault(self, key: str, reason: object) -> None:
        self._faults.add(at_line(self.line_of(key)), key, str(reason))

    def line_of(self, key: str) -> int:
        return self._pairs[key].line if key in self._pairs else self.line

    def text(
        self,
        key: str,
        *,
        required: bool = False,
        most: int = 300,
        folded: Callable[[str], str] = fold,
    ) -> str:
        """The text of KEY as FOLDED makes it, "" where there is none."""
        value = self._pairs[key].value if key in self._pairs else ""
        if not isinstance(value, str):
            self.fault(key, _("debe ser un texto."))
            return ""
        value = folded(value)
        if hidden := hidden_in(value):
            self.fault(key, _("tiene un carácter invisible: %s.") % hidden)
            return ""
        if required and not value:
            self.fault(key, _("falta."))
        if len(value) > most:
            self.fault(key, _("tiene más de %s caracteres.") % most)
        return value

    def choice(self, key: str, allowed: Iterable[str], *, required: bool = False) -> str:
        """The text of KEY, which must be one of ALLOWED."""
        value = self.text(key, required=required)
        allowed = list(allowed)
        if value and value not in allowed:
            self.fault(key, _("debe ser: %s.") % ", ".join(allowed))
            return ""
        return value

    def within(self, key: str, known: Collection[str]) -> "Fields":
        """The mapping under KEY, an empty one where there is none."""
        node = self._pairs.get(key, Node({}, self.line))
        return Fields(node, self._faults, known, key)

    @property
    def keys(self) -> list[str]:
        return list(self._pairs)

    def free(self, key: str) -> "Fields":
        """The mapping under KEY, whatever its own keys are."""
        value = self._pairs[key].value
        return self.within(key, value.keys() if isinstance(value, dict) else ())

    def items(self, key: str) -> list[Node]:
        """The list under KEY, empty where there is none."""
        value = self._pairs[key].value if key in self._pairs else []
        if not isinstance(value, list):
            self.fault(key, _("debe ser una lista: cada elemento empieza con «- »."))
            return []
        return value

    def scalars(self, key: str) -> str | list[str]:
        """The text, or the list of texts, under KEY."""
        value = self._pairs[key].value if key in self._pairs else ""
        if isinstance(value, str):
            return value
        if isinstance(value, list) and all(isinstance(each.value, str) for each in value):
            return [str(each.value) for each in value]
        self.fault(key, _("debe ser un valor, o una lista de ellos."))
        return ""
