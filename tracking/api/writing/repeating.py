"""A system that heard no answer asks again: what was done is not done twice.

The header ``Idempotency-Key`` names what is asked. Under the same name the same answer is given,
for a week; what was refused was not done, so its name is free. (After the draft of the IETF's
working group on HTTP APIs, draft-ietf-httpapi-idempotency-key-header.)
"""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Token
from tracking.api.problems import Unfit
from tracking.models import GivenAnswer
from tracking.models.given_answer import LONGEST_KEY

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEY: Final = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}", re.ASCII)

REPEATABLE: Final = extend_schema(
    parameters=[
        OpenApiParameter(
            HEADER,
            {"type": "string", "pattern": "^[!-~]+$", "minLength": 1, "maxLength": LONGEST_KEY},
            OpenApiParameter.HEADER,
            description=str(
                gettext_lazy(
                    "Un nombre nuevo para lo que se pide: pedirlo otra vez con él no lo hace dos "
                    "veces, y da la misma respuesta durante siete días."
                )
            ),
        ),
        OpenApiParameter(
            REPLAYED,
            {"type": "string", "enum": ["true"]},
            OpenApiParameter.HEADER,
            response=True,
            description=str(gettext_lazy("Si es la respuesta que ya se dio.")),
        ),
    ]
)


def once(request: Request, token: Token, act: Callable[[], Response]) -> Response:
    """What ACT answers, in one transaction; or what it answered to the same REQUEST before.

    Raises ParseError for a name that is none, and Unfit for one that was given to something else.
    """
    key = request.headers.get(HEADER)
    if key is None:
        with transaction.atomic():
            return act()
    if not KEY.fullmatch(key):
        raise ParseError(_("«Idempotency-Key» lleva de 1 a 255 letras o cifras, sin espacios."))
    asked = _digest(request)
    with transaction.atomic():
        GivenAnswer.objects.old(at=timezone.now()).filter(token=token, key=key).delete()
        given = GivenAnswer(token=token, key=key, asked=asked)
        try:
            with transaction.atomic():
                given.save(force_insert=True)  # waits for whoever is asking the same
        except IntegrityError:
            return _again(GivenAnswer.objects.get(token=token, key=key), asked)
        answer = act()
        given.status, given.content = answer.status_code, answer.data
        given.location = answer.headers.get("Location", "")
        given.save(update_fields=["status", "content", "location"])
    return answer


def _again(given: GivenAnswer, asked: str) -> Response:
    if given.asked != asked:
        detail = _("Esa «Idempotency-Key» ya se usó para otra cosa: use una nueva en cada pedido.")
        raise Unfit([], detail)
    headers = {REPLAYED: "true"}
    if given.location:
        headers["Location"] = given.location
    return Response(given.content, status=given.status, headers=headers)


def _digest(request: Request) -> str:
    """What is asked, however its JSON was written."""
    content = json.dumps(request.data, sort_keys=True, default=_file)
    asked = "\n".join([str(request.method), request.path, content])
    return hashlib.sha256(asked.encode()).hexdigest()


def _file(sent: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    return f"{sent.name} {digest.hexdigest()}"
