"""Changing and leaving what is followed, by the page behind a link or in a mail program."""

import pytest
from django.test import Client

from plans.models import PlanElement
from tests.tracking.following.followed import Rosa, is_known, visit
from tracking.choices import FollowKind
from tracking.following import links
from tracking.models import Follow

pytestmark = pytest.mark.django_db


def test_one_thing_is_left_then_all_and_the_address_is_gone(rosa: Rosa) -> None:
    plan, promise = rosa.follows(FollowKind.PLAN), rosa.follows(FollowKind.PROMISE)
    page = links.to_theirs(plan.follower).removeprefix("http://localhost:8000")
    visit(page, {"al_momento": str(promise.pk)})
    promise.refresh_from_db()
    assert promise.at_once
    visit(page, {"al_momento": str(plan.pk)})  # only of a promise
    visit(page, {"dejar": str(promise.pk)})
    assert list(Follow.objects.all()) == [plan]
    assert "Su dirección se borró" in visit(page, {"dejar": str(plan.pk)}).content.decode()
    assert not is_known()
    assert visit(page).status_code == 410


def test_nobody_leaves_or_changes_what_another_follows(rosa: Rosa, activity: PlanElement) -> None:
    hers = rosa.follows(FollowKind.PROMISE)
    his = Rosa(activity, "juan@example.pe").follows(FollowKind.PROMISE)
    page = links.to_theirs(hers.follower).removeprefix("http://localhost:8000")
    visit(page, {"dejar": str(his.pk)})
    visit(page, {"al_momento": str(his.pk)})
    his.refresh_from_db()
    assert not his.at_once


def test_a_mail_program_leaves_by_one_post_without_a_form(rosa: Rosa) -> None:
    """RFC 8058: no cookie, no token of a form; looking at the link leaves nothing."""
    follow = rosa.follows(FollowKind.PLAN)
    link = links.to_leave(follow.follower).removeprefix("http://localhost:8000")
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(link).headers["location"].startswith("/seguir/mio/")
    assert is_known()
    one_click = {"List-Unsubscribe": "One-Click"}
    assert browser.post(link, one_click).status_code == 200
    assert not is_known()
    assert browser.post(link, one_click).status_code == 200  # a second click
    assert browser.post("/seguir/dejar/1:2:3/", one_click).status_code == 410


def test_what_changes_something_wants_the_token_of_its_form(rosa: Rosa) -> None:
    follow = rosa.follows(FollowKind.PLAN)
    page = links.to_theirs(follow.follower).removeprefix("http://localhost:8000")
    assert Client(enforce_csrf_checks=True).post(page, {"todo": "1"}).status_code == 403
    assert is_known()
