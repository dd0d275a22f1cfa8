"""What somebody is told: read it, say that it was read, and choose what comes by mail."""

from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.office import OfficeRequest, form_page, office_page
from accounts.sent_numbers import number_in
from tracking.models import Notice
from tracking.office.forms.notices import NoticesForm
from tracking.office.worklists.day_letters import LEAVES_AT
from tracking.office.worklists.mailed import letters_of
from tracking.office.worklists.notices import told
from tracking.services.notices import choose_tellings, mark_all_read, mark_read

PAGE_SIZE: Final = 30


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("office.enter")
def notices(request: OfficeRequest) -> HttpResponse:
    """One's own, newest first, by day. A POST says which were read, and may open one."""
    if request.method == "POST":
        return _read(request)
    rows = Notice.objects.filter(user=request.user)
    page = Paginator(rows.with_acts(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    lines = told(list(page), request.user.current_memberships)
    context = {
        "page": page,
        "days": [
            (day, list(each)) for day, each in groupby(lines, key=lambda line: line.notice.day)
        ],
        "newest": lines[0].notice.pk if lines else 0,
        "several_places": len({each.notice.municipality_id for each in lines}) > 1,
        "has_unread": rows.unread().exists(),
    }
    return render(request, "tracking/office/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("office.enter")
def choices(request: OfficeRequest) -> HttpResponse:
    """Everything that mails: how one is told of it, or that it cannot be switched off."""
    typed = request.POST if request.method == "POST" else request.kept
    form = NoticesForm(typed, person=request.user)
    if request.method == "POST" and form.is_valid():
        choose_tellings(form.tellings(), by=request.user)
        messages.success(request, _("Se guardó cómo se le avisa."))
        return redirect("office:notice_choices")
    page: dict[str, Any] = {
        "form": form,
        "letters": letters_of(request.user),
        "hour": f"{LEAVES_AT}:00",
    }
    return form_page(request, "tracking/office/notice_choices.html", page)


def _read(request: OfficeRequest) -> HttpResponse:
    """Mark what was named, all of it or one; the one that is opened is where they go."""
    if until := number_in(request.POST.get("todos")):
        n = mark_all_read(by=request.user, until=until)
        said = ngettext("%s aviso quedó como leído.", "%s avisos quedaron como leídos.", n)
        messages.success(request, said % n)
        return redirect("office:notices")
    opened, marked = (number_in(request.POST.get(name)) or 0 for name in ("abrir", "leido"))
    mark_read([opened or marked], by=request.user)
    if opened:
        rows = Notice.objects.filter(user=request.user).with_acts()
        notice = get_object_or_404(rows, pk=opened)
        (line,) = told([notice], request.user.current_memberships)
        return redirect(line.path or reverse("office:notices"))
    page = number_in(request.POST.get("pagina")) or 0
    return redirect(reverse("office:notices") + (f"?pagina={page}" if page > 1 else ""))
