"""What the templates of the accountability report need."""

from django import template

from tracking.edition_codes import grouped

register = template.Library()
register.filter(grouped)
