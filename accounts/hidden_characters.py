"""Characters that nobody sees: what they do to a text, and what becomes of it at each door.

A person's form is cleaned of them as it comes in, and the person is told; what a machine or a file
brings is refused with the place where it stands. Line ends and tabs are text.
"""

import re
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""A line end by any other name: of other systems, of a word processor, of a page."""

# Controls; what has no width, or is as empty as a space and yet none; what turns the direction of
# the text around, so that figures read backwards; what is no character at all.
EMPTY: Final = (
    "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff"
)
JOINERS: Final = "\u200c\u200d\ufe00-\ufe0f"
"""They hold an emoji together, and stay; behind nothing they hold nothing, and are hidden too."""
HIDDEN: Final = re.compile(rf"[{EMPTY}]|(?<![^\s{EMPTY}])[{JOINERS}]+")

UNTOUCHED: Final = re.compile("password|again|csrfmiddlewaretoken|lector")
"""Fields of a form that are compared and never shown."""


def hidden_in(text: str) -> str:
    """The first character of TEXT that nobody could see, by its code ("U+202E"); "" if none."""
    match = HIDDEN.search(text)
    return f"U+{ord(match[0][0]):04X}" if match else ""


def refuse_hidden(text: str) -> None:
    """ValidationError where TEXT has a character that nobody could see."""
    if hidden := hidden_in(text):
        raise ValidationError(_("Tiene un carácter que no se ve: %s. Quítelo.") % hidden)


def clean_post(request: Any) -> None:
    """Take what nobody could see out of the form that REQUEST brings, and say so to its person.

    A text with a null character, which no person types, stays for the forms to refuse.
    """
    cleaned = request.POST.copy()
    taken: set[str] = set()
    for name, values in request.POST.lists():
        if UNTOUCHED.match(name) or any("\x00" in value for value in values):
            continue
        ended = [LINE_ENDS.sub("\n", value) for value in values]
        taken.update(*("".join(HIDDEN.findall(value)) for value in ended))
        cleaned.setlist(name, [HIDDEN.sub("", value) for value in ended])
    request.POST = cleaned
    if taken:
        notice = _("De lo que escribió se quitaron signos que no se ven (%s): revise cómo quedó.")
        codes = ", ".join(f"U+{ord(each):04X}" for each in sorted(taken))
        messages.warning(request, notice % codes)
