"""The pages of following by e-mail. A GET changes nothing: programs open what is in letters."""

from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tracking.choices import FollowKind
from tracking.following import limits, links
from tracking.following.forms import AddressForm, FollowForm
from tracking.following.subjects import address_of, subject_in, title_of
from tracking.models import Follow, Follower
from tracking.services.following import (
    MOST,
    FollowsTooMuch,
    ask_for_link,
    ask_to_follow,
    change_pace,
    confirm,
    keep_following,
    leave,
    leave_all,
)

read_or_sent: Final = require_http_methods(["GET", "HEAD", "POST"])


def _behind_a_link(view: Any) -> Any:
    """Nobody keeps the page, and no other learns its address; a link that is gone says so."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, token: str) -> HttpResponse:
        try:
            answer: HttpResponse = view(request, token)
        except (links.LinkGone, Follow.DoesNotExist, Follower.DoesNotExist):  # left meanwhile
            answer = render(request, "tracking/following/gone.html", status=HTTPStatus.GONE)
        answer["Referrer-Policy"] = "strict-origin"
        return answer

    return page


@never_cache
@read_or_sent
def follow(request: HttpRequest) -> HttpResponse:
    """The form for what the address names; without anything, that which sends one's own link."""
    if "m" not in request.GET:
        return _ask_for_link(request)
    subject = subject_in(request.GET)
    kind = subject.follow.kind
    given = {"words": request.GET.get("palabra", "").replace("\x00", "")}
    form = FollowForm(kind, request.POST or None, initial=given)
    if request.method == "POST" and not subject.ended:
        if not limits.may_ask(request):
            return _too_often(request)
        if form.is_valid():
            if limits.may_write_to(request, form.cleaned_data["email"]):
                ask_to_follow(
                    form.cleaned_data["email"],
                    at_once=form.cleaned_data.get("at_once", False),
                    words=form.cleaned_data.get("words", ""),
                    **subject.columns,
                )
            return redirect("following:sent")
    return render(
        request,
        "tracking/following/follow.html",
        {
            "form": form,
            "subject": subject,
            "municipality": subject.follow.municipality,
            "is_of_words": kind == FollowKind.WORDS,
            "title": "" if kind == FollowKind.WORDS else title_of(subject.follow),
            "back": "" if kind == FollowKind.WORDS else address_of(subject.follow),
            "is_simulated": bool(subject.follow.plan and subject.follow.plan.simulated),
        },
        status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
    )


def _ask_for_link(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)
    if request.method == "POST":
        if not limits.may_ask(request):
            return _too_often(request)
        if form.is_valid():
            if limits.may_write_to(request, form.cleaned_data["email"]):
                ask_for_link(form.cleaned_data["email"])
            return redirect("following:sent")
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "tracking/following/start.html", {"form": form}, status=status)


def _too_often(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.TOO_MANY_REQUESTS
    answer = render(request, "tracking/following/too_often.html", status=status)
    answer["Retry-After"] = str(limits.WAIT)
    return answer


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same whatever happened: followed already or not, written to or not."""
    return render(request, "tracking/following/sent.html")


@read_or_sent
@_behind_a_link
def confirm_it(request: HttpRequest, token: str) -> HttpResponse:
    """Asked once more, the second time too, it says that it is done."""
    follow = links.to_confirm(token)
    status = HTTPStatus.OK
    has_too_many = False
    if request.method == "POST" and not follow.confirmed_at:
        try:
            confirm(follow)
        except FollowsTooMuch:
            has_too_many, status = True, HTTPStatus.CONFLICT
        else:
            follow.refresh_from_db(fields=["confirmed_at"])
    context = {
        "follow": follow,
        "title": title_of(follow),
        "address": address_of(follow),
        "theirs": links.to_theirs(follow.follower) if follow.confirmed_at else "",
        "most": MOST if has_too_many else 0,
    }
    return render(request, "tracking/following/confirm.html", context, status=status)


@read_or_sent
@_behind_a_link
def theirs(request: HttpRequest, token: str) -> HttpResponse:
    """All that somebody follows: to leave one or all, to be told sooner, to go on another year."""
    follower = links.whose(token)
    rows = Follow.objects.confirmed().filter(follower=follower).order_by("pk")
    follows = list(rows.select_related("follower", *links.ALL_OF_IT))
    if request.method == "POST":
        chosen = {str(each.pk): each for each in follows}
        if "todo" in request.POST:
            leave_all(follower.pk)
        elif each := chosen.get(request.POST.get("dejar", "")):
            leave(each)
        elif each := chosen.get(request.POST.get("al_momento", "")):
            change_pace(each, at_once=each.kind == FollowKind.PROMISE)
        elif each := chosen.get(request.POST.get("por_semana", "")):
            change_pace(each, at_once=False)
        elif "seguir" in request.POST:
            keep_following(follower)
        if not Follower.objects.filter(pk=follower.pk).exists():
            return render(request, "tracking/following/left.html")
        return redirect("following:theirs", token)
    listed = [(each, title_of(each), address_of(each)) for each in follows]
    context = {"follower": follower, "listed": listed}
    return render(request, "tracking/following/theirs.html", context)


@csrf_exempt  # a mail program sends it (RFC 8058): the signed address is what allows it
@read_or_sent
@_behind_a_link
def leave_by_post(request: HttpRequest, token: str) -> HttpResponse:
    """Leave all at one POST; whoever left before is told the same. A GET leads to the page."""
    if request.method != "POST":
        return redirect("following:theirs", token)
    leave_all(links.signed_for(token))
    return render(request, "tracking/following/left.html")
