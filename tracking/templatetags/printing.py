"""The parts of a printed report that are written without a template."""

from django import template

from tracking.accountability import moves
from tracking.accountability.printing import front_rows, picture, rows
from tracking.accountability.printing.coverage import printed_means

register = template.Library()
register.filter(printed_means)
register.filter(moves.bad_moves)
register.filter(moves.good_moves)
register.filter(picture.money_bar)
register.filter(picture.money_words)
register.simple_tag(picture.mark, name="printed_mark")
register.simple_tag(front_rows.grave_item, name="printed_grave")
register.simple_tag(front_rows.halted_item, name="printed_halted")
register.simple_tag(front_rows.late_item, name="printed_late")
register.simple_tag(front_rows.silent_item, name="printed_silent")
register.simple_tag(front_rows.achieved_item, name="printed_achieved")
register.simple_tag(front_rows.move_row, name="printed_move")
register.simple_tag(front_rows.move_item, name="printed_moved")
register.simple_tag(rows.row_of, name="printed_row")
register.simple_tag(rows.difficulty_item, name="printed_difficulty")
register.simple_tag(rows.earlier_cause_item, name="printed_earlier_cause")
register.simple_tag(rows.support_item, name="printed_supports")
register.simple_tag(rows.silence_item, name="printed_silence")
