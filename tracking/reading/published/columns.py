"""A column of what is published: what it is, what it is read from, and what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import Final

from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Expression = Combinable | Q
Choices = Iterable[tuple[object, object]]


class ColumnKind(Enum):
    """What a column holds: from it follows how files and the API write it."""

    TEXT = auto()
    """What somebody wrote: in a CSV it is never taken for a formula."""
    CODE = auto()
    """What the portal makes or checks: a word of a closed list, a reference, an address."""
    NUMBER = auto()
    """A whole number."""
    FIGURE = auto()
    """A decimal number, written as text without idle zeros."""
    DAY = auto()
    INSTANT = auto()
    """Written in UTC."""
    FLAG = auto()
    NESTED = auto()
    """A list or table within a row: in a CSV, a cell of JSON."""


KINDS: Final = {
    ColumnKind.TEXT: _("texto"),
    ColumnKind.CODE: _("código"),
    ColumnKind.NUMBER: _("entero"),
    ColumnKind.FIGURE: _("decimal"),
    ColumnKind.DAY: _("día (AAAA-MM-DD)"),
    ColumnKind.INSTANT: _("instante (UTC)"),
    ColumnKind.FLAG: _("true o false"),
    ColumnKind.NESTED: _("JSON"),
}
"""What the dictionary calls each."""


@dataclass(frozen=True)
class Column:
    """A column called NAME, explained in WORDS; read from the field of its name, or from SOURCE.

    Unless its kind is given it is text. CHOICES are the words that a code can be. What nobody has
    said is null, and not an empty word, where there are choices and where it is ``optional``.
    """

    name: str
    words: Words
    source: str | Expression = ""
    kind: ColumnKind = ColumnKind.TEXT
    optional: bool = False
    choices: Choices | None = None

    @property
    def expression(self) -> Expression:
        return F(self.source or self.name) if isinstance(self.source, str) else self.source

    @property
    def field(self) -> str:
        """The name of the row's own field that it is; "" where it is joined or computed."""
        name = (self.source or self.name) if isinstance(self.source, str) else ""
        return "" if "__" in name else name

    @property
    def empty_is_null(self) -> bool:
        is_optional_word = self.optional and self.kind in {ColumnKind.TEXT, ColumnKind.CODE}
        return is_optional_word or self.choices is not None

    @property
    def kind_words(self) -> Words:
        return KINDS[self.kind]

    @property
    def values(self) -> str:
        """The codes that it can have, each with what it means: «al día: Al día; …»; or ""."""
        return "; ".join(f"{code}: {words}" for code, words in self.choices or ())

    def read_from(self, source: str | Expression) -> "Column":
        """The same of another row: from the field SOURCE, or from that expression."""
        return replace(self, source=source)


Columns = tuple[Column, ...]

text: Final = Column
code: Final = partial(Column, kind=ColumnKind.CODE)
number: Final = partial(Column, kind=ColumnKind.NUMBER)
figure: Final = partial(Column, kind=ColumnKind.FIGURE)
day: Final = partial(Column, kind=ColumnKind.DAY)
instant: Final = partial(Column, kind=ColumnKind.INSTANT)
flag: Final = partial(Column, kind=ColumnKind.FLAG)
nested: Final = partial(Column, kind=ColumnKind.NESTED)
