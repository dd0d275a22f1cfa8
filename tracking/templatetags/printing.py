"""The parts of a printed report that are written without a template."""

from django import template

from tracking.accountability.printing import rows
from tracking.accountability.printing.coverage import printed_coverage

register = template.Library()
register.filter(printed_coverage)
register.simple_tag(rows.row_of, name="printed_row")
register.simple_tag(rows.difficulty_item, name="printed_difficulty")
register.simple_tag(rows.earlier_cause_item, name="printed_earlier_cause")
register.simple_tag(rows.support_item, name="printed_supports")
register.simple_tag(rows.silence_item, name="printed_silence")
