"""A list of rows of which some are marked."""

from typing import Any

from django import forms
from django.db.models import QuerySet


class ChosenField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """At least one of ROWS, else NONE is said; GONE of a row that is not offered any more."""

    def __init__(self, rows: QuerySet[Any], *, label: str, none: str, gone: str) -> None:
        errors = {"required": none, "invalid_choice": gone, "invalid_pk_value": gone}
        super().__init__(rows, label=label, error_messages=errors)
