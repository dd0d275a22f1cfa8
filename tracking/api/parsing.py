"""What a system sends: JSON, small, and with each name said once."""

import json
from http import HTTPStatus
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

LARGEST: Final = 1024 * 1024
"""Bytes: the three texts of a report, were every letter of them escaped, take two thirds of it."""


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        super().__init__(_("Lo enviado pasa de 1 MB: nada se guardó. Adjunte un documento."))


class Json(BaseParser):
    """An object of JSON in UTF-8. Whatever else is refused, by a ParseError that says why."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise TooLarge
        try:
            sent = json.loads(
                body.decode(), object_pairs_hook=_each_once, parse_constant=_no_number
            )
            json.dumps(sent, ensure_ascii=False).encode()  # half a character is no text
        except RecursionError:
            raise ParseError(_("Lo enviado tiene demasiados niveles.")) from None
        except ValueError as error:
            told = _("Lo enviado no es JSON en UTF-8: %s") % error
            raise ParseError(told) from error
        if not isinstance(sent, dict):
            raise ParseError(_("Envíe un objeto de JSON: {…}."))
        return sent


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise ValueError(_("un nombre está dos veces"))
    return said


def _no_number(constant: str) -> None:
    raise ValueError(constant)
