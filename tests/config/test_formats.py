"""Numbers and dates as Peru writes them."""

import datetime as dt
import gettext
import re
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils import formats

LOCALE = Path(settings.BASE_DIR) / "locale" / "es_PE" / "LC_MESSAGES"


def test_numbers_have_a_point_for_decimals_and_a_comma_for_thousands() -> None:
    assert formats.number_format(Decimal("1234567.5")) == "1,234,567.5"


def test_the_ninth_month_is_setiembre() -> None:
    assert formats.date_format(dt.date(2021, 9, 30)) == "30 de setiembre de 2021"


def test_the_compiled_words_are_those_of_their_source() -> None:
    source = (LOCALE / "django.po").read_text()
    entry = r'^(?:msgctxt "([^"]*)"\n)?msgid "([^"]+)"\nmsgstr "([^"]*)"'
    written = re.findall(entry, source, re.MULTILINE)
    with (LOCALE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert ("", "September", "setiembre") in written
    found = [
        compiled.pgettext(context, word) if context else compiled.gettext(word)
        for context, word, _ in written
    ]
    assert found == [translation for _, _, translation in written]


def test_no_template_writes_the_number_of_a_row_as_a_figure() -> None:
    """A row's number goes back in a form and stands in addresses: "12,346" would be nobody's."""
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    localized = re.compile(r"\{\{ [\w.]*\bpk \}\}")
    assert [each.name for each in templates if localized.search(each.read_text())] == []
