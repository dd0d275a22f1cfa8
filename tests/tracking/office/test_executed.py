"""The follow-up of the operating plan as a sheet: what is kept of it, and told of the rest."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from plans.models import PlanElement
from plans.term import Term
from tests.conftest import SignIn
from tests.factories import make_plan
from tests.filled import as_xlsx, book_with, text, upload
from tests.tracking.office.executed import CODE, give_code, keep
from tracking.models import ExecutedQuantity
from tracking.office.sheets.operating import quarter_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets_read_here")]
PAGE = "/gestion/poi/puno/2019/"
HEADINGS = ["Cód. actividad operativa", "AÑO", "Trimestre", "Cantidad ejecutada", "Unidad medida"]
GOOD = [CODE, "2019", "1", "12", "Informe"]


@pytest.fixture
def coded(activity: PlanElement, planner: User) -> PlanElement:
    give_code(activity, by=planner)
    return activity


def send(desk: Client, *lines: list[str], action: str = "guardar") -> Any:
    return upload(desk, PAGE, [HEADINGS, *lines], action)


def kept() -> list[tuple[int, Decimal, str]]:
    rows = ExecutedQuantity.objects.order_by("quarter")
    return list(rows.values_list("quarter", "quantity", "unit"))


FIRST = (1, Decimal(12), "Informe")


def test_what_a_sheet_says_is_kept_by_code_and_quarter(coded: PlanElement, desk: Client) -> None:
    lines = [
        ["Seguimiento del POI", "", "", "", "", "", ""],
        ["Unidad de medida", "Meta", "Otra", "Ejecutado", "Trim.", "Ejercicio", "Código"],
        ["Informe", "20", "x", "12", "I", "2019", "aoi001"],
        ["Informe", "20", "x", "1,250.5", "2.º trimestre", "2019", CODE],
    ]
    answer = upload(desk, PAGE, as_xlsx(lines))
    assert answer.status_code == 200
    assert kept() == [FIRST, (2, Decimal("1250.5"), "Informe")]
    row = ExecutedQuantity.objects.get(quarter=1)
    assert (row.code, row.year, row.target, row.source) == (CODE, 2019, Decimal(20), "hoja")
    assert "Se guardaron 2 cantidades." in text(answer)
    assert "S.1.1.1" in text(answer)


def test_a_newer_sheet_replaces_and_tells_since_when_the_other_stood(
    coded: PlanElement, desk: Client
) -> None:
    send(desk, GOOD)
    answer = send(desk, [CODE, "2019", "1", "14", "informes"])
    assert kept() == [(1, Decimal(14), "informes")]
    assert "12 Informe (guardado el" in text(answer)
    assert "1 no trae nada nuevo" in text(send(desk, [CODE, "2019", "1", "14", "informes"]))


def test_a_sheet_that_is_only_tried_keeps_nothing(coded: PlanElement, desk: Client) -> None:
    assert "todavía no se guardó nada" in text(send(desk, GOOD, action="revisar"))
    assert kept() == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["", "2019", "2", "8", "Informe"], "No dice de qué código es."),
        ([CODE, "2020", "2", "8", "Informe"], "Es del año 2020, y esta página es la de 2019."),
        ([CODE, "2019", "5", "8", "Informe"], "No se entiende el trimestre «5»"),
        ([CODE, "2019", "2", "-8", "Informe"], "«-8»: No puede ser negativo."),
        ([CODE, "2019", "2", "ocho", "Informe"], "«ocho» no se entiende como cifra."),
        ([CODE, "2019", "2", "80 %", "Informe"], "aquí no va un porcentaje"),
        ([CODE, "2019", "2", "1.500", "Informe"], "puede ser"),
        ([CODE, "2019", "2", "2019-06-30", "Informe"], "convirtió en fecha"),
        ([CODE, "2019", "2", "", "Informe"], "No dice cuánto se ejecutó."),
        ([CODE, "2019", "2", "8", ""], "Diga la unidad de medida"),
        (GOOD, "Repite lo que dice fila 2."),
    ],
)
def test_of_a_row_that_cannot_be_nothing_is_kept_and_it_is_told_why(
    coded: PlanElement, desk: Client, line: list[str], reason: str
) -> None:
    answer = send(desk, GOOD, line)
    assert answer.status_code == 422
    assert reason in text(answer)
    assert kept() == [FIRST]


def test_two_figures_of_a_quarter_or_two_units_of_a_code_are_left(
    coded: PlanElement, desk: Client, planner: User
) -> None:
    answer = send(desk, GOOD, [CODE, "2019", "1", "13", "Informe"])
    assert "está en fila 2, fila 3, y no dicen lo mismo" in text(answer)
    answer = send(desk, GOOD, [CODE, "2019", "2", "3", "Taller"])
    assert "varias unidades en el año (Informe, Taller)" in text(answer)
    assert kept() == []
    keep(coded, 12, by=planner)
    assert "(Taller, Informe)" in text(send(desk, [CODE, "2019", "2", "3", "Taller"]))


def test_codes_that_serve_no_promise_are_counted_and_listed(
    coded: PlanElement, desk: Client
) -> None:
    answer = send(desk, GOOD, ["AOI999", "2019", "1", "3", "Taller"], ["AOI999", "x", "", "", ""])
    assert answer.status_code == 200
    assert "1 código de la hoja no sirve a ninguna promesa" in text(answer)
    assert "AOI999 <span" in answer.content.decode()
    assert "2 filas" in text(answer)
    assert kept() == [FIRST]


def test_a_formula_without_a_result_is_left(coded: PlanElement, desk: Client) -> None:
    def formula(sheet: Any) -> None:
        sheet.write_formula(1, 3, "=6+6", value="")

    answer = upload(desk, PAGE, book_with(formula, HEADINGS, GOOD))
    assert "tiene una fórmula sin resultado" in text(answer)
    assert kept() == []


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (b"", "El archivo está vacío."),
        ([HEADINGS], "no tiene filas debajo de sus encabezados"),
        ([HEADINGS[:3], GOOD[:3]], "le falta la columna «Cantidad ejecutada», «Unidad de medida»"),
        ([["Hola"], ["1"]], "ninguna hoja tiene la columna"),
    ],
)
def test_what_is_no_such_sheet_is_refused_in_words(
    coded: PlanElement, desk: Client, lines: Any, reason: str
) -> None:
    answer = upload(desk, PAGE, lines)
    assert answer.status_code == 422
    assert reason in text(answer)


def test_a_scheme_that_names_a_year_is_of_that_year_alone(
    activity: PlanElement, desk: Client, planner: User
) -> None:
    give_code(activity, by=planner, scheme="POI 2020")
    assert "1 código de la hoja no sirve a ninguna promesa" in text(send(desk, GOOD))
    assert kept() == []


def test_each_place_has_its_own(
    coded: PlanElement, desk: Client, outsider: User, signed_in: SignIn
) -> None:
    send(desk, GOOD)
    assert signed_in(outsider).get(PAGE).status_code == 404
    public = Client().get(f"/m/puno/2019-2022/{coded.ref}/").content.decode()
    assert "12 Informe" not in public


def test_the_door_leads_to_a_year_of_the_plan(coded: PlanElement, desk: Client) -> None:
    assert desk.get("/gestion/poi/puno/")["Location"] == "/gestion/poi/puno/2022/"
    year = timezone.localdate().year + 1
    make_plan(coded.plan.municipality, term=Term(year, year + 3))
    assert desk.get("/gestion/poi/puno/")["Location"] == "/gestion/poi/puno/2022/"


@pytest.mark.parametrize(
    ("written", "quarter"),
    [
        ("1", 1),
        ("II", 2),
        ("3.er trimestre", 3),
        ("T4", 4),
        ("2019-T1", 1),
        ("Segundo trimestre", 2),
        ("IV Trim.", 4),
        ("1 semestre", None),
        ("13", None),
        ("", None),
    ],
)
def test_a_quarter_is_read_as_offices_write_it(written: str, quarter: int | None) -> None:
    assert quarter_in(written) == quarter
