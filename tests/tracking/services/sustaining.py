"""Each service that keeps or gives away what sustains a report, called once: none is public."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from plans.semester import Semester
from tests.files import PDF, jpeg
from tracking.files.uploads import receive
from tracking.services.notebook import (
    add_note,
    bring_notes,
    change_note,
    keep_with_note,
    remove_from_note,
    remove_note,
)
from tracking.services.supports import (
    About,
    add_file,
    add_link,
    describe_support,
    remove_support,
    sustain_again,
)

DAY: Final = dt.date(2019, 6, 1)
ABOUT: Final = About("Acta de entrega", DAY)
SECOND: Final = Semester(2019, 2)

SUSTAINING: Final[dict[str, Callable[[Any], object]]] = {
    "add_file": lambda s: add_file(
        s.begun, receive(SimpleUploadedFile("acta.pdf", PDF)), ABOUT, by=s.reporter
    ),
    "add_note": lambda s: add_note(s.activity, DAY, "Se midió el terreno.", by=s.reporter),
    "change_note": lambda s: change_note(s.noted, DAY, "Se midió."),
    "keep_with_note": lambda s: keep_with_note(
        s.noted, receive(SimpleUploadedFile("obra.jpg", jpeg())), "La obra", by=s.reporter
    ),
    "remove_from_note": lambda s: remove_from_note(s.noted.supports.get()),
    "remove_note": lambda s: remove_note(s.noted),
    "bring_notes": lambda s: bring_notes(s.activity, SECOND, [s.noted], by=s.reporter),
    "describe_support": lambda s: describe_support(s.begun.supports.get(), ABOUT, by=s.reporter),
    "sustain_again": lambda s: sustain_again(s.begun, s.published.supports.all(), by=s.reporter),
    "add_link": lambda s: add_link(s.begun, "https://puno.example/", ABOUT, by=s.reporter),
    "remove_support": lambda s: remove_support(s.begun.supports.get(), by=s.reporter),
}
