"""What is made up is served on one's own machine, or in public where each page says so."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from config.demonstration import refuse_demonstration
from plans.models import Plan
from tests.conftest import SignIn
from tests.factories import make_person

SAYS = "Avances simulados para demostración"


@pytest.fixture
def real(settings: Any) -> Any:
    settings.REAL = settings.SECURE = True
    return settings


def test_a_real_portal_does_not_start_with_people_of_the_demonstration(
    real: Any, operator: User
) -> None:
    refuse_demonstration()
    made_up = make_person("operador@vigia.example", Role.OPERATOR)
    with pytest.raises(ImproperlyConfigured, match=r"correo «\.example»: 1;.* simulados: 0\)"):
        refuse_demonstration()
    made_up.is_active = False
    made_up.save()
    refuse_demonstration()


def test_a_real_portal_does_not_start_with_simulated_progress(real: Any, puno_plan: Plan) -> None:
    refuse_demonstration()
    Plan.objects.update(simulated=True)
    with pytest.raises(ImproperlyConfigured, match="ponga DEMONSTRATION=1"):
        refuse_demonstration()
    real.REAL = False
    refuse_demonstration()


def test_in_public_each_page_says_once_that_it_is_a_demonstration(
    settings: Any, client: Client, puno_plan: Plan, planner: User, signed_in: SignIn
) -> None:
    assert SAYS not in client.get("/cuenta/ingresar/").content.decode()
    settings.DEMONSTRATION = True
    Plan.objects.update(simulated=True)
    assert client.get("/cuenta/ingresar/").content.decode().count(f"<strong>{SAYS}") == 1
    office = signed_in(planner).get("/gestion/unidades/puno/").content.decode()
    assert office.count(f"<strong>{SAYS}") == 1
