"""The command that plays the telephone of a simulated person."""

import re
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from plans.models import Plan
from tests.factories import TOTP_SECRET
from tracking.demo.people import PASSWORD, secret_of
from tracking.management.commands.demo_code import code_at

PLANNER = "planificacion@puno.example"


@pytest.fixture
def simulated(puno_plan: Plan) -> None:
    call_command("simulate_progress", stdout=StringIO())


@pytest.fixture
def one_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """No code runs out between being told and being typed."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


def run(email: str) -> str:
    out = StringIO()
    call_command("demo_code", email, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("instant", "code", "seconds"),
    [(59, "287082", 31), (1111111109, "081804", 31), (1234567890, "005924", 60)],
)
def test_codes_are_those_of_the_standard(instant: int, code: str, seconds: int) -> None:
    """RFC 6238, appendix B, in six digits."""
    assert code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", instant) == (code, seconds)


def test_the_code_is_the_one_that_signs_in(
    client: Client, simulated: None, one_instant: None
) -> None:
    typed = {"login": PLANNER, "password": PASSWORD}
    asked = client.post("/cuenta/ingresar/", typed)
    assert "_auth_user_id" not in client.session
    said = re.fullmatch(r"([0-9]{6}) \(sirve ([0-9]+) segundos más\)\n", run(PLANNER.upper()))
    assert said
    assert 31 <= int(said[2]) <= 60
    assert client.post(asked["Location"], {"code": said[1]}).status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=PLANNER).pk)


def test_whoever_set_up_another_telephone_gets_its_code(simulated: None, one_instant: None) -> None:
    person = User.objects.get(email=PLANNER)
    Authenticator.objects.filter(user=person).delete()
    TOTP.activate(person, TOTP_SECRET)
    code = run(PLANNER)[:6]
    assert TOTP(Authenticator.objects.get(user=person)).validate_code(code)


def test_each_installation_and_each_person_has_a_secret_of_its_own(settings: Settings) -> None:
    first = secret_of(PLANNER)
    assert first == secret_of(PLANNER)
    assert first != secret_of("presupuesto@puno.example")
    settings.SECRET_KEY = "another installation"
    assert first != secret_of(PLANNER)


def test_only_the_people_of_the_demonstration(simulated: None, planner: User) -> None:
    for email in (planner.email, "nadie@puno.example"):
        with pytest.raises(CommandError, match="no es de una persona de la demostración"):
            run(email)


def test_who_has_no_second_factor_is_told_so(simulated: None) -> None:
    with pytest.raises(CommandError, match="entra solo con su contraseña"):
        run("desarrollo.social@puno.example")


def test_production_refuses(simulated: None, settings: Settings) -> None:
    settings.REAL = True
    with pytest.raises(CommandError, match="SITE_URL empieza con https"):
        run(PLANNER)
