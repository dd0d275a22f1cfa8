"""What the templates of the accountability report need."""

from django import template

from tracking.accountability import telling
from tracking.models.edition_codes import grouped

register = template.Library()
for said in (
    telling.named,
    telling.offices,
    telling.advance,
    telling.notes,
    telling.before,
    telling.spending,
    telling.sustained,
    telling.described,
    grouped,
):
    register.filter(said)
