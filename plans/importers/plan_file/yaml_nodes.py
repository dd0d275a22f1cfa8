"""YAML as plain nodes that remember their line: mappings, lists and text, and nothing else.

Anchors, aliases and tags have no use in a file written by hand and are how small files explode,
so they are refused before anything is built.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from django.utils.translation import gettext as _

from plans.importers.faults import Faults, at_line, refusal_of

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 24


@dataclass(frozen=True)
class Node:
    """A value and the line on which it begins. Scalars keep the text as it was typed."""

    value: "str | list[Node] | dict[str, Node]"
    line: int


def read_text(path: Path, max_bytes: int) -> str:
    """The text of PATH. Refuses what is no file, larger than MAX_BYTES or not UTF-8."""
    if not path.is_file():
        raise refusal_of(path.name, _("no se puede leer: no es un archivo."))
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise refusal_of(path.name, _("no se puede leer: %s") % error.strerror) from None
    if len(content) > max_bytes:
        reason = _("pesa más de %s MB.") % (max_bytes // 1_000_000)
        raise refusal_of(path.name, reason)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise refusal_of(path.name, _("no es texto en UTF-8.")) from None


def parse_yaml(text: str, name: str) -> Node:
    """The one document in TEXT, which the file NAME holds.

    FileRefused names the line of what is not plain YAML.
    """
    try:
        _refuse_surprises(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        reason = _("no es YAML: %s") % (error.problem or error)
        raise refusal_of(name, reason, at_line(line)) from None
    except yaml.YAMLError as error:
        raise refusal_of(name, _("no es YAML: %s") % error) from None
    if node is None:
        raise refusal_of(name, _("está vacío."))
    faults = Faults()
    plain = _plain(node, faults)
    faults.refuse_if_any()
    return plain


def _refuse_surprises(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            reason = _("hay demasiados niveles, uno dentro de otro.")
            raise refusal_of("YAML", reason, at_line(line))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refusal_of("YAML", _("no use anclas ni alias (& y *)."), at_line(line))
        if getattr(event, "tag", None):
            raise refusal_of("YAML", _("no use etiquetas (!)."), at_line(line))


def _plain(node: yaml.Node, faults: Faults) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_plain(each, faults) for each in node.value], line)
    pairs: dict[str, Node] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key, str):
            faults.add(at_line(line), "YAML", _("una clave debe ser una palabra."))
        elif key in pairs:
            faults.add(at_line(key_node.start_mark.line + 1), key, _("esta clave está repetida."))
        else:
            child = _plain(value_node, faults)
            # The line of its key is where a person looks for a value.
            pairs[key] = Node(child.value, key_node.start_mark.line + 1)
    return Node(pairs, line)
