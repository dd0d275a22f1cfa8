"""`manage.py add_person`: the first operator, and everybody after."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Municipality, Unit, User

pytestmark = pytest.mark.django_db
COMMAND = "accounts.management.commands.add_person"


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    monkeypatch.setenv("VIGIA_PASSWORD", "una-clave-bien-larga")


def add_person(*args: str) -> str:
    out = StringIO()
    call_command("add_person", *args, stdout=out)
    return out.getvalue().strip()


def refusal(*args: str) -> str:
    with pytest.raises(CommandError) as refused:
        add_person(*args)
    assert User.objects.count() == 0
    return str(refused.value)


def test_the_first_operator_is_added() -> None:
    said = add_person("Ana@Vigia.pe", "--role", "operador", "--name", "Ana Quispe")
    assert said == "ana@vigia.pe: Operador del portal."
    person = User.objects.get()
    assert (person.email, person.name) == ("ana@vigia.pe", "Ana Quispe")
    assert person.check_password("una-clave-bien-larga")


def test_a_known_person_gets_one_more_role_and_keeps_their_password(
    planner: User, puno: Municipality, puno_unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VIGIA_PASSWORD")
    before = planner.password
    role = ("--role", "responsable", "--municipality", "puno", "--unit", puno_unit.name)
    assert (
        add_person(planner.email.upper(), *role)
        == f"{planner.email}: Responsable de unidad orgánica."
    )
    assert add_person(planner.email, *role).endswith("No se cambió nada.")
    planner.refresh_from_db()
    assert planner.password == before
    assert planner.memberships.count() == 2


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("--role", "planificacion", "--municipality", "nada"), "No hay municipalidad con la"),
        (("--role", "planificacion"), "todos los demás roles necesitan una municipalidad"),
        (("--role", "operador", "--municipality", "puno"), "no lleva municipalidad ni unidad"),
        (("--role", "responsable", "--municipality", "puno"), "informa por una unidad orgánica"),
        (
            ("--role", "responsable", "--municipality", "puno", "--unit", "Nada"),
            "no tiene la unidad «Nada». Tiene: Gerencia de Obras.",
        ),
        (("--role", "responsable", "--unit", "Gerencia de Obras"), "diga también --municipality"),
        (("--role", "alcaldesa"), "alcaldesa"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(
    args: tuple[str, ...], reason: str, puno_unit: Unit
) -> None:
    assert reason in refusal("a@b.pe", *args)


def test_an_address_that_is_none_is_told() -> None:
    assert "correo" in refusal("nadie", "--role", "operador")


def test_a_poor_password_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIA_PASSWORD", "corta")
    assert "12" in refusal("a@b.pe", "--role", "operador")


def test_without_terminal_and_variable_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIGIA_PASSWORD")
    assert refusal("a@b.pe", "--role", "operador") == (
        "Sin terminal, ponga la contraseña en VIGIA_PASSWORD."
    )


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("again", "added"), [("una-clave-bien-larga", 1), ("otra", 0)])
def test_at_a_terminal_the_password_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch, again: str, added: int
) -> None:
    answers: Any = iter(["una-clave-bien-larga", again])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(f"{COMMAND}.getpass", lambda prompt: next(answers))
    if added:
        add_person("a@b.pe", "--role", "operador")
    else:
        assert refusal("a@b.pe", "--role", "operador") == "Las dos contraseñas no son iguales."
    assert User.objects.count() == added


def test_who_left_is_not_given_a_role(planner: User) -> None:
    User.objects.filter(pk=planner.pk).update(is_active=False)
    with pytest.raises(CommandError, match="actívela primero"):
        add_person(planner.email, "--role", "operador")
