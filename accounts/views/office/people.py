"""A municipality's people: who they are and what each may do."""

from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.forms.people import RoleForm
from accounts.forms.whole_rows import tell
from accounts.models import Membership, Municipality, User
from accounts.office import OfficeRequest, button_on, form_page, office_page
from accounts.services.people import change_role, deactivate, end_role
from accounts.services.second_factor import remove_second_factor


@office_page("people.view")
def people(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    authenticators = Authenticator.objects.filter(
        user=OuterRef("user"), type=Authenticator.Type.TOTP
    )
    roles = municipality.memberships.filter(ended_on=None).select_related("user", "unit")
    anywhere = Membership.objects.filter(user=OuterRef("pk"), ended_on=None)
    former = User.objects.filter(memberships__municipality=municipality, is_active=True)
    return render(
        request,
        "accounts/people.html",
        {
            "municipality": municipality,
            "roles": roles.annotate(second_factor=Exists(authenticators)).order_by(
                "user__name", "user__email", "role"
            ),
            "invitations": municipality.invitations.waiting().select_related("unit"),
            "has_units": municipality.units.filter(closed_on=None).exists(),
            "now": timezone.now(),
            "without_role": former.exclude(Exists(anywhere)).distinct(),
        },
    )


@office_page("people.edit")
def role(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Another role or unit for a person."""
    held = _role_here(municipality, pk)
    if held.ended_on:
        return _has_ended(request, municipality, held)
    now = {"role": held.role, "unit": held.unit_id}
    form = RoleForm(request.POST or request.kept, initial=now, municipality=municipality)
    if request.method == "POST" and form.is_valid():
        try:
            given = change_role(
                held, form.cleaned_data["role"], form.cleaned_data["unit"], by=request.user
            )
        except ValidationError as refused:
            tell(form, refused, beside="role")
        else:
            values = {"who": given.user, "role": given.get_role_display()}
            messages.success(request, _("%(who)s: %(role)s.") % values)
            return redirect("office_accounts:people", municipality.slug)
    page = {"municipality": municipality, "held": held, "form": form}
    return form_page(request, "accounts/role.html", page)


@office_page("people.edit")
def end(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Asks before a role ends."""
    held = _role_here(municipality, pk)
    if held.ended_on:
        return _has_ended(request, municipality, held)
    page: dict[str, Any] = {
        "municipality": municipality,
        "held": held,
        "orphaned": _orphaned_without(held),
    }
    if request.method != "POST":
        return render(request, "accounts/role_end.html", page)
    try:
        end_role(held, by=request.user)
    except ValidationError as refused:
        page["refused"] = refused.messages
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "accounts/role_end.html", page, status=status)
    values = {"who": held.user, "role": held.get_role_display()}
    messages.success(request, _("%(who)s ya no tiene el rol: %(role)s.") % values)
    return redirect("office_accounts:people", municipality.slug)


@office_page("people.edit")
@button_on("office_accounts:people")
def leave(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Somebody who has no role anywhere no longer signs in."""
    person = get_object_or_404(
        User.objects.filter(memberships__municipality=municipality).distinct(), pk=pk
    )
    try:
        deactivate(person)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("%s ya no puede ingresar.") % person)
    return redirect("office_accounts:people", municipality.slug)


@office_page("people.edit")
def second_factor(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Asks before a second factor is taken away."""
    held = _role_here(municipality, pk)
    if held.ended_on:
        return _has_ended(request, municipality, held)
    removals = held.user.second_factor_removals.select_related("removed_by")
    page = {"municipality": municipality, "held": held, "removals": removals}
    if request.method != "POST":
        return render(request, "accounts/second_factor_remove.html", page)
    try:
        remove_second_factor(held.user, by=request.user)
    except ValidationError as refused:
        page["refused"] = refused.messages
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "accounts/second_factor_remove.html", page, status=status)
    messages.success(request, _("Se retiró el segundo factor de %s.") % held.user)
    return redirect("office_accounts:people", municipality.slug)


def _orphaned_without(held: Membership) -> int:
    """How many promises lose their only reporters if HELD, the last role of its unit, ends."""
    unit = held.unit
    if unit is None or unit.memberships.filter(ended_on=None).exclude(pk=held.pk).exists():
        return 0
    return unit.responsibility_set.filter(element__until_version=None).count()


def _role_here(municipality: Municipality, pk: int) -> Membership:
    return get_object_or_404(municipality.memberships.select_related("user", "unit"), pk=pk)


def _has_ended(
    request: OfficeRequest, municipality: Municipality, held: Membership
) -> HttpResponse:
    """Back to the people: the button was pressed twice, or somebody else ended it meanwhile."""
    values = {"who": held.user, "role": held.get_role_display()}
    messages.info(request, _("%(who)s ya no tiene el rol: %(role)s.") % values)
    return redirect("office_accounts:people", municipality.slug)
