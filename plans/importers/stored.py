"""An outline as JSON, for a process or the database to hand on, and back."""

from decimal import Decimal
from typing import Any, Final

from cattrs import Converter

from plans.importers.outline import Outline


def _converter() -> Converter:
    """Figures as text; what is empty is left out, so that a plan of many items stays small."""
    made = Converter(omit_if_default=True)
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    return made


CONVERTER: Final = _converter()


def packed(outline: Outline) -> dict[str, Any]:
    """OUTLINE as plain objects, lists and text: what `json.dumps` takes."""
    plain: dict[str, Any] = CONVERTER.unstructure(outline)
    return plain


def unpacked(plain: dict[str, Any]) -> Outline:
    """The outline that was PACKED."""
    return CONVERTER.structure(plain, Outline)
