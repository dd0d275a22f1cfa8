"""A column that holds a semester."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from plans.semester import Semester

if TYPE_CHECKING:
    TextColumn = models.CharField[Semester | str, Semester]
else:
    TextColumn = models.CharField


class SemesterField(TextColumn):
    """A `Semester`, kept as its text ("2019-I"), which sorts as time does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 7
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> Semester | None:
        return None if value is None else Semester.parse(value)

    def to_python(self, value: Any) -> Semester | None:
        if value is None or isinstance(value, Semester):
            return value
        try:
            return Semester.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def run_validators(self, value: Any) -> None:
        """They look at the text: its length."""
        super().run_validators(value if value is None else str(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)
