"""What activities cost, as a sheet that is downloaded and filled in, or as the SIAF exports it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.models import Plan, PlanElement
from tests.filled import Lines, as_xlsx, book_with, downloaded, fill, text, upload
from tests.tracking.office.sheets import sent_by
from tests.tracking.office.spent import PAGE, SHARED, add_activity, post, row, stored
from tracking.models import Expenditure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets_read_here")]
FILE, UPLOAD = f"{PAGE}gasto.xlsx", f"{PAGE}archivo/"
PAID: Any = {"PIA": "1000", "PIM": "1500.50", "Devengado": "600"}
CUI = "2345678"
SAVED = (1, Decimal(1000), Decimal("1500.5"), Decimal(600))


@pytest.fixture
def project(other: PlanElement) -> PlanElement:
    """An activity with its CUI, beside `activity`."""
    PlanElement.objects.filter(pk=other.pk).update(cui=CUI)
    return other


def send(desk: Client, content: Lines | bytes, action: str = "guardar", **shared: str) -> Any:
    return upload(desk, UPLOAD, content, action, **{**SHARED, **shared})


def mend(desk: Client, answer: Any, **shared: str) -> Any:
    """Save the rows that wait in ANSWER as they are."""
    (form,) = [each for each in answer.content.decode().split("<form") if 'name="row"' in each]
    return desk.post(PAGE, {**sent_by(form.partition("</form>")[0]), **shared})


def test_filled_in_and_sent_back_it_is_stated(
    activity: PlanElement, project: PlanElement, desk: Client
) -> None:
    lines = fill(downloaded(desk, FILE), "S.1.1.1", **PAID, Fuente="SIAF de enero")
    assert lines[0] == [
        *("Código", "Actividad", "CUI", "Registrado", "PIA", "PIM", "Devengado"),
        *("Al día", "Fuente", "Motivo del cambio", "Marca"),
    ]
    assert [each[2] for each in lines[1:]] == ["", CUI]
    answer = send(desk, lines)
    assert answer.status_code == 200
    assert "1 fila se guardó · 1 no trae nada nuevo · 0 esperan" in text(answer)
    assert "Se guardaron las cifras de 1 actividad." in text(answer)
    assert stored(activity) == [SAVED]
    found = Expenditure.objects.get()
    assert (found.as_of, found.source) == (dt.date(2019, 12, 31), "SIAF de enero")
    assert stored(project) == []


def test_a_trial_shows_what_was_understood_and_states_nothing(
    activity: PlanElement, desk: Client
) -> None:
    answer = send(desk, fill(downloaded(desk, FILE), "S.1.1.1", **PAID), "revisar")
    assert "todavía no se guardó nada" in text(answer)
    assert "S/ 1,500.50" in text(answer)
    assert stored(activity) == []


def test_sent_twice_it_says_nothing_new(activity: PlanElement, desk: Client) -> None:
    lines = fill(downloaded(desk, FILE), "S.1.1.1", **PAID)
    send(desk, lines)
    answer = send(desk, lines)
    assert answer.status_code == 200
    assert "0 filas se guardaron · 1 no trae nada nuevo · 0 esperan" in text(answer)
    assert stored(activity) == [SAVED]


def test_what_a_colleague_stated_after_the_download_is_not_overwritten(
    activity: PlanElement, desk: Client
) -> None:
    lines = fill(downloaded(desk, FILE), "S.1.1.1", **PAID)
    post(desk, row(activity))
    answer = send(desk, lines, reason="Se corrigió")
    assert answer.status_code == 422
    assert "Otra persona registró cifras de esta actividad" in text(answer)
    assert len(stored(activity)) == 1
    mend(desk, answer, reason="Se corrigió")


def test_what_waits_is_mended_in_the_page(activity: PlanElement, desk: Client) -> None:
    lines = fill(downloaded(desk, FILE), "S.1.1.1", **{**PAID, "Devengado": "9,999"})
    answer = send(desk, lines, source="")
    page = text(answer)
    assert answer.status_code == 422
    assert "Escribió «9,999»" in page or "El devengado no puede pasar del PIM." in page
    assert stored(activity) == []
    mended = mend(desk, answer, **{f"r{activity.pk}-accrued": "600", "source": "SIAF"})
    assert mended.status_code == 302
    assert stored(activity) == [SAVED]


def test_a_change_needs_its_reason(activity: PlanElement, desk: Client) -> None:
    post(desk, row(activity))
    lines = fill(downloaded(desk, FILE), "S.1.1.1", Devengado="700000")
    answer = send(desk, lines)
    assert "Diga por qué cambian las cifras que ya estaban: es público." in text(answer)
    assert "1 fila se guardó" in text(send(desk, lines, reason="Cierre de diciembre"))
    assert len(stored(activity)) == 2


def test_rows_of_another_year_and_of_no_activity_are_left(
    activity: PlanElement, desk: Client
) -> None:
    lines = fill(downloaded(desk, FILE), "S.1.1.1", **PAID)
    lines = [[each.replace("puno/2019/", "puno/2018/") for each in row] for row in lines]
    answer = send(desk, [*lines, ["S.9.9", *[""] * 10]])
    assert "Es de la hoja de 2018, y esta es la de 2019." in text(answer)
    assert "El plan no tiene hoy una actividad con ese código." in text(answer)
    assert stored(activity) == []


def test_a_formula_without_a_result_is_left_with_its_reason(
    activity: PlanElement, desk: Client
) -> None:
    def change(sheet: Any) -> None:
        sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")

    lines = fill(downloaded(desk, FILE), "S.1.1.1", **PAID)
    answer = send(desk, book_with(change, *lines))
    assert "PIM: tiene una fórmula sin resultado, o con error" in text(answer)
    assert stored(activity) == []


EXPORT: Any = [
    ["Consulta Amigable", "", "", "", ""],
    ["Código Único de Inversiones", "Devengado", "Girado", "PIM", "PIA"],
    [f"{CUI}: MEJORAMIENTO DEL SERVICIO", 600, 600, 1500.5, 1000],
    ["2999999: CREACIÓN DE OTRO", 1, 1, 1, 1],
    ["TOTAL", 601, 601, 1501.5, 1001],
]


def test_an_export_is_read_by_its_headings_and_matched_by_cui_alone(
    activity: PlanElement, project: PlanElement, desk: Client
) -> None:
    answer = send(desk, as_xlsx(EXPORT))
    page = text(answer)
    assert "1 fila se guardó · 0 no traen nada nuevo · 0 esperan · 2 no se tomaron" in page
    assert "Ninguna actividad del plan tiene ese CUI" in page
    assert "No empieza con un CUI" in page
    assert "No se leen estas columnas: «Girado»." in page
    assert stored(project) == [SAVED]
    assert stored(activity) == []
    assert "1 no trae nada nuevo" in text(send(desk, as_xlsx(EXPORT)))


def test_of_several_columns_with_codes_the_one_that_says_cui_is_taken(
    project: PlanElement, desk: Client
) -> None:
    lines = [["Código", "Proyecto", "CUI", "PIA", "PIM", "Devengado"]]
    lines.append(["1", "2999999: Otro", CUI, "1000", "1500.5", "600"])
    send(desk, lines)
    assert stored(project) == [SAVED]


def test_a_number_that_may_be_another_waits_for_a_person(
    project: PlanElement, desk: Client
) -> None:
    lines = [["PRODUCTO_PROYECTO", "MONTO_PIA", "MONTO_PIM", "MONTO_DEVENGADO"]]
    lines.append([CUI, "1000", "1500.5", "600"])
    answer = send(desk, lines)
    assert "La columna no dice que sea el CUI, y 2345678 es el de" in text(answer)
    assert stored(project) == []
    mend(desk, answer)
    assert stored(project) == [SAVED]


def test_rows_of_one_cui_are_summed_and_the_sum_waits_for_a_person(
    project: PlanElement, desk: Client
) -> None:
    lines = [["CUI", "PIA", "PIM", "Devengado"]]
    lines += [[CUI, "1000", "1500.5", ""], [CUI, "0", "0", "250.25"], [CUI, "", "", "349.75"]]
    answer = send(desk, lines)
    assert "Es la suma de 3 filas (fila 2, fila 3, fila 4): si es así, guarde otra vez." in text(
        answer
    )
    assert stored(project) == []
    mend(desk, answer)
    assert stored(project) == [SAVED]


def test_a_sum_of_what_is_no_figure_is_left(project: PlanElement, desk: Client) -> None:
    lines = [["CUI", "PIA", "PIM", "Devengado"], [CUI, "1", "2", "x"], [CUI, "1", "2", "3"]]
    assert "«x» no se entiende como cifra" in text(send(desk, lines))
    assert stored(project) == []


def test_an_export_of_other_years_or_with_two_activities_of_a_cui_is_left(
    project: PlanElement, plan: Plan, desk: Client
) -> None:
    lines = [["Año", "CUI", "PIA", "PIM", "Devengado"], ["2018", CUI, "1", "2", "1"]]
    assert "Es del año 2018, y esta hoja es la de 2019." in text(send(desk, lines))
    PlanElement.objects.filter(pk=add_activity(plan, 3).pk).update(cui=CUI)
    lines[1][0] = "2019"
    answer = send(desk, lines)
    assert "el gasto no se reparte: S.1.1.3, S.1.1.4." in text(answer)
    assert stored(project) == []


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            [["SEC_EJEC", "CUI", "PIM"], ["300123", CUI, "2"], ["300124", CUI, "2"]],
            "trae varias unidades ejecutoras (300123, 300124)",
        ),
        ([["CUI", "Año"], [CUI, "2019"]], "no tiene un CUI con su PIA, PIM o devengado."),
        ([["a", "b"], ["1", "2"]], "ninguna hoja tiene la columna «CUI»"),
    ],
)
def test_another_sheet_is_refused_whole(
    project: PlanElement, desk: Client, lines: Lines, reason: str
) -> None:
    answer = send(desk, lines)
    assert answer.status_code == 422
    assert reason in text(answer)


def test_headings_in_two_rows_are_read(project: PlanElement, desk: Client) -> None:
    def change(sheet: Any) -> None:
        for at, heading in ((0, "CUI"), (1, "PIA"), (2, "PIM")):
            sheet.merge_range(0, at, 1, at, heading)
        sheet.merge_range(0, 3, 0, 4, "Ejecución")

    content = book_with(
        change, [], ["", "", "", "Devengado", "Girado"], [CUI, 1000, 1500.5, 600, 0]
    )
    assert "1 fila se guardó" in text(send(desk, content))
    assert stored(project) == [SAVED]


def test_making_and_reading_ask_alike_of_few_activities_and_of_many(
    activity: PlanElement, plan: Plan, desk: Client
) -> None:
    asked = []
    for more in (2, 9):
        add_activity(plan, more)
        with CaptureQueriesContext(connection) as making:
            lines = downloaded(desk, FILE)
        for each in lines[1:]:
            fill(lines, each[0], **PAID)
        with CaptureQueriesContext(connection) as reading:
            answer = send(desk, lines, "revisar")
        assert len(answer.context["reply"].taken) == len(lines) - 1
        asked.append((len(making), len(reading)))
    assert asked[0] == asked[1]
