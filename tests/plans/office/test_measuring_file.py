"""How promises are measured, as a sheet that is downloaded, filled in and sent back."""

import csv
import io
import zipfile
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from accounts.spreadsheets.reading import read_workbook
from plans.choices import MeasureKind
from plans.models import MeasuringTerms, Plan
from plans.services.editing import state_alike
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
PLACE = "/gestion/plan/puno/2019-2022/hoja/"
FILE, UPLOAD = f"{PLACE}medicion.xlsx", f"{PLACE}archivo/"
REASON = "Se acordó al preparar el periodo."
Lines = list[list[str]]


@pytest.fixture
def desk(planner: User, puno_plan: Plan, signed_in: SignIn) -> Client:
    return signed_in(planner)


def downloaded(desk: Client) -> Lines:
    answer = desk.get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="medicion-puno-2019-2022.xlsx"'
    sheet = read_workbook(answer.content, "medicion.xlsx").sheets[0]
    width = len(sheet.rows[0].cells)
    return [[row.at(column) for column in range(width)] for row in sheet.rows]


def fill(lines: Lines, ref: str, **values: str) -> Lines:
    """LINES in which the row REF says VALUES, by heading: blanks as "_"."""
    headings = lines[0]
    row = next(each for each in lines if each[0] == ref)
    for heading, value in values.items():
        row[headings.index(heading.replace("_", " "))] = value
    return lines


def send(desk: Client, content: Lines | bytes, action: str = "guardar", **more: str) -> Any:
    if isinstance(content, list):
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";").writerows(content)
        content = buffer.getvalue().encode()
    file = SimpleUploadedFile("medicion.csv", content)
    return desk.post(UPLOAD, {"file": file, "reason": REASON, "accion": action, **more})


def text(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def in_force(ref: str) -> MeasuringTerms:
    found: MeasuringTerms = MeasuringTerms.objects.filter(element__ref=ref).latest("version")
    return found


def test_it_has_drop_downs_and_what_is_the_plans_is_protected(desk: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(desk.get(FILE).content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    assert sheet.count('<dataValidation type="list"') == 4
    headings, *rows = downloaded(desk)
    assert headings[:3] == ["Código", "Texto del plan", "Clase"]
    assert headings[-9:] == [
        f"{year}-{half}" for year in range(2019, 2023) for half in ("I", "II")
    ] + ["Versión"]
    assert [row[0] for row in rows] == ["S.1.1.1", "S.1.1.2"]
    assert rows[1][2] == "Variación"


def test_filled_in_and_sent_back_it_is_saved(desk: Client) -> None:
    lines = fill(
        downloaded(desk),
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
    assert "<del>Variación</del> <ins>Nivel</ins>" in text(answer)


def test_a_trial_shows_what_was_understood_and_writes_nothing(desk: Client) -> None:
    lines = fill(downloaded(desk), "S.1.1.1", Clase="Entrega")
    answer = send(desk, lines, "revisar", reason="")
    assert "clase: <ins>Entrega</ins>" in text(answer)
    assert "todavía no se guardó nada" in text(answer)
    assert not MeasuringTerms.objects.filter(element__ref="S.1.1.1").exists()


def test_good_rows_are_saved_and_others_wait_to_be_mended_in_the_page(desk: Client) -> None:
    lines = fill(downloaded(desk), "S.1.1.1", Clase="Entrega")
    lines = fill(lines, "S.1.1.2", Clase="Nivell", Meta="mucho")
    answer = send(desk, [*lines, ["X.9", *[""] * (len(lines[0]) - 1)]])
    page = text(answer)
    assert answer.status_code == 422
    assert in_force("S.1.1.1").kind == "entrega"
    assert 'value="mucho"' in page
    assert "Nivell" in page
    assert "El plan no tiene, entre lo que se mide: X.9" in page
    assert f'action="{PLACE}"' in page


def test_what_a_colleague_saved_after_the_download_is_told(
    desk: Client, puno_plan: Plan, colleague: User
) -> None:
    lines = fill(downloaded(desk), "S.1.1.1", Clase="Entrega")
    element = puno_plan.elements.get(ref="S.1.1.1")
    state_alike([element], {"kind": MeasureKind.PERMANENT}, "Otra.", by=colleague)
    answer = send(desk, lines)
    assert "Otra persona cambió esta forma de medir" in text(answer)
    assert in_force("S.1.1.1").kind == "permanente"


def test_a_column_that_is_not_there_says_nothing(desk: Client, puno_plan: Plan) -> None:
    send(desk, fill(downloaded(desk), "S.1.1.1", Clase="Entrega", **{"2022-II": "4"}))
    send(desk, [["Código", "2020-II"], ["S.1.1.1", "2"]])
    assert in_force("S.1.1.1").kind == "entrega"
    assert in_force("S.1.1.1").schedule == {"2020-II": "2", "2022-II": "4"}


def test_sent_twice_it_changes_nothing_more(desk: Client) -> None:
    send(desk, fill(downloaded(desk), "S.1.1.1", Clase="Entrega"))
    answer = send(desk, downloaded(desk))
    assert "0 filas dicen otra cosa" in text(answer)
    assert in_force("S.1.1.1").version == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a;b\n1;2\n", "le falta la columna «Código»"),
        ("Código;Clase\nS.1.1.1;Entrega\nS.1.1.1;Nivel\n".encode(), "S.1.1.1 ya está en la fila 2"),
        (b"PK\x03\x04 nada", "medicion.csv"),
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
