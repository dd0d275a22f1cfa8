"""Units and people of a municipality, many at once: what is right is done, the rest waits."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.forms.many import PeopleLines, UnitLines
from accounts.forms.pasted import PastedForm
from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page

TRY = "revisar"


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("directory.edit")
def units(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    words = {
        "title": _("Agregar varias unidades"),
        "lead": _("Pegue la lista como está en el ROF: una unidad en cada línea."),
        "button": _("Agregar las unidades"),
        "back": "office_accounts:units",
        "back_label": _("Volver a las unidades"),
    }
    return _many(request, municipality, UnitLines, words)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("people.edit")
def people(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    words = {
        "title": _("Invitar a varias personas"),
        "lead": _("A cada quien le llega un correo con un enlace que sirve una vez."),
        "button": _("Enviar las invitaciones"),
        "back": "office_accounts:people",
        "back_label": _("Volver a las personas"),
    }
    return _many(request, municipality, PeopleLines, words)


def _many(
    request: OfficeRequest,
    municipality: Municipality,
    form_class: type[PastedForm],
    words: dict[str, str],
) -> HttpResponse:
    """What waits comes back in the form, with its reasons; the rest is done."""
    is_sent, is_tried = request.method == "POST", request.POST.get("accion") == TRY
    data = request.POST if is_sent else request.kept
    form = form_class(data, request.FILES if is_sent else None, municipality=municipality)
    page: dict[str, Any] = {"municipality": municipality, "words": words, "is_tried": is_tried}
    if not is_sent or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
        return render(request, "accounts/many.html", page | {"form": form}, status=status)
    rows = form.outcomes(save=not is_tried, by=request.user)
    waiting = [row for row in rows if row.waits]
    new = [row for row in rows if row.is_new]
    if not is_tried:
        messages.success(request, _done_sentence(form, len(new)))
        if not waiting:
            return redirect(words["back"], municipality.slug)
    kept = rows if is_tried else waiting
    lines = "\n".join(row.line.text for row in kept)
    page |= {
        "form": form_class(initial={"lines": lines}, municipality=municipality),
        "new": new,
        "known": [row for row in rows if not row.is_new and not row.waits],
        "waiting": waiting,
    }
    is_faulty = waiting and not is_tried
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_faulty else HTTPStatus.OK
    return render(request, "accounts/many.html", page, status=status)


def _done_sentence(form: PastedForm, count: int) -> str:
    if isinstance(form, UnitLines):
        said = ngettext("Se agregó %s unidad.", "Se agregaron %s unidades.", count)
    else:
        said = ngettext("Sale %s invitación.", "Salen %s invitaciones.", count)
    return said % count
