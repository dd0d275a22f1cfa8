"""Invitations of a municipality: ask, ask again, take back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.forms.people import InvitationForm
from accounts.forms.whole_rows import tell
from accounts.models import Invitation, Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from accounts.services import invitations
from accounts.services.invitations import InvitationClosed


@office_page("people.edit")
def invite(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    form = InvitationForm(request.POST or request.kept, municipality=municipality)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(
                **form.cleaned_data, municipality=municipality, by=request.user
            )
        except ValidationError as refused:
            tell(form, refused, beside="email")
        else:
            _tell(request, made)
            return redirect("office_accounts:people", municipality.slug)
    page = {"municipality": municipality, "form": form}
    return form_page(request, "accounts/invite.html", page)


@office_page("people.edit")
@button_on("office_accounts:people")
def resend(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    invitation = get_object_or_404(municipality.invitations, pk=pk)
    try:
        _tell(request, invitations.resend(invitation, by=request.user))
    except InvitationClosed:
        messages.error(request, _("Esa invitación ya se aceptó o se anuló."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("office_accounts:people", municipality.slug)


@office_page("people.edit")
@button_on("office_accounts:people")
def revoke(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    invitation = get_object_or_404(municipality.invitations, pk=pk)
    if invitations.revoke(invitation):
        messages.success(request, _("Se anuló la invitación a %s.") % invitation.email)
    else:
        messages.error(request, _("Esa invitación ya se había aceptado o anulado."))
    return redirect("office_accounts:people", municipality.slug)


def _tell(request: HttpRequest, made: Invitation) -> None:
    notice = _(
        "La invitación a %s sale por correo en unos segundos. Sirve una vez y por siete días."
    )
    messages.success(request, notice % made.email)
