"""What can sustain a report: a file, or a link to what is public. Pages and API ask here."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.days import OLDEST
from tracking.files.uploads import Received, receive
from tracking.models import Support

TEXTS: Final = {
    "title": Support._meta.get_field("title"),
    "place": Support._meta.get_field("place"),
}


def check_support(said: Mapping[str, Any]) -> Received | None:
    """What is kept of the file that SAID brings; None for a link.

    SAID has those of ``title, taken_on, place, url, file, keeps_position`` that are not at fault
    already. Raises ValidationError, by their names, for what does not fit.
    """
    faults = dict(_faults(said))
    received = None
    if said.get("file") and "url" in said and "url" not in faults:
        try:
            received = receive(said["file"], keeps_position=said.get("keeps_position", False))
        except ValidationError as refusal:
            faults["file"] = refusal
    if faults:
        raise ValidationError(faults)
    return received


def is_likely_day(day: dt.date) -> bool:
    """Whether a paper may be of DAY, or a photograph: it came, and is not of long ago."""
    return OLDEST <= day <= timezone.localdate()


def _faults(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, field in TEXTS.items():
        try:
            field.run_validators(said.get(name) or "")
        except ValidationError as refusal:
            yield name, refusal
    day: dt.date | None = said.get("taken_on")
    if day and day > timezone.localdate():
        yield "taken_on", _("Ese día todavía no llega.")
    elif day and day < OLDEST:
        yield "taken_on", _("Revise el año.")
    url: str | None = said.get("url")
    if url:
        try:
            _check_link(url)
        except ValidationError as refusal:
            yield "url", refusal
        else:
            if said.get("file"):
                yield "url", _("Un archivo o un enlace: agréguelos por separado.")
    elif url == "" and not said.get("file"):
        yield "file", _("Elija un archivo, o escriba un enlace.")


def _check_link(url: str) -> None:
    """Refuse a URL that is no address of http or https, or has somebody's password in it."""
    MaxLengthValidator(Support._meta.get_field("url").max_length or 0)(url)
    refusal = ValidationError(_("El enlace empieza con https:// o http:// y va completo."))
    try:
        URLValidator(schemes=["http", "https"])(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError) as error:
        raise refusal from error
    if "@" in parts.netloc:
        raise ValidationError(_("El enlace lleva un usuario o una clave: póngalo sin ellos."))
