"""The copies that there are: of the database, of the files, and what was noted with them."""

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from bin.copies.place import Place
from bin.copies.tools import pgbackrest, restic
from bin.postgresql import Trouble
from config import copies

FILES: Final = "files"
NOTES: Final = "notes"
COUNTED: Final = "counted"  # notes of a copy of the database, with its rows
NOTES_NAME: Final = "notes.json"
LIMA: Final = dt.timezone(dt.timedelta(hours=-5))  # whose hours people type and read
HOST: Final = "vigia"  # the same on every machine, so that a copy goes on where another ended


@dataclass(frozen=True)
class Base:
    """A copy of the whole database at one time; its log leads on from there."""

    label: str
    kind: str
    ended: dt.datetime
    size: int  # bytes, once restored

    @classmethod
    def parse(cls, told: dict[str, Any]) -> Self:
        ended = dt.datetime.fromtimestamp(told["timestamp"]["stop"], dt.UTC)
        return cls(told["label"], told["type"], ended, told["info"]["size"])


@dataclass(frozen=True)
class Snapshot:
    id: str
    at: dt.datetime

    @classmethod
    def parse(cls, told: dict[str, Any]) -> Self:
        # Python 3.11 reads six digits of a second; restic writes nine.
        text = told["time"]
        head, _, rest = text.partition(".")
        zone = rest.lstrip("0123456789")
        at = dt.datetime.fromisoformat(f"{head}{zone}" if rest else text)
        return cls(told["short_id"], at)


def bases(configuration: Path) -> list[Base]:
    """Oldest first."""
    told = json.loads(pgbackrest(configuration, "--output=json", "info"))
    if told and told[0].get("status", {}).get("code") == 99:
        raise Trouble("La frase no abre estas copias, o les faltan piezas. Nada cambió.")
    return [Base.parse(each) for stanza in told for each in stanza["backup"] if not each["error"]]


def snapshots(place: Place, tag: str) -> list[Snapshot]:
    """Oldest first."""
    told = json.loads(restic(place, "snapshots", "--json", "--no-lock", "--tag", tag) or "[]")
    return sorted(map(Snapshot.parse, told or []), key=lambda each: each.at)


def notes_of(place: Place, snapshot: Snapshot) -> dict[str, Any]:
    text = restic(place, "dump", "--no-lock", snapshot.id, NOTES_NAME)
    told: dict[str, Any] = json.loads(text)
    return told


def stamp(place: Place, **values: str | None) -> None:
    """Note in the stamp what ended well; whole or not at all."""
    told = stamped(place) | {name: value for name, value in values.items() if value}
    draft = place.stamp.with_suffix(".new")
    draft.write_text(json.dumps(told, indent=1) + "\n")
    draft.chmod(0o644)
    os.replace(draft, place.stamp)


def stamped(place: Place) -> dict[str, str]:
    try:
        return copies.stamped(place.repository)
    except (FileNotFoundError, ValueError):
        return {}


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
