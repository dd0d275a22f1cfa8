"""How the way in which a promise is measured has changed, version by version."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from plans.models import MeasuringTerms


@dataclass(frozen=True)
class Difference:
    """One field that changed, in words; "" where nothing was or is stated."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class TermsVersion:
    """One version, and what it changed of the one before; nothing for the first."""

    terms: MeasuringTerms
    differences: list[Difference]


def history_of(versions: Sequence[MeasuringTerms]) -> list[TermsVersion]:
    """VERSIONS, which come newest first, each with what it changed."""
    return [
        TermsVersion(terms, differences(before, terms) if before else [])
        for terms, before in zip_longest(versions, versions[1:])
    ]


def differences(before: MeasuringTerms, after: MeasuringTerms) -> list[Difference]:
    """What AFTER says otherwise than BEFORE, field by field, in words."""
    old, new = dict(before.stated), dict(after.stated)
    names = [*new, *(name for name in old if name not in new)]
    return [
        Difference(name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]
