"""What every form of a model shares."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


class WholeRowForm(ModelForm):
    """A form that checks each constraint of its row, also those that read a field it hides.

    Django leaves those out, and the database would refuse the row with a page of error 500.
    """

    def _post_clean(self) -> None:
        said = set(self.errors)
        super()._post_clean()  # type: ignore[misc]
        if said and NON_FIELD_ERRORS not in said:
            # A row with a wrong field is not judged as a whole: that would only add noise.
            self.errors.pop(NON_FIELD_ERRORS, None)
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]
