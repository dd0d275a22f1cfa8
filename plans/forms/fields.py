"""Form fields that a person fills in as plain lines, kept as JSON."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_LINES = 100


class LinesField(forms.CharField):
    """A list of texts, one in each line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "cols": 60}))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Son demasiadas líneas: como máximo %s.") % MOST_LINES)
        if len(set(lines)) < len(lines):
            raise ValidationError(_("Hay una línea repetida."))
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial or []) != self.prepare_value(self._read(data)))

    def _read(self, data: Any) -> Any:
        try:
            return self.to_python(data)
        except ValidationError:
            return data


class PairsField(LinesField):
    """A mapping, «clave: valor» in each line. READ turns a pair into what is kept, or refuses."""

    def __init__(
        self,
        *,
        read: Callable[[str, str], tuple[str, str]],
        written: Callable[[str], str] = str,
        **kwargs: Any,
    ) -> None:
        self.read, self.written = read, written
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            # The database keeps no order of keys.
            value = sorted(f"{self.written(key)}: {kept}" for key, kept in value.items())
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        pairs: dict[str, str] = {}
        for line in super().to_python(value):
            key, colon, kept = (part.strip() for part in line.partition(":"))
            if not (key and colon and kept):
                raise ValidationError(
                    _("Escriba «clave: valor» en cada línea; falta en: %s") % line
                )
            key, kept = self.read(key, kept)
            if key in pairs:
                raise ValidationError(_("%s está dos veces.") % self.written(key))
            pairs[key] = kept
        return pairs
