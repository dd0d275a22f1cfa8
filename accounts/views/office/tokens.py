"""The tokens with which a municipality's systems act for its people: make one, take it back."""

from typing import Final

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.choices import TokenScope
from accounts.forms.tokens import TokenForm
from accounts.forms.whole_rows import tell
from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from accounts.permissions import can
from accounts.querysets import TokenQuerySet
from accounts.services.tokens import make_token, revoke_token

WAITS: Final = "token_to_show"
"""Under what a session keeps the text of a token until its person has seen it."""


@office_page("office.enter")
def tokens(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """One's own; and everybody's, for whoever administers the people."""
    rows = _within_reach(request, municipality).filter(revoked_at=None).select_related("person")
    now = timezone.now()
    page = {
        "municipality": municipality,
        "live": rows.live(at=now),
        "expired": rows.filter(expires_at__lte=now),
    }
    return render(request, "accounts/tokens.html", page)


@office_page("report.edit")
@reauthentication_required  # type: ignore[untyped-decorator]  # an open desk makes nobody one
def add(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """Make one; its text waits in this session, sealed, for the page that shows it once."""
    form = TokenForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        try:
            pk: int | None = _made(request, municipality, form)
        except ValidationError as refused:
            pk = _just_made(request, municipality, form.cleaned_data["name"])
            tell(form, refused, beside="name")
        if pk:
            return redirect("office_accounts:made_token", municipality.slug, pk)
    page = {"municipality": municipality, "form": form}
    return form_page(request, "accounts/token.html", page)


def _made(request: OfficeRequest, municipality: Municipality, form: TokenForm) -> int:
    typed = form.cleaned_data
    scope = TokenScope(typed["scope"])
    with transaction.atomic():  # of a form that was sent twice, the second finds what waits
        token, text = make_token(request.user, municipality, typed["name"], scope, lasts=form.lasts)
        request.session[WAITS] = {"pk": token.pk, "text": get_adapter().encrypt(text)}
        request.session.save()
    return token.pk


def _just_made(request: OfficeRequest, municipality: Municipality, name: str) -> int | None:
    """The token called NAME, if its text still waits: the form was sent twice."""
    request.session = type(request.session)(request.session.session_key)  # as it is by now
    waits = request.session.get(WAITS, {})
    rows = municipality.tokens.filter(person=request.user, name__iexact=name.strip())
    return rows.filter(pk=waits.get("pk")).values_list("pk", flat=True).first()


@require_GET
@office_page("report.edit")
def made(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The text of a token, this once; whoever comes again learns that it was shown."""
    token = get_object_or_404(municipality.tokens, pk=pk)
    if request.session.get(WAITS, {}).get("pk") != pk:
        messages.info(request, _("Esa clave ya se mostró. Si no la copió, anúlela y cree otra."))
        return redirect("office_accounts:tokens", municipality.slug)
    text = get_adapter().decrypt(request.session.pop(WAITS)["text"])
    page = {"municipality": municipality, "token": token, "text": text}
    return render(request, "accounts/token_made.html", page)


@office_page("office.enter")
@button_on("office_accounts:tokens")
def revoke(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    token = get_object_or_404(_within_reach(request, municipality), pk=pk)
    if revoke_token(token):
        messages.success(request, _("Se anuló la clave «%s»: ya no sirve.") % token.name)
    else:
        messages.info(request, _("La clave «%s» ya se había anulado.") % token.name)
    return redirect("office_accounts:tokens", municipality.slug)


def _within_reach(request: OfficeRequest, municipality: Municipality) -> TokenQuerySet:
    rows: TokenQuerySet = municipality.tokens.all()
    if can(request.user, "people.edit", municipality.pk):
        return rows
    return rows.filter(person=request.user)
