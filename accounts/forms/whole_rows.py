"""What every form of a model shares."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


def tell(form: forms.BaseForm, refused: ValidationError, *, beside: str) -> None:
    """Say in FORM what a service REFUSED: beside the field that it names, or else beside BESIDE."""
    for name, errors in ValidationError(refused).update_error_dict({}).items():
        form.add_error(name if name in form.fields else beside, errors)


class WholeRowForm(ModelForm):
    """A form that checks each constraint of its row, also those that read a field it hides.

    Django leaves those out, and the database would refuse the row with a page of error 500.
    """

    beside: ClassVar[Mapping[str, str]] = {}
    """The field beside which what a constraint refuses is said, by the constraint's name."""

    def show_again(self, name: str, value: str) -> None:
        """Put VALUE into the hidden field NAME of the page that comes back; all else as typed."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix(name)] = value
        self.data = data

    def _post_clean(self) -> None:
        faulty = set(self.errors)
        super()._post_clean()  # type: ignore[misc]
        if NON_FIELD_ERRORS not in faulty:
            self.errors.pop(NON_FIELD_ERRORS, None)  # what is asked again below
        if self.errors:
            return  # a row with a wrong field is not judged as a whole: that would only add noise
        try:
            self.instance.clean()
        except ValidationError as refused:
            self.add_error(None, refused)
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance)
                except ValidationError as refused:
                    field = self.beside.get(constraint.name)
                    self.add_error(field if field in self.fields else None, refused)
