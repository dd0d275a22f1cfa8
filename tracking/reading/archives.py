"""The archives of plans whose terms are over, as far as this machine keeps them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from plans.models import Plan

SAID: Final = "archivo.json"
SUMS: Final = "SHA256SUMS"


@dataclass(frozen=True)
class Kept:
    """An archive that can be had at ADDRESS, of what DAY it is, and the CODE of all of it."""

    address: str
    day: date
    code: str


def name_of(plan: Plan) -> str:
    """What the folder of its archive is called."""
    return f"{plan.municipality.slug}-{plan.path}".replace("/", "-")


def said_of(folder: Path) -> dict[str, Any]:
    """What the archive in FOLDER says of itself; nothing where there is none."""
    try:
        said = json.loads((folder / SAID).read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def kept_of(plan: Plan) -> Kept | None:
    """The archive of PLAN, where archives are served (ARCHIVES_URL) and there is one."""
    folder = Path(settings.ARCHIVES_ROOT) / name_of(plan)
    if not settings.ARCHIVES_URL or not (said := said_of(folder)):
        return None
    try:
        day = date.fromisoformat(str(said.get("dia")))
        code = hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    return Kept(f"{settings.ARCHIVES_URL}{folder.name}/index.html", day, code)
