"""What a version of a plan changed, in words that the public can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.choices import Level
from plans.locations import said_in
from plans.models import MeasuringTerms, Plan, PlanElement, PlanVersion, SourceDocument

LEVEL_NAMES = dict(Level.choices)
MODELS = (PlanElement, Plan, SourceDocument, MeasuringTerms)


@dataclass(frozen=True)
class Note:
    """One change. ``ref`` is "" for what is said of the plan as a whole."""

    ref: str
    sentence: str


def headline(version: PlanVersion) -> str:
    """What VERSION did to the plan's texts, in one line; no zeros."""
    if version.number == 1:
        return (
            ngettext(
                "se publicó el plan, con %s texto",
                "se publicó el plan, con %s textos",
                version.added,
            )
            % version.added
        )
    parts = [
        ngettext("%s texto agregado", "%s textos agregados", version.added) % version.added,
        # Its words, how it is measured, or who answers for it.
        ngettext("cambios en %s promesa", "cambios en %s promesas", version.changed)
        % version.changed,
        ngettext("%s texto retirado", "%s textos retirados", version.withdrawn) % version.withdrawn,
    ]
    counts = (version.added, version.changed, version.withdrawn)
    counted = [part for part, count in zip(parts, counts, strict=True) if count]
    what = ", ".join(counted) or _("cambió lo que se dice del plan")
    return _("versión %(number)s: %(what)s") % {"number": version.number, "what": what}


def notes_of(version: PlanVersion, most: int | None = None) -> list[Note]:
    """Each change of VERSION, at MOST so many, as a sentence: what was before and what is now."""
    return [Note(change["ref"], _sentence(change)) for change in version.changes[:most]]


def _sentence(change: dict[str, Any]) -> str:
    if change["what"] == "added":
        return _("se agregó")
    if change["what"] == "withdrawn":
        why = change.get("reason", "")
        return _("se retiró: %s") % why if why else _("se retiró")
    before, after = change.get("before", {}), change.get("after", {})
    if not after:
        return _("cambió de lugar")
    return "; ".join(_change_in_words(field, before, value) for field, value in after.items())


def _change_in_words(field: str, before: dict[str, Any], value: Any) -> str:
    if field not in before:
        return f"{_name(field)}: {_shown(value)}"
    words = _words_of(field)
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": _name(field),
        "before": _shown(before[field], words),
        "after": _shown(value, words),
    }


def _name(field: str) -> str:
    if field == "terms":
        return _("versión de la forma de medir")
    column = _column(field)
    return str(column.verbose_name) if column else field


def _words_of(field: str) -> dict[str, str | Promise]:
    """How the values of a field with a closed list are said; empty for any other."""
    return dict(getattr(_column(field), "flatchoices", []))


@cache
def _column(field: str) -> Any:
    for model in MODELS:
        try:
            return model._meta.get_field(field)
        except FieldDoesNotExist:
            continue
    return None


def _shown(value: Any, words: Mapping[str, str | Promise] | None = None) -> str:
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if value in (None, "", [], {}):
        return _("nada")
    if isinstance(value, dict):
        # The database keeps no order of keys; semesters sort as time does.
        pairs = sorted(value.items())
        value = ", ".join(f"{LEVEL_NAMES.get(key, key)}: {_listed(each)}" for key, each in pairs)
    if isinstance(value, list):
        value = _listed(value)
    return f"«{(words or {}).get(value, value)}»"


def _listed(value: Any) -> Any:
    """VALUE, or what a list holds: of what are several columns only locations are (`locations`)."""
    if not isinstance(value, list):
        return value
    return ", ".join(said_in(each) if isinstance(each, dict) else str(each) for each in value)
