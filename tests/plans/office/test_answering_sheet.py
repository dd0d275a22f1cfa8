"""Who answers for each promise, by a sheet of references and units."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Municipality, Unit, User
from accounts.spreadsheets.reading import read_workbook
from accounts.spreadsheets.writing import Column, Form, workbook
from plans.models import Plan, Responsibility
from tests.conftest import SignIn
from tests.factories import make_unit

pytestmark = pytest.mark.django_db
PAGE = "/gestion/plan/puno/2019-2022/responsables/"
FILE = f"{PAGE}responsables.xlsx"


@pytest.fixture
def desk(planner: User, puno_plan: Plan, puno_unit: Unit, signed_in: SignIn) -> Client:
    make_unit(puno_unit.municipality, "Rentas", acronym="R")
    return signed_in(planner)


def send(desk: Client, lines: str, action: str = "guardar", **more: Any) -> Any:
    return desk.post(PAGE, {"lines": lines, "accion": action, **more})


def answering() -> set[tuple[str, str]]:
    return set(Responsibility.objects.values_list("element__ref", "unit__name"))


def test_each_line_names_a_unit_and_several_lines_several(desk: Client, puno_plan: Plan) -> None:
    lines = "S.1.1.1; R\ns.1.1.2; gerencia de obras\nS.1.1.2; Rentas"
    assert send(desk, lines, "revisar").status_code == 200
    assert not answering()
    assert send(desk, lines)["Location"] == "/gestion/plan/puno/2019-2022/"
    both = {("S.1.1.2", "Gerencia de Obras"), ("S.1.1.2", "Rentas")}
    assert answering() == {("S.1.1.1", "Rentas")} | both
    before = Plan.objects.get(pk=puno_plan.pk).version
    send(desk, "S.1.1.1; Gerencia de Obras")
    assert answering() == {("S.1.1.1", "Gerencia de Obras")} | both
    assert send(desk, lines.splitlines()[1] + "\n" + lines.splitlines()[2]).status_code == 302
    assert Plan.objects.get(pk=puno_plan.pk).version == before + 1


def test_what_is_unclear_waits_whole_and_the_rest_is_done(desk: Client) -> None:
    answer = send(
        desk, "S.1.1.1; Rentas\nS.1.1.2; Renta\nS.1.1.2; Rentas\nX.9; Rentas\nL;\nL, Rentas"
    )
    assert answer.status_code == 422
    assert answering() == {("S.1.1.1", "Rentas")}
    reasons = {row.line.number: row.reason for row in answer.context["waiting"]}
    assert set(reasons) == {2, 3, 4, 5, 6}
    assert "¿Es «Rentas»?" in reasons[2]
    assert "X.9" in reasons[4]
    kept = answer.context["form"]["lines"].value()
    assert kept == "S.1.1.2; Renta\nS.1.1.2; Rentas\nX.9; Rentas\nL\nL, Rentas"


def test_all_the_lines_of_a_promise_come_back_in_their_order(desk: Client) -> None:
    lines = "X.9; Rentas\nS.1.1.2; Gerencia de Obras\nS.1.1.2; Rentas"
    assert send(desk, lines, "revisar").context["form"]["lines"].value() == lines
    lines += "\nS.1.1.2; Renta"
    assert send(desk, lines).context["form"]["lines"].value() == lines


def test_what_a_sheet_leaves_blank_stays_as_it_is(desk: Client) -> None:
    send(desk, "S.1.1.1; Rentas")
    columns = [Column("Código"), Column("Unidad orgánica")]
    rows = [["S.1.1.1", ""], ["S.1.1.2", "Rentas"]]
    file = SimpleUploadedFile("x.xlsx", workbook([Form("x", columns, rows)]))
    answer = send(desk, "", "revisar", file=file)
    assert answer.context["form"]["lines"].value() == "S.1.1.2; Rentas"
    file.seek(0)
    assert send(desk, "", file=file).status_code == 302
    assert answering() == {("S.1.1.1", "Rentas"), ("S.1.1.2", "Rentas")}
    file = SimpleUploadedFile("x.xlsx", workbook([Form("x", columns, rows[:1])]))
    assert "ninguna fila llena" in send(desk, "", file=file).content.decode()


def test_the_sheet_that_is_downloaded_comes_back_filled_in(desk: Client) -> None:
    send(desk, "S.1.1.1; Rentas")
    rows = read_workbook(desk.get(FILE).content, "x.xlsx").sheets[0].rows
    assert [row.at(2) for row in rows] == ["Unidad orgánica", "Rentas", ""]
    columns = [Column(cell) for cell in rows[0].cells]
    filled = [[row.at(0), row.at(1), "Gerencia de Obras"] for row in rows[1:]]
    file = SimpleUploadedFile("x.xlsx", workbook([Form("x", columns, filled)]))
    send(desk, "", file=file)
    assert answering() == {
        ("S.1.1.1", "Gerencia de Obras"),
        ("S.1.1.2", "Gerencia de Obras"),
    }


def test_a_unit_of_another_place_or_that_is_gone_answers_for_nothing(
    desk: Client, lamas: Municipality
) -> None:
    make_unit(lamas, "Zonal")
    Unit.objects.filter(name="Rentas").update(closed_on="2020-01-01")
    answer = send(desk, "S.1.1.1; Zonal\nS.1.1.2; Rentas")
    assert len(answer.context["waiting"]) == 2
    assert not answering()


def test_who_may_not(puno_plan: Plan, outsider: User, reporter: User, signed_in: SignIn) -> None:
    for person, status in ((outsider, 404), (reporter, 403)):
        assert signed_in(person).get(PAGE).status_code == status
        assert signed_in(person).get(FILE).status_code == status
