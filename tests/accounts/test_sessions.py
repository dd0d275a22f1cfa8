"""How long somebody stays signed in, and the page that shows where."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.agents import agent_name
from accounts.choices import Role
from accounts.models import Membership, Municipality, Session, User
from accounts.services.sessions import end_sessions
from accounts.sessions import SessionStore
from tests.accounts.conftest import Clock
from tests.conftest import SignIn
from tests.factories import PASSWORD, make_person
from tests.forms import drawn_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
LOGIN = reverse("account_login")
PAGE = reverse("sessions")
HOUR, DAY = 3600, 24 * 3600
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200


@pytest.mark.parametrize("role", [Role.PLANNING, Role.ADMINISTRATION, Role.OPERATOR])
def test_who_reviews_or_administers_is_out_after_an_hour_unused_and_after_twelve(
    signed_in: SignIn, puno: Municipality, clock: Clock, role: Role
) -> None:
    person = make_person("a@puno.pe", role, None if role == Role.OPERATOR else puno)
    unused, used = signed_in(person), signed_in(person)
    for _ in range(13):
        clock.now += HOUR - 300
        assert is_in(used)
    assert not is_in(unused)
    clock.now += 300 * 13 - HOUR  # twelve hours, all together
    assert not is_in(used)


def test_who_reports_stays_for_two_weeks(signed_in: SignIn, reporter: User, clock: Clock) -> None:
    browser = signed_in(reporter)
    clock.now += 7 * DAY
    assert is_in(browser)
    clock.now += 7 * DAY - 60
    assert is_in(browser)
    clock.now += 60
    assert not is_in(browser)


def test_who_is_given_such_a_role_meanwhile_is_out_as_soon(
    signed_in: SignIn, reporter: User, puno: Municipality, clock: Clock
) -> None:
    browser = signed_in(reporter)
    Membership.objects.create(user=reporter, role=Role.ADMINISTRATION, municipality=puno)
    browser.get("/gestion/")
    clock.now += HOUR + 1
    assert not is_in(browser)


def test_a_session_in_use_is_written_once_a_minute(
    signed_in: SignIn, planner: User, clock: Clock
) -> None:
    browser = signed_in(planner)

    def expiry() -> object:
        return Session.objects.get().expire_date

    first = expiry()
    clock.now += 59
    browser.get(PAGE)
    assert expiry() == first
    clock.now += 1
    browser.get(PAGE)
    assert expiry() > first  # type: ignore[operator]


def test_what_was_being_typed_is_kept_when_an_unused_session_ends(
    signed_in: SignIn, planner: User, puno: Municipality, clock: Clock
) -> None:
    browser = signed_in(planner)
    place = reverse("office_accounts:add_unit", args=[puno.slug])
    drawn = drawn_with(browser.get(place))
    clock.now += HOUR + 1
    typed = {"name": "Gerencia de Salud", **drawn}
    assert browser.post(place, typed)["Location"] == f"{LOGIN}?next={place}"
    browser.force_login(planner)
    assert "Gerencia de Salud" in browser.get(place).content.decode()


def test_what_is_over_is_forgotten(signed_in: SignIn, planner: User, clock: Clock) -> None:
    signed_in(planner)
    clock.now += HOUR + 1
    signed_in(planner)
    SessionStore.clear_expired()
    assert Session.objects.count() == 1


def test_a_page_shows_where_one_is_signed_in_and_no_key_that_opens(
    reporter: User, planner: User, signed_in: SignIn
) -> None:
    signed_in(planner)
    phone, desk = Client(headers={"user-agent": PHONE}), Client()
    for browser in (phone, desk):
        sent = {"login": reporter.email, "password": PASSWORD}
        browser.post(LOGIN, sent, REMOTE_ADDR="181.65.20.7")
    page = desk.get(PAGE)
    here, there = page.context["stays"]
    assert (here.is_this, there.is_this) == (True, False)
    assert (there.agent, there.address) == ("Chrome, Android", "181.65.20.7")
    assert "Chrome, Android" in page.content.decode()
    for row in Session.objects.all():
        assert row.session_key not in page.content.decode()


def test_it_ends_another_this_one_or_all_but_this(reporter: User, signed_in: SignIn) -> None:
    first, second, third = (signed_in(reporter) for _ in range(3))
    other = next(each for each in first.get(PAGE).context["stays"] if not each.is_this)
    page = first.post(PAGE, {"session": other.name}, follow=True).content.decode()
    assert "Se cerró esa sesión." in page
    assert [is_in(second), is_in(third)].count(True) == 1
    again = first.post(PAGE, {"session": other.name}, follow=True).content.decode()
    assert "Esa sesión ya había terminado." in again
    first.post(PAGE, {"others": "1"})
    assert (is_in(first), is_in(second), is_in(third)) == (True, False, False)
    (this,) = first.get(PAGE).context["stays"]
    assert first.post(PAGE, {"session": this.name})["Location"] == LOGIN
    assert not is_in(first)


def test_nobody_ends_another_s(reporter: User, planner: User, signed_in: SignIn) -> None:
    mine, theirs = signed_in(reporter), signed_in(planner)
    (stay,) = theirs.get(PAGE).context["stays"]
    mine.post(PAGE, {"session": stay.name})
    mine.post(PAGE, {"others": "1"})
    assert is_in(theirs)
    assert not is_in(Client())


def test_a_person_s_are_ended_without_reading_anybody_else_s(
    reporter: User, planner: User, signed_in: SignIn
) -> None:
    mine, theirs = signed_in(reporter), signed_in(planner)
    assert end_sessions(reporter) == 1
    assert (is_in(mine), is_in(theirs)) == (False, True)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Chrome, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", "otro navegador"),
        ("", "otro navegador"),
    ],
)
def test_a_browser_is_known_again_by_its_name(agent: str, name: str) -> None:
    assert agent_name(agent) == name
