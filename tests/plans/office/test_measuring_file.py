"""How promises are measured, as a sheet that is downloaded, filled in and sent back."""

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from plans.choices import MeasureKind
from plans.models import MeasuringTerms, Plan
from plans.services.editing import state_alike
from tests.conftest import SignIn
from tests.filled import Lines, downloaded, fill, text, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sheets_read_here")]
PLACE = "/gestion/plan/puno/2019-2022/hoja/"
FILE, UPLOAD = f"{PLACE}medicion.xlsx", f"{PLACE}archivo/"
REASON = "Se acordó al preparar el periodo."


@pytest.fixture
def desk(planner: User, puno_plan: Plan, signed_in: SignIn) -> Client:
    return signed_in(planner)


def sheet_of(desk: Client) -> Lines:
    return downloaded(desk, FILE)


def send(desk: Client, content: Lines | bytes, action: str = "guardar", **more: str) -> Any:
    return upload(desk, UPLOAD, content, action, **{"reason": REASON, **more})


def in_force(ref: str) -> MeasuringTerms:
    found: MeasuringTerms = MeasuringTerms.objects.filter(element__ref=ref).latest("version")
    return found


def test_it_has_drop_downs_and_what_is_the_plans_is_protected(desk: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(desk.get(FILE).content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    assert sheet.count('<dataValidation type="list"') == 4
    headings, *rows = sheet_of(desk)
    assert headings[:3] == ["Código", "Texto del plan", "Clase"]
    assert headings[-9:] == [
        f"{year}-{half}" for year in range(2019, 2023) for half in ("I", "II")
    ] + ["Marca"]
    assert [row[0] for row in rows] == ["S.1.1.1", "S.1.1.2"]
    assert rows[1][2] == "Variación"


def test_filled_in_and_sent_back_it_is_saved(desk: Client) -> None:
    lines = fill(
        sheet_of(desk),
        "S.1.1.2",
        Clase="Nivel",
        Unidad_de_medida="%",
        Meta="50",
        Sentido="disminuir",
        Qué_cifra_es="Parte de un todo",
        **{"2019-I": "10", "2022-II": "100 %"},
    )
    answer = send(desk, lines)
    assert answer.status_code == 200
    assert "Se guardó cómo se mide 1 promesa." in text(answer)
    terms = in_force("S.1.1.2")
    assert (terms.kind, terms.nature, terms.goal) == ("nivel", "parte", Decimal(50))
    assert terms.schedule == {"2019-I": "10", "2022-II": "100"}
    assert "antes: </span>Variación</del>" in text(answer)
    assert "ahora: </span>Nivel</ins>" in text(answer)


def test_a_trial_shows_what_was_understood_and_writes_nothing(desk: Client) -> None:
    lines = fill(sheet_of(desk), "S.1.1.1", Clase="Entrega")
    answer = send(desk, lines, "revisar", reason="")
    assert 'clase: <ins><span class="visually-hidden">ahora: </span>Entrega</ins>' in text(answer)
    assert "todavía no se guardó nada" in text(answer)
    faulty = send(desk, fill(lines, "S.1.1.2", Meta="mucho"), "revisar", reason="")
    assert "nada se guardó todavía" in text(faulty)
    assert not MeasuringTerms.objects.filter(element__ref="S.1.1.1").exists()


def test_good_rows_are_saved_and_others_wait_to_be_mended_in_the_page(desk: Client) -> None:
    lines = fill(sheet_of(desk), "S.1.1.1", Clase="Entrega")
    lines = fill(lines, "S.1.1.2", Clase="Nivell", Meta="mucho")
    answer = send(desk, [*lines, ["X.9", *[""] * (len(lines[0]) - 1)]])
    page = text(answer)
    assert answer.status_code == 422
    assert in_force("S.1.1.1").kind == "entrega"
    assert 'value="mucho"' in page
    assert "Nivell" in page
    assert "El plan no tiene ese código entre lo que se mide." in page
    assert "<strong>X.9</strong>, fila 4" in page
    assert f'action="{PLACE}"' in page


def test_what_a_colleague_saved_after_the_download_is_told(
    desk: Client, puno_plan: Plan, colleague: User
) -> None:
    lines = fill(sheet_of(desk), "S.1.1.1", Clase="Entrega")
    element = puno_plan.elements.get(ref="S.1.1.1")
    state_alike([element], {"kind": MeasureKind.PERMANENT}, "Otra.", by=colleague)
    answer = send(desk, lines)
    assert "Otra persona cambió esta forma de medir" in text(answer)
    assert in_force("S.1.1.1").kind == "permanente"


def test_a_column_that_is_not_there_says_nothing(desk: Client, puno_plan: Plan) -> None:
    send(desk, fill(sheet_of(desk), "S.1.1.1", Clase="Entrega", **{"2022-II": "4"}))
    send(desk, [["Código", "2020-II"], ["S.1.1.1", "2"]])
    assert in_force("S.1.1.1").kind == "entrega"
    assert in_force("S.1.1.1").schedule == {"2020-II": "2", "2022-II": "4"}


def test_sent_twice_it_changes_nothing_more(desk: Client) -> None:
    lines = fill(sheet_of(desk), "S.1.1.1", Clase="Entrega")
    send(desk, lines)
    for sent in (lines, sheet_of(desk)):
        answer = send(desk, sent)
        assert "0 filas se guardaron · 2 no traen nada nuevo" in text(answer)
    assert in_force("S.1.1.1").version == 1


def test_a_code_that_is_there_twice_and_says_two_things_waits(desk: Client) -> None:
    lines = fill(sheet_of(desk), "S.1.1.1", Clase="Entrega")
    answer = send(desk, [*lines, ["S.1.1.1", "", "Nivel", *lines[1][3:]]])
    assert "El mismo código está en fila 4, que dice otra cosa" in text(answer)
    assert not MeasuringTerms.objects.filter(element__ref="S.1.1.1").exists()


def test_the_sheet_of_another_term_is_left_row_by_row(desk: Client) -> None:
    lines = fill(sheet_of(desk), "S.1.1.1", Clase="Entrega")
    lines = [[each.replace("/2019-2022/", "/2015-2018/") for each in row] for row in lines]
    answer = send(desk, lines)
    assert "Es de la hoja de 2015-2018, y esta es la de 2019-2022." in text(answer)
    assert not MeasuringTerms.objects.filter(element__ref="S.1.1.1").exists()


def test_a_sheet_of_before_marks_has_its_version_beside(desk: Client) -> None:
    send(desk, fill(sheet_of(desk), "S.1.1.1", Clase="Entrega"))
    answer = send(desk, [["Código", "Clase", "Versión"], ["S.1.1.1", "Permanente", "0"]])
    assert "Otra persona cambió esta forma de medir" in text(answer)
    send(desk, [["Código", "Clase", "Versión"], ["S.1.1.1", "Permanente", "1"]])
    assert in_force("S.1.1.1").kind == "permanente"


def test_without_a_mark_an_empty_cell_says_nothing(desk: Client) -> None:
    send(desk, fill(sheet_of(desk), "S.1.1.1", Clase="Entrega", **{"2022-II": "4"}))
    send(desk, [["Código", "Clase", "2020-II", "2022-II"], ["S.1.1.1", "", "2", ""]])
    assert in_force("S.1.1.1").schedule == {"2020-II": "2", "2022-II": "4"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a;b\n1;2\n", "ninguna hoja tiene la columna «Código»"),
        (b"PK\x03\x04 nada", "«hoja»"),
    ],
)
def test_another_file_is_refused_whole(desk: Client, content: bytes, reason: str) -> None:
    answer = send(desk, content)
    assert answer.status_code == 422
    assert reason in text(answer)
    assert not MeasuringTerms.objects.filter(element__ref="S.1.1.1").exists()


def test_without_a_file_or_a_reason_it_says_so(desk: Client) -> None:
    answer = desk.post(UPLOAD, {"accion": "guardar"})
    assert set(answer.context["file_form"].errors) == {"file", "reason"}
