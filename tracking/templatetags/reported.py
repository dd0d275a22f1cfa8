"""What the templates say of a report: the pure sentences, as filters; and its signal."""

from typing import Final

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracking.choices import Signal
from tracking.drawing.marks import GLYPHS, MARK_CLASSES, mark
from tracking.reading import calculation, sentences, strip_words
from tracking.reading.states import STATES, TROUBLES
from tracking.reading.story import Chapter
from tracking.reading.strips import Told

register = template.Library()
for said in (
    sentences.measured,
    sentences.supported,
    sentences.percentage,
    strip_words.in_short,
    sentences.silent_chapter,
    sentences.chapter_notes,
    calculation.how_calculated,
    calculation.planned,
):
    register.filter(said)

FILE_KINDS: Final = {
    "application/pdf": "PDF",
    "image/jpeg": _("fotografía JPEG"),
    "image/png": _("imagen PNG"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _("hoja XLSX"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _("documento DOCX"),
}


@register.filter
def file_kind(media_type: str) -> str:
    """What people call a file of MEDIA_TYPE."""
    return str(FILE_KINDS.get(media_type, media_type))


@register.filter
def state_words(state: str) -> str:
    """What a list calls STATE, in a sentence: "en ejecución"."""
    return str(STATES[state]).lower()


@register.filter
def is_behind(chapter: Chapter) -> bool:
    """Whether the newest report of CHAPTER says that its schedule is not met."""
    return chapter.cell.signal in TROUBLES


@register.filter
def to_read(chapters: list[Chapter]) -> list[Chapter]:
    """The semesters to tell, newest first: reported or due, and of those to come the next one."""
    told = [each for each in chapters if each.cell.is_asked]
    ahead = [each for each in chapters if each.cell.told == Told.AHEAD and each.window]
    return [*ahead[:1], *reversed(told)]


@register.simple_tag
def signal(value: str, *, inked: bool = False) -> str:
    """The signal VALUE with its shape and its word, as the strip draws it.

    INKED, for paper, the shape is a character: hundreds of drawings cost a PDF seconds.
    """
    shown = Signal(value)
    if inked:
        return format_html("{} {}", GLYPHS[shown], shown.label)
    kind = MARK_CLASSES[shown]
    path = "" if shown == Signal.NOT_DUE else mark(shown, 5, 5)
    context = {"kind": kind, "path": path, "word": shown.label}
    return get_template("tracking/_signal.html").render(context)
