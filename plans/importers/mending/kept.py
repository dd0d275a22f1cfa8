"""An outline while people mend it: what was understood, what was set aside, and why."""

from dataclasses import dataclass, field, replace
from typing import Any

from plans.importers.mending.arranging import in_tree_order
from plans.importers.outline import Item, Outline
from plans.importers.stored import CONVERTER


@dataclass(frozen=True)
class Dropped:
    """A statement that was set aside, and why. It can come back."""

    item: Item
    reason: str


@dataclass(frozen=True)
class KeptOutline:
    """``reasons`` say why something of the published plan is gone, by its reference."""

    outline: Outline
    dropped: tuple[Dropped, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Item, ...]:
        return self.outline.items

    @property
    def next_key(self) -> int:
        """One that no statement has, nor had when it was set aside."""
        keys = [item.key for item in self.items] + [each.item.key for each in self.dropped]
        return max(keys, default=0) + 1

    def with_items(self, items: tuple[Item, ...]) -> "KeptOutline":
        return replace(self, outline=replace(self.outline, items=items))


def begun(outline: Outline) -> KeptOutline:
    """OUTLINE as it is first kept: its items in the order of the tree."""
    return KeptOutline(replace(outline, items=in_tree_order(outline.items)))


def packed_kept(kept: KeptOutline) -> dict[str, Any]:
    """KEPT as JSON, without the text of its source, which never changes."""
    source = replace(kept.outline.source, text="")
    plain: dict[str, Any] = CONVERTER.unstructure(
        replace(kept, outline=replace(kept.outline, source=source))
    )
    return plain


def unpacked_kept(plain: dict[str, Any], text: str) -> KeptOutline:
    """What was packed, with the TEXT of its source."""
    kept = CONVERTER.structure(plain, KeptOutline)
    source = replace(kept.outline.source, text=text)
    return replace(kept, outline=replace(kept.outline, source=source))
