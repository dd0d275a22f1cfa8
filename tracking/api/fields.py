"""The fields of the API: figures as text, instants in UTC, null for what is not known."""

from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.fields import empty

from plans.semester import Semester
from tracking.ledger.chain import decimal, instant
from tracking.reading.addresses import absolute
from tracking.reading.declared import declared_by


class Figure(serializers.DecimalField):
    """A number as text, without idle zeros: "62.5"; null where it is not known."""

    def to_representation(self, value: Decimal) -> str:
        return decimal(value.quantize(Decimal(1).scaleb(-(self.decimal_places or 0))))


class Instant(serializers.DateTimeField):
    """Like the ledger: "2021-07-20T17:00:00.000000Z"."""

    def to_representation(self, value: Any) -> str:
        return instant(value)


class Word(serializers.ChoiceField):
    """One of a closed list of words; null while nobody has said it."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        # A default of the model is for whoever writes a row.
        given = {**kwargs, "read_only": True, "allow_null": True, "default": empty}
        super().__init__(choices, **given)

    def to_representation(self, value: Any) -> Any:
        return value or None


class Known(serializers.CharField):
    """A text; null where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "read_only": True, "allow_null": True})

    def to_representation(self, value: Any) -> Any:
        return value or None


class Location(serializers.Serializer[Any]):
    """Where a promise is carried out: a district or, without one, the whole province."""

    district = Known()
    district_name = Known()
    name = Known()
    latitude = Known()
    longitude = Known()


class SemesterText(serializers.CharField):
    """«2019-I»."""

    def to_representation(self, value: Semester | str) -> str:
        return str(value)


class DeclaredBy(serializers.CharField):
    """Who declares a row: the municipality, or a simulation."""

    def __init__(self) -> None:
        super().__init__(source="simulated", read_only=True)

    def to_representation(self, value: Any) -> str:
        return declared_by(simulated=value)


class Address(serializers.URLField):
    """A whole address, with the portal's own before it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: str) -> str:
        return absolute(value)


class OwnAddress(serializers.URLField):
    """The address of a row in the API, in the list called RESOURCE."""

    def __init__(self, resource: str) -> None:
        super().__init__(read_only=True, source="pk")
        self.resource = resource

    def to_representation(self, value: Any) -> str:
        return f"{_list_of(self.resource)}{value}/"


@cache
def _list_of(resource: str) -> str:
    return absolute(reverse(f"api:{resource}-list"))
