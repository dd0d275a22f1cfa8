"""The officers' door: every page under /gestion/ is wrapped by ``office_page``."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts import kept_typing
from accounts.choices import Role
from accounts.hidden_characters import clean_post
from accounts.models import Municipality, User
from accounts.permissions import can, second_factor_missing
from accounts.security import note_refusal
from accounts.sessions import keep_within

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OfficeRequest(HttpRequest):
    """A request that passed the door."""

    user: User
    htmx: HtmxDetails
    kept: QueryDict | None
    """On a GET: what this person was typing here when their session ended."""


View = Callable[..., HttpResponseBase]


def office_page(permission: str) -> Callable[[View], View]:
    """A page of the officers, for whoever has PERMISSION.

    The address's ``slug`` becomes ``municipality``: 404 where the person has no role at all, 403
    where they have one without PERMISSION. An address without a slug asks for it anywhere.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                clean_post(request)
            response = _turned_away(request)
            if response is None:
                if "slug" in kwargs:
                    slug = kwargs.pop("slug")
                    kwargs["municipality"] = _municipality(request.user, permission, slug)
                elif not can(request.user, permission):
                    raise PermissionDenied
                place = _place(request)
                request.kept = (
                    kept_typing.recall(request, place) if request.method == "GET" else None
                )
                response = view(request, *args, **kwargs)
                if request.method == "POST" and _is_answered(response):
                    kept_typing.forget(request.session, place)
            patch_cache_control(response, private=True, no_store=True)
            return response

        page.permission = permission  # type: ignore[attr-defined]
        return page

    return wrap


def button_on(page: str, *names: str) -> Callable[[View], View]:
    """What a button of PAGE does, which the municipality and these NAMES of its address lead to.

    It is only posted: whoever comes otherwise, as after signing in on the way, learns that nothing
    was done, and goes back to PAGE. Within ``office_page``.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def pressed(request: Any, municipality: Municipality, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, municipality=municipality, **kwargs)
            back = reverse(page, args=[municipality.slug, *(kwargs[name] for name in names)])
            shown = {"municipality": municipality, "back": back}
            status = HTTPStatus.METHOD_NOT_ALLOWED
            answer = render(request, "accounts/button.html", shown, status=status)
            answer["Allow"] = "POST"
            return answer

        return pressed

    return wrap


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a form: 422 where it was sent and comes back, with what is wrong with it."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, template, context, status=status)


def sheet_to_fill(content: bytes, name: str) -> HttpResponse:
    """CONTENT, an XLSX, to be saved under NAME."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, XLSX, headers=headers)


def offer_again(request: Any) -> HttpResponseBase | None:
    """Answer a form of ours that was refused for its token: its page, with what was typed.

    None where there is nothing to offer, or when another site may have sent the form.
    """
    if (
        request.method != "POST"
        or not request.path.startswith(kept_typing.OFFICE)
        or not _is_ours(request)
    ):
        return None
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request)
    place = _place(request)
    return _sent_to(request, place) if kept_typing.keep(request, place) else None


def _turned_away(request: Any) -> HttpResponseBase | None:
    """Where somebody must go first: to sign in, or to set up their second factor."""
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request)
    keep_within(request.session, request.user)
    if not second_factor_missing(request.user):
        return None
    place = _place(request)
    if request.method == "POST":
        kept_typing.keep(request, place)
    return _sent_to(request, redirect_to_login(place, reverse("mfa_activate_totp")).url)


def _ask_to_sign_in(request: Any) -> HttpResponseBase:
    place = _place(request)
    if request.method == "POST":
        if kept_typing.keep(request, place):
            notice = _("Su sesión había terminado. Lo que escribió se conserva: ingrese otra vez.")
        else:
            notice = _(
                "Su sesión había terminado y no pudimos conservar lo que escribió. "
                "Para copiarlo, vuelva atrás en el navegador antes de ingresar."
            )
        messages.info(request, notice)
    return _sent_to(request, redirect_to_login(place, reverse("account_login")).url)


def _sent_to(request: Any, address: str) -> HttpResponseBase:
    """A redirection of the whole page, also where htmx asked for a piece of it."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _place(request: Any) -> str:
    """The page that the person is looking at; htmx asks for a piece of it from another address."""
    try:
        shown = urlsplit(request.htmx.current_url_abs_path or "") if request.htmx else None
    except ValueError:  # no address at all: nothing of ours sent it
        shown = None
    if shown and shown.path.startswith(kept_typing.OFFICE):
        return shown._replace(fragment="").geturl()
    return str(request.get_full_path())


def _is_answered(response: HttpResponseBase) -> bool:
    """Whether what was sent arrived, or is shown again with its faults."""
    shown_again = {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT}
    return response.status_code < HTTPStatus.BAD_REQUEST or response.status_code in shown_again


def _municipality(user: User, permission: str, slug: str) -> Municipality:
    held = user.current_memberships
    municipality = next((each for each in user.workplaces if each.slug == slug), None)
    if municipality is None:
        if not any(each.role == Role.OPERATOR for each in held):
            note_refusal("access.hidden", user.pk, permission=permission)
            raise Http404
        municipality = get_object_or_404(Municipality, slug=slug)
    if not can(user, permission, municipality.pk):
        raise PermissionDenied
    return municipality


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of this portal sent this form."""
    sender = urlsplit(request.headers.get("origin") or request.headers.get("referer") or "")
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())
