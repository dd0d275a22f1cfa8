"""What the public templates need beyond Django's own tags."""

from django import template
from django.http import QueryDict
from django.utils.text import Truncator

from plans.version_notes import headline
from tracking.public.document_text import document_text
from tracking.public.hits import marked
from tracking.reading.sentences import quoted

register = template.Library()


@register.filter
def six_words(text: str) -> str:
    """The beginning of a statement, for a breadcrumb."""
    return Truncator(text).words(6, truncate="…")


register.simple_tag(document_text)
register.filter("headline", headline)
register.filter(marked)
register.filter(quoted)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int) -> str:
    """This list's address at page NUMBER, its filters kept."""
    return address_with(context, "pagina", str(number))


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, name: str, value: str) -> str:
    """This page's address with one parameter set to another value."""
    parameters: QueryDict = context["request"].GET.copy()
    parameters[name] = value
    return f"?{parameters.urlencode()}"
