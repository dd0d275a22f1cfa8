"""How the API is described in its schema."""

from typing import Any, Final

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from tracking.api.problems import MEDIA_TYPE
from tracking.choices import Unlikely


class ErrorRow(serializers.Serializer[Any]):
    parameter = serializers.CharField(required=False)
    pointer = serializers.CharField(required=False)
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField(), required=False)


class WarningRow(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=Unlikely.choices)
    pointer = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorRow(many=True, required=False)  # type: ignore[assignment]
    warnings = WarningRow(many=True, required=False)
    current = serializers.DictField(required=False)


PROBLEMS: Final = ("400", "404", "405", "406", "429", "503")
"""What any address can answer besides what it is asked for."""


WAIT: Final = {"description": "Cuántos segundos esperar.", "schema": {"type": "integer"}}


class Described(AutoSchema):
    """What a list is, is said by its view in words for people; docstrings are for developers."""

    def get_description(self, *_where: str) -> str:
        of_each = getattr(self.view, "summary_by_action", {})
        action = getattr(self.view, "action", None)
        return str(of_each.get(action) or getattr(self.view, "summary", ""))

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code in getattr(self.view, "problems", PROBLEMS):
            described = self._get_response_for_code(  # type: ignore[no-untyped-call]
                Problem, code, media_types=[MEDIA_TYPE]
            )
            bodies[code] = described
        for code in ("429", "503"):
            bodies[code]["headers"] = {"Retry-After": WAIT}
        return bodies

    def get_tags(self) -> list[str]:
        return [self._tokenize_path()[0]]


class Bearer(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tracking.api.bearer.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


def without_docstrings(result: Any, **_unused: Any) -> Any:
    """Remove the docstrings of serializers, which are for developers, from the schema."""
    for component in result["components"]["schemas"].values():
        if component.get("type") == "object":
            component.pop("description", None)
    return result
