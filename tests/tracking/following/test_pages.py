"""Asking for letters and confirming it, as a browser does it."""

import datetime as dt
import re
from typing import Any

import hypothesis
import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Letter, Municipality, Unit, User
from plans.models import PlanElement, Responsibility
from plans.services.editing import withdraw_elements
from tests.letters import letters
from tests.tracking.following.followed import ADDRESS, Rosa, is_known, link_in, visit
from tracking.choices import FollowKind
from tracking.following import limits, links
from tracking.following.forms import FollowForm
from tracking.following.links import LinkGone
from tracking.models import Follow, Follower
from tracking.models.follow import LONGEST_WORDS
from tracking.services.following import (
    CONFIRMED_WITHIN,
    KEPT_FOR,
    MOST,
    forget_followers,
    leave_all,
)

PLAN = "/seguir/?m=puno&plan=2019-2022"
PROMISE = f"{PLAN}&promesa=S.1.1.1"
WORDS = "/seguir/?m=puno"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_by_no_other_test() -> None:
    cache.clear()


def ask(address: str = PROMISE, **typed: str) -> Any:
    return visit(address, {"email": ADDRESS, **typed})


def confirming() -> str:
    """The link in the letter that was asked for last."""
    return link_in(letters()[-1])


def errors_in(answer: Any) -> str:
    page = answer.content.decode()
    return " ".join(re.findall(r"<p class=\"error\"[^>]*>(.*?)</p>", page))


def test_a_citizen_follows_a_promise_without_an_account(activity: PlanElement) -> None:
    page = visit(PROMISE)
    assert "Programa de comedores de Puno" in page.content.decode()
    assert ask(at_once="on").headers["location"] == "/seguir/enviado/"
    follow = Follow.objects.get()
    assert (follow.element, follow.at_once, follow.confirmed_at) == (activity, True, None)
    link = confirming()
    assert visit(link).status_code == 200
    follow.refresh_from_db()
    assert follow.confirmed_at is None  # a program that looks at links confirms nothing
    assert "Ya lo sigue" in visit(link, {}).content.decode()
    follow = Follow.objects.confirmed().get()
    assert follow.follower.kept_until == timezone.localdate() + KEPT_FOR


def test_confirmed_twice_it_is_followed_once(activity: PlanElement) -> None:
    ask()
    link = confirming()
    first, second = visit(link, {}), visit(link, {})
    assert (first.status_code, second.status_code) == (200, 200)
    assert "Ya lo sigue" in second.content.decode()
    assert Follow.objects.confirmed().count() == 1


def test_the_answer_does_not_say_whether_it_is_followed_already(
    rosa: Rosa, activity: PlanElement
) -> None:
    def answered() -> tuple[int, str, int]:
        before = Letter.objects.count()
        answer = ask()
        return answer.status_code, answer.headers["location"], Letter.objects.count() - before

    unknown = answered()
    rosa.follows(FollowKind.PROMISE)
    assert answered() == unknown
    letter = letters()[-1]
    assert "ya se sigue por correo" in letter.body
    assert visit(link_in(letter)).status_code == 200


def test_whoever_has_lost_every_letter_asks_for_the_link(rosa: Rosa) -> None:
    rosa.follows(FollowKind.PLAN)
    assert visit("/seguir/", {"email": ADDRESS.upper()}).status_code == 302
    assert visit("/seguir/", {"email": "nadie@example.pe"}).status_code == 302
    (letter,) = letters()
    assert letter.to == [ADDRESS]
    assert "Lo que usted sigue" in visit(link_in(letter)).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Escriba su correo."),
        ("rosa", "Eso no es un correo"),
        ("rosa@", "Eso no es un correo"),
        ("rosa@example.pe\nBcc: todos@example.pe", "Eso no es un correo"),
        ("rosa@example.pe, juan@example.pe", "Eso no es un correo"),
        ("r" * 288 + "@example.pe", "254 signos"),
        ("rosa\x00@example.pe", "Eso no es un correo"),
    ],
)
def test_what_is_no_address_is_said_to_be_none(
    typed: str, said: str, activity: PlanElement
) -> None:
    answer = ask(email=typed)
    assert answer.status_code == 400
    assert said in errors_in(answer)
    assert not Letter.objects.exists()
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Escriba la palabra"),
        ("a", "al menos tres letras"),
        ("!!! ??", "al menos tres letras"),
        ("para con los", "está en todas partes"),
        ("agua\u202e", "carácter que no se ve"),
        ("agua " * 20, "60"),
    ],
)
def test_a_word_that_says_nothing_is_not_followed(
    typed: str, said: str, activity: PlanElement
) -> None:
    answer = ask(WORDS, words=typed)
    assert answer.status_code == 400
    assert said in errors_in(answer)


@hypothesis.settings(max_examples=40)
@given(typed=st.text(max_size=LONGEST_WORDS + 5))
def test_whatever_is_typed_for_a_word_can_be_searched_or_is_said_to_be_wrong(typed: str) -> None:
    form = FollowForm(FollowKind.WORDS, {"email": ADDRESS, "words": typed})
    if form.is_valid():
        words = form.cleaned_data["words"]
        assert 3 <= len(words) <= LONGEST_WORDS
        assert not PlanElement.objects.matching(words).exists()
    else:
        assert form.errors["words"]


@pytest.mark.parametrize(
    "address",
    [
        "/seguir/?m=nada",
        "/seguir/?m=puno&plan=1999-2002",
        "/seguir/?m=puno&plan=nunca",
        "/seguir/?m=puno&plan=2019-2022&promesa=Z.9",
        "/seguir/?m=puno&plan=2019-2022&promesa=%00",
        "/seguir/?m=puno&oficina=99999",
        "/seguir/?m=puno&oficina=x",
        "/seguir/?m=puno&oficina=" + "9" * 40,
        "/seguir/?m=%00",
    ],
)
def test_what_is_not_there_cannot_be_followed(address: str, activity: PlanElement) -> None:
    assert visit(address).status_code == 404
    assert ask(address).status_code == 404


def test_what_ended_says_so_and_takes_no_address(activity: PlanElement, puno_unit: Unit) -> None:
    Unit.objects.update(closed_on=timezone.localdate())
    page = ask(f"/seguir/?m=puno&oficina={puno_unit.pk}").content.decode()
    assert "Esa oficina se suprimió" in page
    assert "<form" not in page.split("<main")[1]
    PlanElement.objects.filter(pk=activity.pk).update(until_version=1)
    assert "ya no recoge ese texto" in ask().content.decode()
    assert not Letter.objects.exists()


def test_an_unpublished_plan_cannot_be_followed(activity: PlanElement) -> None:
    type(activity.plan).objects.update(version=0)
    assert ask(PLAN).status_code == 404


def test_a_thousand_requests_from_one_place_wait(
    activity: PlanElement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.RATES, "from_address", "2/h/key")
    answers = [visit(PROMISE, {"email": f"p{n}@example.pe"}) for n in range(3)]
    assert [each.status_code for each in answers] == [302, 302, 429]
    assert "una hora" in answers[-1].content.decode()
    assert int(answers[-1].headers["retry-after"]) == 3600
    assert Letter.objects.count() == 2


def test_to_one_address_few_letters_leave_and_nobody_is_told(
    activity: PlanElement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.RATES, "to_address", "1/d/key")
    assert {ask().headers["location"] for _each in range(2)} == {"/seguir/enviado/"}
    assert Letter.objects.count() == 1


def test_a_forged_or_an_old_link_confirms_nothing(
    activity: PlanElement, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    link = confirming()
    for forged in (link[:-3] + "/", "/seguir/confirmar/1/", "/seguir/confirmar/%00:a:b/"):
        answer = visit(forged, {})
        assert answer.status_code == 410
        assert "Ese enlace ya no sirve" in answer.content.decode()
    real = signing.time.time  # type: ignore[attr-defined]
    late = CONFIRMED_WITHIN.total_seconds() + 1
    monkeypatch.setattr(signing.time, "time", lambda: real() + late)  # type: ignore[attr-defined]
    assert visit(link, {}).status_code == 410
    assert not Follow.objects.confirmed().exists()


def test_what_is_left_while_it_is_confirmed_is_gone(
    activity: PlanElement, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    link = confirming()
    read = links.to_confirm

    def read_and_left(token: str) -> Follow:
        follow = read(token)
        leave_all(follow.follower_id)
        return follow

    monkeypatch.setattr(links, "to_confirm", read_and_left)
    assert visit(link, {}).status_code == 410


def test_one_link_does_not_do_for_another(rosa: Rosa) -> None:
    follow = rosa.follows(FollowKind.PLAN)
    for link in (links.to_theirs(follow.follower), links.to_leave(follow.follower)):
        with pytest.raises(LinkGone):
            links.to_confirm(link.rstrip("/").rpartition("/")[2])
    with pytest.raises(LinkGone):
        links.whose(links.confirming(follow).rstrip("/").rpartition("/")[2])


def test_an_address_follows_so_many_things_and_no_more(
    rosa: Rosa, puno: Municipality, activity: PlanElement
) -> None:
    follow = rosa.follows(FollowKind.PLAN)
    Follow.objects.bulk_create(
        Follow(
            follower=follow.follower, kind=FollowKind.WORDS, municipality=puno, words=f"palabra{n}",
            confirmed_at=timezone.now(), told_number=0, told_on=timezone.localdate(),
        )
        for n in range(MOST - 1)
    )  # fmt: skip
    ask()
    answer = visit(confirming(), {})
    assert answer.status_code == 409
    assert f"Ya sigue {MOST} cosas" in answer.content.decode()
    assert Follow.objects.confirmed().count() == MOST


def test_what_nobody_confirmed_is_forgotten_and_who_gave_no_sign_in_a_year(
    rosa: Rosa, activity: PlanElement
) -> None:
    rosa.follows(FollowKind.PLAN)
    ask(email="juan@example.pe")
    now = timezone.now()
    assert forget_followers(at=now + CONFIRMED_WITHIN - dt.timedelta(minutes=1)) == 0
    assert forget_followers(at=now + CONFIRMED_WITHIN + dt.timedelta(minutes=1)) == 1
    assert not is_known("juan@example.pe")
    assert forget_followers(at=now + KEPT_FOR) == 0
    assert forget_followers(at=now + KEPT_FOR + dt.timedelta(1)) == 1
    assert not is_known()


def test_pages_behind_a_link_are_nobody_else_s(rosa: Rosa) -> None:
    follow = rosa.follows(FollowKind.PLAN)
    answer = visit(links.to_theirs(follow.follower).removeprefix("http://localhost:8000"))
    assert answer.headers["referrer-policy"] == "strict-origin"
    assert "no-store" in answer.headers["cache-control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert ADDRESS not in answer.content.decode()


def test_no_log_has_an_address(activity: PlanElement, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", logger="vigia"):
        ask()
        visit(confirming(), {})
        visit(links.to_leave(Follower.objects.get()).removeprefix("http://localhost:8000"), {})
    assert mail.outbox
    assert "rosa" not in caplog.text
    assert "rosa" not in f"{Follower(email=ADDRESS)} {Follow(kind='plan')}"


@pytest.mark.parametrize(
    ("page", "leads_to", "times"),
    [
        ("/m/puno/2019-2022/", PLAN, 2),
        ("/m/puno/2019-2022/S.1.1.1/", PROMISE, 2),
        ("/m/puno/", WORDS, 1),
        ("/buscar/?q=comedores&municipio=puno", f"{WORDS}&palabra=comedores", 1),
    ],
)
def test_each_page_leads_to_its_form(
    page: str, leads_to: str, times: int, activity: PlanElement
) -> None:
    """A long one beside its answer, too, and not only at its end."""
    shown = visit(page).content.decode()
    assert shown.count(f'href="{leads_to.replace("&", "&amp;")}" rel="nofollow"') == times


def test_of_what_was_withdrawn_the_plan_is_followed_and_no_promise(
    activity: PlanElement, puno_unit: Unit, planner: User
) -> None:
    Responsibility.objects.get_or_create(element=activity, unit=puno_unit)
    withdraw_elements([activity], by=planner)
    shown = visit("/m/puno/2019-2022/S.1.1.1/").content.decode()
    assert "Quién responde" in shown
    assert "Seguir esta promesa" not in shown
    assert f'href="{PLAN.replace("&", "&amp;")}" rel="nofollow"' in shown


def test_the_page_of_an_office_does_too(activity: PlanElement, puno_unit: Unit) -> None:
    shown = visit(puno_unit.get_absolute_url()).content.decode()
    assert shown.count(f'href="/seguir/?m=puno&amp;oficina={puno_unit.pk}" rel="nofollow"') == 2
