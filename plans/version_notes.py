"""What a version of a plan changed, in words that the public can read."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.choices import Level
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
        ngettext("%s texto corregido", "%s textos corregidos", version.changed) % version.changed,
        ngettext("%s texto retirado", "%s textos retirados", version.withdrawn) % version.withdrawn,
    ]
    counts = (version.added, version.changed, version.withdrawn)
    told = [part for part, count in zip(parts, counts, strict=True) if count]
    what = ", ".join(told) or _("cambió lo que se dice del plan")
    return _("versión %(number)s: %(what)s") % {"number": version.number, "what": what}


def notes_of(version: PlanVersion) -> list[Note]:
    """Each change of VERSION as a sentence: what it was before and what it is now."""
    return [Note(change["ref"], _sentence(change)) for change in version.changes]


def _sentence(change: dict[str, Any]) -> str:
    if change["what"] == "added":
        return _("se agregó")
    if change["what"] == "withdrawn":
        return _("se retiró")
    before, after = change.get("before", {}), change.get("after", {})
    if not after:
        return _("cambió de lugar")
    return "; ".join(_told(field, before, value) for field, value in after.items())


def _told(field: str, before: dict[str, Any], value: Any) -> str:
    if field not in before:
        return f"{_name(field)}: {_shown(value)}"
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": _name(field),
        "before": _shown(before[field]),
        "after": _shown(value),
    }


def _name(field: str) -> str:
    if field == "terms":
        return _("versión de la forma de medir")
    for model in MODELS:
        try:
            return str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        except FieldDoesNotExist:
            continue
    return field


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if value in (None, "", [], {}):
        return _("nada")
    if isinstance(value, dict):
        value = ", ".join(f"{LEVEL_NAMES.get(key, key)}: {each}" for key, each in value.items())
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return f"«{value}»"
