"""What the templates of the accountability report need."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from tracking.accountability import telling
from tracking.accountability.chapters import marks
from tracking.accountability.edition import Edition
from tracking.accountability.groups import PromiseLine
from tracking.models.edition_codes import grouped

register = template.Library()
for said in (
    telling.named,
    telling.offices,
    telling.advance,
    telling.notes,
    telling.before,
    telling.words,
    telling.why,
    telling.facts,
    telling.printed_figures,
    telling.described,
    grouped,
):
    register.filter(said)


@register.filter
def line_at(edition: Edition, ref: str) -> PromiseLine | None:
    """The promise of EDITION that REF names; None for what is about the whole, or left the plan."""
    return edition.line_by_ref.get(ref)


@register.simple_tag(takes_context=True)
def edition_marks(context: template.Context, lines: Sequence[PromiseLine]) -> SafeString:
    """LINES as marks, each of which leads to its row."""
    return marks(lines, context["chapters"].rows)


@register.simple_tag(takes_context=True)
def row_of(context: template.Context, line: PromiseLine) -> str:
    """Where LINE has its row; the page of its promise where rows are summed up."""
    address: str = context["chapters"].rows.get(line.promise.ref, line.promise.page)
    return address
