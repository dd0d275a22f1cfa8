"""What every resource has in common that a token opens: it is for its person, and nobody else."""

from typing import Any, ClassVar, Final

from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.choices import TokenScope
from accounts.models import Municipality, Token
from accounts.services.tokens import admit
from tracking.api.bearer import BearerToken
from tracking.api.paging import Cursors, Pages
from tracking.api.parameters import StrictFilters, refuse_unknown
from tracking.api.parsing import Json

READING: Final = ("400", "401", "403", "404", "405", "406", "429", "503")
WRITING: Final = (*READING, "409", "413", "415", "422")
"""What can be answered besides what is asked for."""


class Private(viewsets.GenericViewSet[Any]):
    """Asked with a token, whose SCOPES by action say what it must let; answered for its person.

    No answer is stored anywhere, and none of a browser's cookies is looked at.
    """

    scopes: ClassVar[dict[str, TokenScope]]
    summary: ClassVar[str | Promise] = ""
    absent = gettext_lazy("Eso no está entre los informes en camino que su clave puede escribir.")

    authentication_classes = (BearerToken,)
    parser_classes: Any = (Json,)
    filter_backends = (StrictFilters,)
    filterset_class: ClassVar[Any]
    pagination_class: type[Pages] | type[Cursors] = Cursors
    lookup_value_regex = "[0-9]{1,18}"

    def perform_authentication(self, request: Request) -> None:
        """Do nothing here: throttling counts a request before its token is looked up."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in self.scopes:  # and not for a method that there is none of
            admit(self.token, self.scopes[self.action])
            refuse_unknown(self)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(answer, private=True, no_store=True)
        patch_vary_headers(answer, ["Authorization"])
        answer["X-Robots-Tag"] = "noindex"
        return answer

    @property
    def problems(self) -> tuple[str, ...]:
        return READING if self.action in {"list", "retrieve"} else WRITING

    @property
    def token(self) -> Token:
        token: Token = self.request.auth  # type: ignore[assignment]
        return token

    @property
    def municipality(self) -> Municipality:
        return self.token.municipality
