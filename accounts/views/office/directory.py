"""A municipality's units and authorities."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.elected import NotTheList
from accounts.forms.directory import AuthorityForm, ContactForm, PartForm, UnitForm
from accounts.forms.spreadsheet import SpreadsheetForm
from accounts.models import Authority, Municipality, Unit
from accounts.office import OfficeRequest, form_page, office_page
from accounts.services.authorities import import_authorities
from accounts.services.directory import save_municipality, save_part


@office_page("directory.view")
def units(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    current = Count("memberships__user", filter=Q(memberships__ended_on=None), distinct=True)
    rows = municipality.units.annotate(people=current)
    page = {
        "municipality": municipality,
        "units": rows.order_by(F("closed_on").desc(nulls_first=True), "name"),
    }
    return render(request, "accounts/units.html", page)


@office_page("directory.edit")
def contact(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """Where the public asks what it does not understand."""
    form = ContactForm(request.POST or request.kept, instance=municipality)
    if request.method == "POST" and form.is_valid():
        save_municipality(municipality)
        messages.success(request, _("Se guardó el contacto."))
        return redirect("office_accounts:units", municipality.slug)
    page = {"municipality": municipality, "form": form}
    return form_page(request, "accounts/contact.html", page)


@office_page("directory.edit")
def unit(request: OfficeRequest, municipality: Municipality, pk: int | None = None) -> HttpResponse:
    """Add a unit, or correct or close one."""
    row = get_object_or_404(municipality.units, pk=pk) if pk else Unit()
    form = UnitForm(request.POST or request.kept, instance=row, municipality=municipality)
    if request.method == "POST" and _saved(request, form):
        return redirect("office_accounts:units", municipality.slug)
    page = {"municipality": municipality, "form": form, "known": pk}
    return form_page(request, "accounts/unit.html", page)


@office_page("directory.view")
def authorities(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    page = {"municipality": municipality, "authorities": municipality.authorities.all()}
    return render(request, "accounts/authorities.html", page)


@office_page("directory.edit")
def authority(
    request: OfficeRequest, municipality: Municipality, pk: int | None = None
) -> HttpResponse:
    """Add somebody who governed, or correct their dates."""
    row = get_object_or_404(municipality.authorities, pk=pk) if pk else Authority()
    form = AuthorityForm(request.POST or request.kept, instance=row, municipality=municipality)
    if request.method == "POST" and _saved(request, form):
        return redirect("office_accounts:authorities", municipality.slug)
    page = {"municipality": municipality, "form": form, "known": pk}
    return form_page(request, "accounts/authority.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("municipality.edit")
def elected(request: OfficeRequest) -> HttpResponse:
    """The mayors of the whole country, from the electoral authority's list."""
    is_sent = request.method == "POST"
    form = SpreadsheetForm(request.POST, request.FILES) if is_sent else SpreadsheetForm()
    imported = None
    is_tried = request.POST.get("accion") != "registrar"
    if is_sent and form.is_valid():
        try:
            imported = import_authorities(form.cleaned_data["file"], dry_run=is_tried)
        except NotTheList as refused:
            form.add_error("file", str(refused))
    page = {"form": form, "imported": imported, "is_tried": is_tried}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "accounts/elected.html", page, status=status)


def _saved(request: OfficeRequest, form: PartForm) -> bool:
    if not form.is_valid():
        return False
    try:
        save_part(form.instance)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("Se guardó: %s.") % form.instance)
    return True
