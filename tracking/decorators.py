"""What every page of the public site has in common."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """A page to be read: GET and HEAD only, and nothing else is a 405.

    Reading needs no token, and a form's token would make two readers' pages differ.
    """
    page: View = csrf_exempt(require_safe(view))
    return page
