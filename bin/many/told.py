"""What happened while a part was away, as a row of a table, and the table in its document."""

import datetime as dt
import os
import platform
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bin.many.load import NO_ANSWER, Asked

HEADING: Final = "## Parts killed under load"
HEAD: Final = """\
| killed | read | upload | publish | failed | slowest answer | acknowledged and lost |
|---|---|---|---|---|---|---|
"""
SAID: Final = """
`make cluster-faults`, {today}, {cores} cores ({machine}), every part on this one machine: each is
killed with -9 together with all that it began, and started again after {down:.0f} seconds; the load
is watched for {watched:.0f} seconds from the kill. Two readers go through pages, the API and files
that sustain reports; an officer adds a file to a correction and publishes it; all through nginx,
without waiting when something fails. A question that failed counts with its status; "failed" is
from the first failing answer after the kill to the last. At the end {published} publications and
{uploaded} files had been acknowledged: each publication is in the ledger, each file whole,
`verify_ledger` and `rebuild_standings --check` are green.
"""
WIDTH: Final = 120


@dataclass(frozen=True)
class Told:
    """What was ASKED since PART was killed; LOST: what was acknowledged and is gone."""

    part: str
    asked: Sequence[Asked]
    killed_at: float
    lost: tuple[int, int]

    def row(self) -> str:
        cells = [self.part, *(self._of(what) for what in ("read", "upload", "publish"))]
        failed = [each.at + each.seconds - self.killed_at for each in self.asked if _fails(each)]
        span = f"{min(failed):.1f}–{max(failed):.1f} s" if failed else "—"
        slowest = max((each.seconds for each in self.asked), default=0)
        lost = " and ".join(str(each) for each in self.lost) if any(self.lost) else "nothing"
        return f"| {' | '.join([*cells, span, f'{slowest:.1f} s', lost])} |"

    def _of(self, what: str) -> str:
        """«118» where all were served; «118, of them 3 × 503, 1 × no answer» otherwise."""
        asked = [each for each in self.asked if each.what == what]
        failed = Counter(each.status for each in asked if _fails(each))
        said = ", ".join(
            f"{count} × {status if status != NO_ANSWER else 'no answer'}"
            for status, count in sorted(failed.items())
        )
        return f"{len(asked)}: {said}" if said else str(len(asked))


def _fails(asked: Asked) -> bool:
    """An officer who is shown the form again was not failed: it was published, unheard."""
    return not asked.is_served and (asked.what, asked.status) != ("publish", 422)


def report(
    told: Sequence[Told], published: int, uploaded: int, *, down: float, watched: float
) -> str:
    """The section of the document: how it was tried, and a row of each part."""
    facts: dict[str, Any] = {
        "today": dt.date.today(),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "published": published,
        "uploaded": uploaded,
        "down": down,
        "watched": watched,
    }
    said = textwrap.fill(" ".join(SAID.format(**facts).split()), WIDTH)
    rows = "".join(f"{each.row()}\n" for each in told)
    return f"{HEADING}\n\n{said}\n\n{HEAD}{rows}"


def write(document: Path, text: str) -> None:
    """Put TEXT into DOCUMENT in the place of the section that has its heading, or at its end."""
    said = document.read_text() if document.exists() else ""
    before, heading, after = said.partition(HEADING)
    _old, following, rest = after.partition("\n## ") if heading else ("", "", "")
    document.write_text(f"{before.rstrip()}\n\n{text}{following and following + rest}".lstrip())
