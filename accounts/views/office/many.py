"""Units and people of a municipality, many at once: what is right is done, the rest waits."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.filled.reply import TRY
from accounts.forms.many import PeopleLines, UnitLines
from accounts.forms.pasted import PastedForm
from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("directory.edit")
def units(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    words = {
        "title": _("Agregar varias unidades"),
        "lead": _("Pegue la lista como está en el ROF: una unidad en cada línea."),
        "button": _("Agregar las unidades"),
        "back": reverse("office_accounts:units", args=[municipality.slug]),
        "back_label": _("Volver a las unidades"),
    }
    data, files = data_of(request)
    return many(request, UnitLines(data, files, municipality=municipality), words)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("people.edit")
def people(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    words = {
        "title": _("Invitar a varias personas"),
        "lead": _("A cada quien le llega un correo con un enlace que sirve una vez."),
        "button": _("Enviar las invitaciones"),
        "back": reverse("office_accounts:people", args=[municipality.slug]),
        "back_label": _("Volver a las personas"),
    }
    data, files = data_of(request)
    return many(request, PeopleLines(data, files, municipality=municipality), words)


def data_of(request: OfficeRequest) -> tuple[Any, Any]:
    """What a form of many is bound to: what was sent, or what was kept of it."""
    is_sent = request.method == "POST"
    return (request.POST, request.FILES) if is_sent else (request.kept, None)


def many(request: OfficeRequest, form: PastedForm, words: dict[str, str]) -> HttpResponse:
    """What waits comes back in FORM, with its reasons; the rest is done.

    WORDS: "title", "lead", "button", and the address "back" with its "back_label".
    """
    is_sent, is_tried = request.method == "POST", request.POST.get("accion") == TRY
    page: dict[str, Any] = {
        "municipality": form.municipality,
        "words": words,
        "is_tried": is_tried,
        "form": form,
    }
    if not is_sent or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
        return render(request, "accounts/many.html", page, status=status)
    rows = form.outcomes(save=not is_tried, by=request.user)
    waiting = [row for row in rows if row.waits]
    new = [row for row in rows if row.is_new]
    if not is_tried:
        messages.success(request, form.done_sentence(len(new)))
        if not waiting:
            return redirect(words["back"])
    left = form.cleaned_data["rows"] if is_tried else [row.line for row in waiting]
    page |= {
        "form": form.again(left),
        "new": new,
        "known": [row for row in rows if not row.is_new and not row.waits],
        "waiting": waiting,
    }
    is_faulty = waiting and not is_tried
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_faulty else HTTPStatus.OK
    return render(request, "accounts/many.html", page, status=status)
