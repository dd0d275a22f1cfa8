"""Parse a request's body: JSON, or a file in parts; each name may occur once."""

import json
import math
from typing import Any, Final

from django.core.exceptions import SuspiciousOperation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

MOST_DIGITS: Final = 100  # of a whole number: more than any column holds


class Json(BaseParser):
    """An object of JSON in UTF-8. Whatever else is refused, by a ParseError that says why."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            sent = json.loads(
                stream.read().decode(),
                object_pairs_hook=_each_once,
                parse_constant=_no_number,
                parse_float=_finite,
                parse_int=_short,
            )
            json.dumps(sent, ensure_ascii=False).encode()  # half a character is no text
        except RecursionError:
            raise ParseError(_("Lo enviado tiene demasiados niveles.")) from None
        except json.JSONDecodeError as error:
            detail = _("Lo enviado no es JSON: vea la línea %(line)s, columna %(column)s.")
            where = {"line": error.lineno, "column": error.colno}
            raise ParseError(detail % where) from error
        except UnicodeError as error:
            raise ParseError(_("Lo enviado no es texto en UTF-8.")) from error
        if not isinstance(sent, dict):
            raise ParseError(_("Envíe un objeto de JSON: {…}."))
        return sent


class Parts(MultiPartParser):
    """A file with what is said of it, as a form sends them."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            sent = super().parse(stream, media_type, parser_context)
        except (ParseError, SuspiciousOperation) as error:  # broken off, or of too many parts
            detail = _("Lo enviado no es multipart/form-data completo: envíelo otra vez.")
            raise ParseError(detail) from error
        values = [*sent.data.lists(), *sent.files.lists()]
        if len(dict(values)) < len(values) or any(len(each) > 1 for _name, each in values):
            raise ParseError(_("Un nombre está dos veces: envíe cada sustento por separado."))
        if any("\ufffd" in str(value) for value in sent.data.values()):
            raise ParseError(_("Lo enviado no es texto en UTF-8."))
        return sent


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ParseError(_("Un nombre está dos veces en el mismo objeto."))
    return members


def _no_number(written: str) -> Any:
    detail = _("«%s» no es una cifra que se entienda.") % Truncator(written).chars(30)
    raise ParseError(detail)


def _finite(written: str) -> float:
    number = float(written)
    return number if math.isfinite(number) else _no_number(written)


def _short(written: str) -> int:
    return int(written) if len(written) <= MOST_DIGITS else _no_number(written)
