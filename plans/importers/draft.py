"""A plan as its file states it, checked and ready to be published."""

from dataclasses import dataclass
from dataclasses import field as default
from decimal import Decimal

from plans.importers.faults import WHOLE, Where
from plans.term import Term

Spans = list[list[int]]
"""[start, end) character offsets in the document's text, as the database keeps them (JSON)."""


@dataclass(frozen=True)
class TermsDraft:
    """How a target is measured, only as far as its own text says.

    ``baseline_source`` names the line or page that prints the baseline; ``milestones`` are by
    semester: {"2027-II": Decimal(10)}.
    """

    kind: str = ""
    goal: Decimal | None = None
    unit_of_measure: str = ""
    direction: str = ""
    bound: str = ""
    tolerance: Decimal | None = None
    nature: str = ""
    baseline: Decimal | None = None
    baseline_source: str = ""
    milestones: dict[str, Decimal] = default(default_factory=dict)


@dataclass(frozen=True)
class ElementDraft:
    """One element. ``parent_ref`` is "" at the top; elements come in document order.

    ``indicator`` is what the plan says its target is measured by, verbatim, with its own place;
    ``classes`` are its codes by scheme, beside the tree: {"ODS": ["3"]}.
    ``also_under`` are the references of further parents.
    A dimension in the plan's own words is numbered by its order («propia-1»). What is not
    ``is_printed`` is a heading of the form, without a place in the document.
    """

    where: Where
    ref: str
    parent_ref: str
    parent_level: str
    level: str
    depth: int
    dimension: str
    activity_kind: str
    printed_code: str
    statement: str
    field: str
    note: str
    cui: str
    spans: Spans
    terms: TermsDraft | None
    indicator: str = ""
    indicator_spans: Spans = default(default_factory=list)
    is_printed: bool = True
    classes: dict[str, list[str]] = default(default_factory=dict)
    also_under: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentDraft:
    """A document's text, byte for byte, and the digest of those bytes (SHA-256, hex).

    ``original_name`` and ``original_sha256`` are of the file that it was read from; "" where the
    text is that file.
    """

    title: str
    file_name: str
    provenance: str
    text: str
    sha256: str
    original_name: str = ""
    original_sha256: str = ""


@dataclass(frozen=True)
class PlanDraft:
    """A plan file that was found in order. ``inei`` is not yet known to exist.

    ``list_slug`` names the list whose plan it is, as in addresses; "" is the plan in force.
    ``file_sha256`` is the digest of the plan file itself, "" for a draft from elsewhere.
    ``schemes`` are its classifications, with what each code means: {"ODS": {"3": "Salud"}}.
    """

    inei: str
    inei_where: Where
    term: Term
    organization: str
    standing: str
    standing_source: str
    vision: str
    vision_spans: Spans
    labels: dict[str, str]
    document: DocumentDraft
    term_where: Where = WHOLE
    list_slug: str = ""
    list_where: Where = WHOLE
    note: str = ""
    file_sha256: str = ""
    elements: list[ElementDraft] = default(default_factory=list)
    schemes: dict[str, dict[str, str]] = default(default_factory=dict)
