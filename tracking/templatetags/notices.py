"""The bell of the officers' pages."""

from django import template

from accounts.models import User
from tracking.models import Notice

register = template.Library()


@register.simple_tag
def unread_notices(person: User) -> int:
    """How many notices PERSON has not read, of where they still work. One query."""
    return Notice.objects.unread().filter(user=person).where_they_work().count()
