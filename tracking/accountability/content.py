"""What an edition of the accountability report says: the format of its frozen JSON.

Every class is an object of the JSON and every field a member, by its own name; properties are not.
Figures are decimal strings, days ISO dates, instants UTC; what is not known is null, never 0.
Refs name promises. Sentences stand as they were read when the edition was issued; counts are those
of the plan's page.
The format grows by new members with a default: what was frozen under an earlier one can be read.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from plans.choices import Level
from plans.locations import Kept
from tracking.reading.spending import YearOfSpending
from tracking.reading.states import TROUBLES

FORMAT: Final = 1


@dataclass(frozen=True, kw_only=True)
class Place:
    """Who issues: the municipality."""

    name: str
    full_name: str
    inei: str
    region: str
    province: str


@dataclass(frozen=True, kw_only=True)
class PlanSaid:
    """The plan, as it stood: ``whose`` introduces it, and never says more than ``standing``."""

    term: str
    organization: str
    whose: str
    standing: str
    standing_source: str
    version: int
    document: str
    document_sha256: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Who held the mayor's office when it was issued, and the source that says so."""

    name: str
    office: str
    source: str


@dataclass(frozen=True, kw_only=True)
class HearingSaid:
    """The public hearing at which it is read, as far as planning fixed it."""

    held_on: dt.date | None
    place: str


@dataclass(frozen=True, kw_only=True)
class LogSaid:
    """The newest head of the portal's log when an edition was issued: whoever keeps one keeps both.

    ``size`` in leaves, ``root`` in hexadecimal; ``checkpoint`` is the head as it was signed, and
    ``keys`` are the public ones of that day.
    """

    size: int
    root: str
    checkpoint: str
    keys: list[str]


@dataclass(frozen=True, kw_only=True)
class Days:
    """When the semester was reported."""

    opens_on: dt.date
    due_on: dt.date
    closed_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The portal's own constants: points behind a schedule, and the coverage that a mean takes."""

    on_time_gap: int
    late_gap: int
    mean_coverage: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a new edition says otherwise than the one before; about the whole, ``ref`` is empty."""

    ref: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """The edition that this one supersedes, why, and all that changed."""

    edition: int
    code: str
    issued_at: dt.datetime
    reason: str
    changes: list[Change]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How a scope stood in a semester, one level of it: a `Standing`.

    The scope is a dimension, a unit, or with neither the whole plan. ``silence`` is what a missing
    report was; ``stages`` and ``signals`` leave out what there was none of.
    """

    semester: str
    dimension: str
    unit: str
    level: str
    asked: int
    reported: int
    silence: str
    stages: dict[str, int]
    signals: dict[str, int]
    punctual: int
    supported: int
    corrected: int
    halted: int
    unverifiable: int
    means: dict[str, dict[str, Any]]

    @property
    def silent(self) -> int:
        return self.asked - self.reported


@dataclass(frozen=True, kw_only=True)
class CellSaid:
    """One semester of one promise, as its strip draws it.

    ``is_halted`` came later: before it, only the semester's own report told of a halt.
    """

    semester: str
    told: str
    is_final: bool
    is_corrected: bool
    progress: Decimal | None
    step: int | None
    signal: str
    is_supported: bool
    stage: str
    is_halted: bool = False


@dataclass(frozen=True, kw_only=True)
class SupportSaid:
    """A support by its ``code``, and of what kind it is; a link has neither type nor size.

    ``has_place`` says whether it names where it was taken; None where that was not frozen.

    Its title, its address and its content are on the page of its promise, where they can be
    withheld for the personal data they hold: from what is frozen nothing can.
    """

    code: str
    taken_on: dt.date
    media_type: str
    size: int
    withheld_on: dt.date | None
    withheld_reason: str
    has_place: bool | None = None


@dataclass(frozen=True, kw_only=True)
class CauseSaid:
    """What the report of an earlier SEMESTER gave as its difficulties, on the day AS_OF.

    ``next_steps`` is what it said would be done.
    """

    semester: str
    as_of: dt.date | None
    words: str
    next_steps: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportSaid:
    """The newest published report of a promise in the semester; ``measured`` says its figures.

    ``cause_before`` is the last one that was given, of what is behind its schedule and gives none;
    ``said_before`` the last before this, of what gives one.
    """

    revision: int
    unit: str
    as_of: dt.date | None
    published_at: dt.datetime
    is_late: bool
    is_after_closing: bool
    second_review: bool
    stage: str
    step: int | None
    value: Decimal | None
    unit_of_measure: str
    parts_done: list[str]
    done: int | None
    required: int | None
    progress: Decimal | None
    planned: Decimal | None
    signal: str
    measured: str
    schedule: str
    narrative: str
    difficulties: str
    next_steps: str
    halted_since: dt.date | None
    halted_cause: str
    correction_reason: str
    supports: list[SupportSaid]
    cause_before: CauseSaid | None = None
    said_before: CauseSaid | None = None

    @property
    def is_unexplained(self) -> bool:
        """Whether it is behind its schedule, and says nothing of why."""
        is_behind = self.signal in TROUBLES
        return is_behind and not (self.difficulties or self.halted_since)


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What an activity cost in a fiscal year, in soles, and where the figures come from."""

    year: int
    pia: Decimal
    pim: Decimal
    accrued: Decimal
    as_of: dt.date
    source: str


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An element of the plan, in its order. ``is_asked``: a report of the semester was due.

    ``added`` says that another document added it, who and when; of what was filed it is empty.
    ``cui`` is the code by which the State names an investment; "" of whatever has none.
    ``locations`` are all where it is planned or was worked so far, as `plans.locations` keeps them.
    """

    ref: str
    printed_code: str
    parent: str
    level: str
    level_label: str
    dimension: str
    field: str
    statement: str
    page: str
    is_asked: bool
    is_withdrawn: bool
    units: list[str]
    kind: str
    terms: str
    strip: list[CellSaid]
    report: ReportSaid | None
    spending: list[Spent]
    indicator: str = ""
    added: str = ""
    cui: str = ""
    locations: tuple[Kept, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether a report of it was due, and none was published."""
        return self.is_asked and self.report is None

    @property
    def is_dimension(self) -> bool:
        """Whether it is a whole dimension, of which planning tells once a year: no promise."""
        return self.level == Level.DIMENSION

    def spent_in(self, year: int) -> Spent | None:
        return next((each for each in self.spending if each.year == year), None)


@dataclass(frozen=True, kw_only=True)
class Content:
    """One edition. ``ledger_head`` is the code of the last entry before it was issued, and ``log``
    the head of the portal's log; there is none before the first, nor in editions of before the log.

    ``projection`` is of the end of ``projection_year``, first issued on ``projected_on``; before
    these two were kept, of the end of the semester's year.
    """

    format: int = FORMAT
    municipality: Place
    plan: PlanSaid
    semester: str
    edition: int
    issued_at: dt.datetime
    as_of: dt.date
    simulated: bool
    page: str
    verify: str
    ledger_number: int
    ledger_head: str
    log: LogSaid | None = None
    days: Days
    rules: Rules
    foreword: str
    projection: str
    projection_year: int | None = None
    projected_on: dt.date | None = None
    answering: Answering | None = None
    hearing: HearingSaid | None = None
    replaces: Replaced | None = None
    standings: list[Counted]
    changed_since: str
    changes: dict[str, list[str]] = field(default_factory=dict)
    endings: list[str] = field(default_factory=list)
    spending: list[YearOfSpending]
    promises: list[Promise]
