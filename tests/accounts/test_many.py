"""Units and people, many at once: pasted as lines or from a sheet."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.choices import Role
from accounts.models import Invitation, Municipality, Unit, User
from accounts.spreadsheets.writing import Column, Form, workbook
from tests.conftest import SignIn
from tests.factories import make_unit

pytestmark = pytest.mark.django_db
UNITS, PEOPLE = "/gestion/unidades/puno/varias/", "/gestion/personas/puno/invitar/varias/"


def send(browser: Client, place: str, lines: str, action: str = "guardar", **more: Any) -> Any:
    return browser.post(place, {"lines": lines, "accion": action, **more})


def waiting(answer: Any) -> dict[int, str]:
    """The reason of each line that waits, by its number."""
    return {row.line.number: row.reason for row in answer.context["waiting"]}


def left(answer: Any) -> str:
    return str(answer.context["form"]["lines"].value())


def invited() -> list[tuple[str, str, str]]:
    rows = Invitation.objects.order_by("email").select_related("unit")
    return [(each.email, each.role, str(each.unit or "")) for each in rows]


def test_units_are_looked_at_and_then_added(browser: Client, puno: Municipality) -> None:
    make_unit(puno, "Gerencia de Obras")
    lines = (
        "GERENCIA DE OBRAS\n\n ;; \nDefensoría del Niño; DEMUNA\nÁrea de Turismo, Cultura y Deporte"
    )
    answer = send(browser, UNITS, lines, "revisar")
    assert [len(answer.context[name]) for name in ("new", "known", "waiting")] == [2, 1, 0]
    assert Unit.objects.count() == 1
    assert send(browser, UNITS, lines)["Location"] == "/gestion/unidades/puno/"
    assert list(Unit.objects.order_by("pk").values_list("name", "acronym"))[1:] == [
        ("Defensoría del Niño", "DEMUNA"),
        ("Área de Turismo, Cultura y Deporte", ""),
    ]
    send(browser, UNITS, lines)
    assert Unit.objects.count() == 3


def test_units_that_are_unclear_wait_and_the_others_are_added(
    browser: Client, puno: Municipality
) -> None:
    make_unit(puno, "Gerencia de Obras")
    make_unit(puno, "Área antigua", closed_on="2020-01-01")
    lines = f"Gerencia de Obra\nArea antigua\n{'x' * 151}\nRentas\n; SIN\nRentas; R"
    answer = send(browser, UNITS, lines)
    assert answer.status_code == 422
    reasons = waiting(answer)
    assert set(reasons) == {1, 2, 3, 5}
    assert "Se parece a «Gerencia de Obras»" in reasons[1]
    assert "se suprimió" in reasons[2]
    assert reasons[5].startswith("Nombre: ")
    assert left(answer).splitlines()[:2] == ["Gerencia de Obra", "Area antigua"]
    assert Unit.objects.filter(name="Rentas").count() == 1


def test_a_sheet_brings_units_in_any_order_of_columns(browser: Client) -> None:
    columns = [Column("Sigla"), Column("Unidad orgánica")]
    sheet = workbook([Form("ROF", columns, [["GDE", "Gerencia de Desarrollo"], ["", "Rentas"]])])
    file = SimpleUploadedFile("rof.xlsx", sheet)
    assert "GDE" in left(send(browser, UNITS, "", "revisar", file=file))
    file.seek(0)
    send(browser, UNITS, "", file=file)
    assert set(Unit.objects.values_list("name", "acronym")) == {
        ("Gerencia de Desarrollo", "GDE"),
        ("Rentas", ""),
    }


def test_everybody_of_a_list_is_invited_once(browser: Client, puno: Municipality) -> None:
    make_unit(puno, "Gerencia de Obras", acronym="GO")
    lines = "Obras@puno.pe; gerencia de obras\nrentas@puno.pe\tGO\tResponsable\tRosa\n"
    lines += "plan@puno.pe;;Planificación"
    assert send(browser, PEOPLE, lines, "revisar").status_code == 200
    assert not Invitation.objects.exists()
    assert send(browser, PEOPLE, lines)["Location"] == "/gestion/personas/puno/"
    assert invited() == [
        ("obras@puno.pe", Role.REPORTER, "Gerencia de Obras"),
        ("plan@puno.pe", Role.PLANNING, ""),
        ("rentas@puno.pe", Role.REPORTER, "Gerencia de Obras"),
    ]
    assert send(browser, PEOPLE, lines).status_code == 302
    assert Invitation.objects.count() == 3


def test_faulty_lines_wait_with_their_sentence_and_the_others_are_invited(
    browser: Client, puno: Municipality, reporter: User
) -> None:
    make_unit(puno, "Rentas")
    lines = [
        "nada",
        "a@puno.pe; Renta",
        "b@puno.pe; Rentas; jefe",
        "c@puno.pe",
        "d@puno.pe; Rentas",
        "D@puno.pe; Rentas",
        f"{reporter.email}; Gerencia de Obras",
        "e@puno.pe; Inexistente",
    ]
    answer = send(browser, PEOPLE, "\n".join(lines))
    assert answer.status_code == 422
    reasons = waiting(answer)
    assert set(reasons) == {1, 2, 3, 4, 6, 8}
    assert "¿Es «Rentas»?" in reasons[2]
    assert "«jefe» no es un rol" in reasons[3]
    assert "Elija un rol" in reasons[4] or "obligatorio" in reasons[4].lower()
    assert reasons[6] == "Esa línea está dos veces."
    assert [row.line.number for row in answer.context["known"]] == [7]
    assert left(answer) == "\n".join(lines[n - 1] for n in sorted(reasons))
    assert [each[0] for each in invited()] == ["d@puno.pe"]
    assert "Sale 1 invitación." in unescape(answer.content.decode())


@pytest.mark.parametrize("place", [UNITS, PEOPLE])
def test_nothing_too_much_and_no_other_file_are_refused(browser: Client, place: str) -> None:
    assert "Pegue al menos una línea" in send(browser, place, " ").content.decode()
    assert "demasiadas líneas" in send(browser, place, "a\n" * 501).content.decode()
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 nada")
    answer = send(browser, place, "Rentas", file=file)
    assert answer.status_code == 422
    assert ">Rentas</textarea>" in answer.content.decode().replace("\n", "")


def test_a_unit_of_another_place_is_not_found_by_its_name(
    browser: Client, lamas: Municipality
) -> None:
    make_unit(lamas, "Rentas")
    assert "No hay una unidad" in waiting(send(browser, PEOPLE, "a@puno.pe; Rentas"))[1]


def test_who_may_and_who_may_not(
    puno: Municipality, planner: User, outsider: User, reporter: User, signed_in: SignIn
) -> None:
    statuses = {
        person.email: [signed_in(person).get(place).status_code for place in (UNITS, PEOPLE)]
        for person in (planner, outsider, reporter)
    }
    assert list(statuses.values()) == [[200, 403], [404, 404], [403, 403]]
