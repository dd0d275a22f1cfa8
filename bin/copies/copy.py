"""Which of the copies are restored: the newest, or those of a moment."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bin.copies import kept
from bin.copies.place import Place
from bin.postgresql import Trouble

UNCOUNTED: Final[dict[str, Any]] = {"counts": None}  # where the log ends elsewhere


@dataclass(frozen=True)
class Copy:
    """``files`` are snapshots, one laid over the other; ``target`` is pgBackRest's."""

    base: kept.Base
    target: tuple[str, ...]
    files: tuple[str, ...]
    about: dict[str, Any]
    withdrawn: list[dict[str, str]]
    heads: list[str]
    """Of the portal's log, each as "SIZE:ROOT": the last that was noted before the moment that is
    restored, and the last of all."""

    @property
    def counts(self) -> dict[str, int] | None:
        """How many rows each table has where the log is followed to; None if nobody counted."""
        rows: dict[str, int] | None = self.about.get("counts")
        return rows


def choose(place: Place, configuration: Path, at: dt.datetime | None, *, is_drill: bool) -> Copy:
    """Return what is restored: as it was AT, or newest; for a drill, as it was when counted."""
    place.must_be_there()
    notes = kept.snapshots(place, kept.NOTES)
    bases = kept.bases(configuration)
    if not bases or not notes:
        raise Trouble("Todavía no hay ninguna copia completa: hágala con bin/backup.")
    latest = kept.notes_of(place, notes[-1])
    if is_drill:
        return _counted(place, bases, latest)
    if at is None:
        newest = (f"--set={bases[-1].label}", "--type=default")
        return Copy(
            *(bases[-1], newest, _of(latest), latest | UNCOUNTED, latest["withdrawn"]),
            _heads(latest.get("newest_head")),
        )
    earlier = [each for each in bases if each.ended <= at]
    if not earlier:
        first = bases[0].ended.astimezone(at.tzinfo)
        raise Trouble(f"La copia más antigua es del {first:%Y-%m-%d %H:%M}: no hay de antes.")
    noted = [each for each in notes if each.at <= at]
    about = kept.notes_of(place, noted[-1]) if noted else latest
    until = f"{at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}+00"
    target = (f"--set={earlier[-1].label}", "--type=time", f"--target={until}")
    return Copy(
        *(earlier[-1], target, _around(place, at), about | UNCOUNTED, latest["withdrawn"]),
        _heads(*(each.get("newest_head") for each in (about, latest))),
    )


def _counted(place: Place, bases: list[kept.Base], latest: dict[str, Any]) -> Copy:
    counted = kept.snapshots(place, kept.COUNTED)
    about = kept.notes_of(place, counted[-1]) if counted else {"label": None}
    for base in bases:
        if base.label == about["label"]:
            target = (f"--set={base.label}", "--type=name", f"--target={about['mark']}")
            heads = _heads(about.get("head"))
            return Copy(base, target, _of(about), about, latest["withdrawn"], heads)
    raise Trouble("La última copia que se contó ya no está: haga otra con bin/backup.")


def _heads(*noted: dict[str, Any] | None) -> list[str]:
    """Each of those NOTED once; copies of before the log have none."""
    return list(dict.fromkeys(f"{each['size']}:{each['root']}" for each in noted if each))


def _of(about: dict[str, Any]) -> tuple[str, ...]:
    return (about["files"],) if about["files"] else ()


def _around(place: Place, at: dt.datetime) -> tuple[str, ...]:
    """The snapshots before and after AT: together they have each file that was there then.

    The one before has what was taken away meanwhile, the one after what had just come.
    """
    all_files = kept.snapshots(place, kept.FILES)
    before = [each.id for each in all_files if each.at <= at][-1:]
    after = [each.id for each in all_files if each.at > at][:1]
    return (*before, *after)
