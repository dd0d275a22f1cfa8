"""The parts of a printed report that are written without a template."""

from django import template

from tracking.accountability import moves
from tracking.accountability.difficulties import hard_of
from tracking.accountability.printing import difficulties, front_rows, picture, rows
from tracking.accountability.printing.addresses import whole_addresses
from tracking.accountability.printing.coverage import printed_means
from tracking.accountability.sustaining import sustaining
from tracking.accountability.telling import refs_of

register = template.Library()
register.filter(printed_means)
register.filter(whole_addresses)
register.filter(moves.bad_moves)
register.filter(moves.good_moves)
register.filter(moves.moves_above)
register.filter(picture.money_bar)
register.filter(picture.money_words)
register.filter("picture_key", picture.key)
register.simple_tag(picture.going, name="printed_going")
register.filter(hard_of)
register.filter(sustaining)
register.filter(front_rows.short)
register.simple_tag(front_rows.grave_item, name="printed_grave")
register.simple_tag(front_rows.halted_item, name="printed_halted")
register.simple_tag(front_rows.fell_silent, name="printed_fell_silent")
register.simple_tag(front_rows.late_item, name="printed_late")
register.simple_tag(front_rows.silent_item, name="printed_silent")
register.simple_tag(front_rows.achieved_item, name="printed_achieved")
register.simple_tag(front_rows.move_row, name="printed_move")
register.simple_tag(front_rows.move_item, name="printed_moved")
register.simple_tag(rows.rows_of, name="printed_rows")
register.simple_tag(difficulties.stoppage_item, name="printed_stoppage")
register.simple_tag(difficulties.difficulty_item, name="printed_difficulty")
register.simple_tag(difficulties.silence, name="printed_silence")
register.simple_tag(refs_of)
