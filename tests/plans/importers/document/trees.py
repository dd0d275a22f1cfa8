"""What was understood of a document, as lines that a person compares with the document."""

from plans.importers.document.reader import read
from plans.importers.outline import DoubtKind, Outline
from plans.source_text import SourceText, bare

OF_THE_TREE = {DoubtKind.UNPAIRED, DoubtKind.LEVEL, DoubtKind.HEADING}


def tree(outline: Outline) -> list[str]:
    """A line for each item, two spaces deeper than what it hangs from.

    "level code words | indicator", and "?" where it is doubted what it is or from what it hangs.
    """
    depth: dict[int | None, int] = {None: -1}
    lines = []
    for item in outline.items:
        depth[item.key] = depth[item.parent] + 1
        indicator = f" | {item.indicator}" if item.indicator else ""
        doubted = " ?" if OF_THE_TREE & {doubt.kind for doubt in item.doubts} else ""
        said = f"{item.level} {item.printed_code} {item.statement}".replace("  ", " ")
        lines.append("  " * depth[item.key] + said + indicator + doubted)
    return lines


def understood(content: bytes, name: str = "plan.txt") -> list[str]:
    outline = read(content, name)
    source = SourceText(outline.source.text)
    for item in outline.items:
        # What is quoted stands, word for word, where the item says.
        assert bare(source.quoted(item.spans)) == item.statement
    return tree(outline)


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
