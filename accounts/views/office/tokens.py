"""The tokens with which a municipality's systems act for its people: make one, take it back."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import TokenScope
from accounts.forms.tokens import TokenForm
from accounts.forms.whole_rows import tell
from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from accounts.permissions import can
from accounts.querysets import TokenQuerySet
from accounts.services.tokens import make_token, revoke_token


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
    """Make one, and show it this once: on the answer itself, which nothing stores."""
    form = TokenForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            token, text = make_token(
                request.user,
                municipality,
                typed["name"],
                TokenScope(typed["scope"]),
                lasts=form.lasts,
            )
        except ValidationError as refused:
            tell(form, refused, beside="name")
        else:
            page = {"municipality": municipality, "token": token, "text": text}
            return render(request, "accounts/token_made.html", page)
    page = {"municipality": municipality, "form": form}
    return form_page(request, "accounts/token.html", page)


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
