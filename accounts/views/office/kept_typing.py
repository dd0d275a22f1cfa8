"""Discard what was recovered after a session ended."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accounts import kept_typing
from accounts.office import OfficeRequest, office_page


@office_page("office.enter")
def forget(request: OfficeRequest) -> HttpResponse:
    """Back to the page, which shows what is stored."""
    if request.method != "POST":
        return redirect(settings.LOGIN_REDIRECT_URL)
    place = request.POST.get("pagina", "")
    if not kept_typing.forget(request.session, place):
        raise Http404
    return redirect(place)
