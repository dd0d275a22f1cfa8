"""What a sheet that was filled in says, whatever a spreadsheet program made of it."""

from collections.abc import Sequence
from typing import Any

import pytest

from accounts.forms.filled.mark import Mark
from accounts.forms.filled.reading import Asked, Kind, Returned, returned
from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.reading import read_workbook
from tests.accounts.spreadsheets.files import number_record, ods, text_record, xls
from tests.filled import as_csv, book_with

COLUMNS = (
    Asked("code", "Código", spelled="cod"),
    Asked("statement", "Promesa", Kind.ASIDE),
    Asked("figure", "Cifra", Kind.FIGURE),
    Asked("text", "Qué se hizo"),
    Asked("day", "Al día", Kind.DAY),
)
HEADINGS = ["Código", "Cifra", "Qué se hizo"]


def read(content: bytes) -> Returned:
    return returned(read_workbook(content, "hoja"), COLUMNS, place="puno", period="2019-I")


def rows(*lines: Sequence[str]) -> Returned:
    return read(as_csv([list(each) for each in lines]))


def said(found: Returned) -> list[tuple[str, dict[str, str]]]:
    return [(line.key, dict(line.said)) for line in found.lines]


def test_columns_are_known_in_any_order_and_spelling_below_a_title() -> None:
    found = rows(
        ["Municipalidad de Puno"],
        ["QUE SE  HIZO ", "Notas", "COD.", "cifra:"],
        ["Se firmó.", "x", "S.1.1", "3"],
        ["QUE SE  HIZO ", "Notas", "COD.", "cifra:"],
        ["", "", "", "5"],
    )
    assert said(found) == [("S.1.1", {"text": "Se firmó.", "figure": "3"})]
    assert found.notes == ("No se leen estas columnas: «Notas».",)
    assert [(each.line.words, each.reason) for each in found.left] == [
        ("5", "No dice de qué código es.")
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([["Código", "Notas"], ["S.1", "x"]], "ninguna hoja tiene la columna «Código» con otra"),
        ([["a", "b"]], "ninguna hoja tiene la columna «Código»"),
        (
            [["Código", "Cifra", "CIFRA"], ["S.1", "1", "2"]],
            "fila 1, columna C: la columna «CIFRA» está dos veces: deje una.",
        ),
    ],
)
def test_another_sheet_is_refused_whole(lines: list[list[str]], reason: str) -> None:
    with pytest.raises(SpreadsheetRefused) as refused:
        rows(*lines)
    assert reason in str(refused.value)


def test_a_row_said_twice_alike_counts_once_and_else_is_to_be_looked_at() -> None:
    found = rows(HEADINGS, ["S.1", "1", "a"], ["S.1", "1", "a"], ["S.2", "1", ""], ["S.2", "2", ""])
    assert said(found) == [
        ("S.1", {"figure": "1", "text": "a"}),
        ("S.2", {"figure": "1", "text": ""}),
    ]
    assert [each.reason for each in found.left] == [
        "Repite lo que dice fila 2.",
        "Su código ya está en fila 4, que dice otra cosa.",
    ]
    assert found.lines[1].faults == ("El mismo código está en fila 5, que dice otra cosa: 2",)


def test_a_formula_without_a_result_says_nothing_and_is_told() -> None:
    def change(sheet: Any) -> None:
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 1, "=1+1", None, 2)

    found = read(book_with(change, HEADINGS, ["S.1", "", "a"], ["S.2", "", ""]))
    assert said(found) == [("S.1", {"text": "a"}), ("S.2", {"figure": "2", "text": ""})]
    assert found.lines[0].faults == (
        "Cifra: tiene una fórmula sin resultado, o con error: escriba el dato en su lugar.",
    )


def test_merged_cells_are_told_down_and_across() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_range(1, 2, 2, 2, "Se firmó.")
        sheet.merge_range(3, 1, 3, 2, "7")

    lines = (HEADINGS, ["S.1", 1, ""], ["S.2", 2, ""], ["S.3", "", ""])
    found = read(book_with(change, *lines))
    assert said(found) == [
        ("S.1", {"figure": "1", "text": "Se firmó."}),
        ("S.2", {"figure": "2", "text": "Se firmó."}),
        ("S.3", {"figure": "7"}),
    ]
    assert found.lines[1].doubts == (
        "Qué se hizo: la celda está combinada con la fila 2: aquí se puso lo mismo; revíselo.",
    )
    assert found.lines[2].faults == (
        "Qué se hizo: la celda está combinada con la columna B: no dice nada por sí sola.",
    )


def test_hidden_rows_are_read_and_named() -> None:
    def change(sheet: Any) -> None:
        sheet.set_row(1, None, None, {"hidden": True})

    found = read(book_with(change, HEADINGS, ["S.1", 1, ""], ["S.2", 2, ""]))
    assert len(found.lines) == 2
    assert found.notes == ("Estas filas están ocultas en la hoja y también se leyeron: 2.",)


@pytest.mark.parametrize(
    ("figure", "day", "doubts"),
    [
        ("3", "2019-06-30", ()),
        ("3", "2019-06-30 00:00:00", ()),
        ("3", "30/06/2019", ()),
        (
            "2019-05-03",
            "43646",
            (
                "Cifra: la hoja convirtió en fecha lo que se escribió: escriba la cifra.",
                "Al día: la celda trae el número 43646, que como fecha es el 30 de junio de 2019: "
                "revíselo.",
            ),
        ),
    ],
)
def test_what_a_program_made_of_a_day_or_a_figure_is_told(
    figure: str, day: str, doubts: tuple[str, ...]
) -> None:
    (line,) = rows(["Código", "Cifra", "Al día"], ["S.1", figure, day]).lines
    assert line.doubts == doubts
    assert line.said["day"] in {"2019-06-30", "30/06/2019"}


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (Mark("lamas", "2019-I", "S.1", "1"), "Es de la hoja de otra municipalidad."),
        (Mark("puno", "2018-II", "S.1", "1"), "Es de la hoja de 2018-II, y esta es la de 2019-I."),
        (Mark("puno", "2019-I", "S.2", "1"), "El código dice S.1 y la marca S.2: se movieron"),
    ],
)
def test_a_row_of_another_sheet_is_left(mark: Mark, reason: str) -> None:
    found = rows([*HEADINGS, "Marca"], ["S.1", "1", "a", str(mark)])
    assert not found.lines
    assert found.left[0].reason.startswith(reason)


@pytest.mark.parametrize("mark", ["puno/2019-I/S.1/7", "algo", ""])
def test_a_mark_is_what_its_row_showed_or_nothing(mark: str) -> None:
    (line,) = rows([*HEADINGS, "Marca"], ["S.1", "1", "a", mark]).lines
    assert (line.mark.seen if line.mark else "") == ("7" if "/" in mark else "")


def test_an_open_document_and_an_old_excel_say_the_same() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    number = '<table:table-cell office:value-type="float" office:value="3.5"/>'
    heads = "".join(cell.format(each) for each in HEADINGS)
    line = cell.format("S.1") + number + cell.format("a")
    opened = read(ods(row.format(heads) + row.format(line)))
    old = read(
        xls(
            *(text_record(0, at, each) for at, each in enumerate(HEADINGS)),
            text_record(1, 0, "S.1"),
            number_record(1, 1, 3.5),
            text_record(1, 2, "a"),
        )
    )
    assert said(opened) == said(old) == [("S.1", {"figure": "3.5", "text": "a"})]
