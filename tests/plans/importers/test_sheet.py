"""A plan in a spreadsheet: the columns of the form, however they are called and laid out."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
import xlsxwriter

from plans.choices import OWN, Level
from plans.importers.faults import FileRefused
from plans.importers.mending.flags import looked_over
from plans.importers.outline import DoubtKind, Item, Outline
from plans.importers.sheet.reader import read
from plans.importers.validation import Whose, validated
from plans.term import Term
from tests.accounts.spreadsheets.files import rows_of, xlsx
from tests.plans.importers.outlines import shape

TERM = Term(2027, 2030)
HEADINGS = "Dimensión;Problema identificado;Objetivo estratégico;Indicador;Meta al 2030\n"


def outline(text: str) -> Outline:
    found = read(text.encode(), "plan.csv")
    return replace(found, items=looked_over(found.items, TERM))


def item(read_outline: Outline, words: str) -> Item:
    return next(each for each in read_outline.items if each.statement == words)


def kinds(of: Item) -> list[str]:
    return [doubt.kind for doubt in of.doubts]


def test_the_columns_of_the_form_become_a_tree() -> None:
    found = outline(HEADINGS + "Social;Faltan aulas;Que haya aulas;Aulas hechas;12 aulas\n")
    assert shape(found) == [
        ("dimension", "Social", ""),
        ("problem", "Faltan aulas", "Social"),
        ("objective", "Que haya aulas", "Faltan aulas"),
        ("target", "12 aulas", "Que haya aulas"),
    ]
    target = found.items[-1]
    assert target.indicator == "Aulas hechas"
    assert target.where.words == "fila 2, columna E"
    assert target.terms is not None
    assert target.terms.goal == 12


def test_what_is_read_can_be_published_word_for_word() -> None:
    found = outline(HEADINGS + 'Social;"1. Uno\n2. Dos";Que haya aulas;"Aulas\nhechas";12  aulas\n')
    draft = validated(found, Whose("210101", TERM, "Lista", "sin confirmar"))
    assert [each.ref for each in draft.elements] == ["S", "S.1", "S.2", "S.3", "S.3.1"]


@pytest.mark.parametrize(
    "headings",
    [
        "META (VALOR);PROBLEMA  IDENTIFICADO;dimension;Indicadores;Objetivos Estratégicos\n",
        'Metas;"Problemas\nidentificados";Dimensiones;INDICADOR;"Objetivo (solución)"\n',
    ],
)
def test_headings_may_stand_in_any_order_and_spelling(headings: str) -> None:
    found = outline(headings + "12 aulas;Faltan aulas;Social;Hechas;Que haya\n")
    assert [level for level, _words, _above in shape(found)] == [
        "dimension",
        "problem",
        "objective",
        "target",
    ]
    assert found.items[-1].indicator == "Hechas"


def test_two_rows_of_headings_are_one() -> None:
    found = outline(
        "Problema;Objetivo;Indicadores y metas;\n;;Indicador;Meta al 2030\n"
        "Faltan;Que haya;Hechas;12\n"
    )
    assert (found.items[-1].statement, found.items[-1].indicator) == ("12", "Hechas")


def test_statements_that_begin_as_headings_do_are_no_headings() -> None:
    found = outline("Problema;Objetivo;Meta\nProblema de agua;Objetivo uno;Meta uno\n")
    assert [words for _level, words, _above in shape(found)] == [
        "Problema de agua",
        "Objetivo uno",
        "Meta uno",
    ]


def test_targets_by_year_are_each_said_under_their_heading() -> None:
    found = outline("Objetivo;Metas;Metas\n;2028;2030\nQue haya;5 aulas;12 aulas\n")
    reasons = [[doubt.reason for doubt in each.doubts] for each in found.items[1:]]
    assert reasons == [["Está bajo «Metas 2028»."], ["Está bajo «Metas 2030»."]]


def test_a_blank_cell_says_what_the_one_above_says() -> None:
    found = outline(
        HEADINGS + "Social;Faltan;Que haya;;12 aulas\n;;;;3 postas\n;;Que sirva;;5 km\n"
    )
    assert shape(found)[3:] == [
        ("target", "12 aulas", "Que haya"),
        ("target", "3 postas", "Que haya"),
        ("objective", "Que sirva", "Faltan"),
        ("target", "5 km", "Que sirva"),
    ]


@pytest.mark.parametrize(
    ("rows", "above"),
    [
        ("Objetivo;Meta;Actividad\nQue haya;12 aulas;Construir\n;3 postas;\n", "Que haya"),
        ("Objetivo;Actividad;Meta\nQue haya;Construir;12 aulas\n;;3 postas\n", "Construir"),
    ],
)
def test_a_target_is_of_the_activity_that_stands_before_it(rows: str, above: str) -> None:
    targets = [each for each in shape(outline(rows)) if each[0] == "target"]
    assert targets == [("target", "12 aulas", above), ("target", "3 postas", above)]


def test_the_same_words_again_say_the_same_too() -> None:
    row = "Social;Faltan;Que haya;;{}\n"
    found = outline(HEADINGS + row.format("12 aulas") + row.format("3 postas"))
    assert [level for level, _words, _above in shape(found)].count("objective") == 1


def test_another_problem_does_not_inherit_the_objective_of_the_one_before() -> None:
    found = outline(HEADINGS + "Social;Faltan;Que haya;;12 aulas\n;Hay humo;;;3 filtros\n")
    assert shape(found)[-1] == ("target", "3 filtros", "Hay humo")


def test_a_merged_cell_speaks_for_every_row_that_it_covers() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Dimensión social")
        sheet.write_row(0, 0, ["Problema", "Objetivo", "Meta"])
        sheet.write_row(1, 0, ["Faltan", "Que haya", "12 aulas"])
        sheet.write_row(2, 0, ["Hay humo", "", "3 filtros"])
        sheet.merge_range(1, 1, 2, 1, "Que haya")
    found = read(buffer.getvalue(), "plan.xlsx")
    assert shape(found) == [
        ("dimension", "Dimensión social", ""),
        ("problem", "Faltan", "Dimensión social"),
        ("objective", "Que haya", "Faltan"),
        ("target", "12 aulas", "Que haya"),
        ("problem", "Hay humo", "Dimensión social"),
        ("target", "3 filtros", "Que haya"),
    ]
    assert item(found, "12 aulas").where.words == "hoja «Dimensión social», fila 2, columna C"


def test_a_row_with_the_name_of_a_dimension_alone_opens_it() -> None:
    found = outline(
        "DIMENSIÓN SOCIAL;;\nProblema;Objetivo;Meta\nFaltan;Que haya;12 aulas\n"
        "DIMENSIÓN ECONÓMICA;;\nProblema;Objetivo;Meta\nSin empleo;Que haya empleo;5 ferias\n"
    )
    dimensions = [each for each in found.items if each.level == Level.DIMENSION]
    assert [each.kind for each in dimensions] == ["social", "economica"]
    assert shape(found)[-1] == ("target", "5 ferias", "Que haya empleo")


def dimensions_of(found: Outline) -> list[tuple[str, str, bool]]:
    """Of each its words, its kind, and whether it is doubted."""
    return [
        (each.statement, each.kind, bool(each.doubts))
        for each in found.items
        if each.level == Level.DIMENSION
    ]


def test_a_dimension_of_the_column_that_is_none_of_the_four_is_the_plans_own() -> None:
    names = ["Social", "Cultura", "Cultura"]
    rows = "".join(f"{name};Falta {n};Que haya {n};;\n" for n, name in enumerate(names))
    found = outline(HEADINGS + rows)
    assert dimensions_of(found) == [
        ("Social", "social", False),
        ("Cultura", OWN, True),
    ]
    draft = validated(found, Whose("210101", TERM, "Lista", "sin confirmar"))
    assert [each.dimension for each in draft.elements if each.level == Level.DIMENSION] == [
        "social",
        "propia-1",
    ]


def test_a_row_alone_is_called_a_dimension_as_the_others_are() -> None:
    rows = "Problema;Objetivo;Meta\nFaltan;Que haya;12 aulas\n"
    found = outline(f"DIMENSIÓN SOCIAL;;\n{rows}DIMENSIÓN CULTURAL;;\n{rows}Eje vial;;\n")
    assert dimensions_of(found) == [
        ("DIMENSIÓN SOCIAL", "social", False),
        ("DIMENSIÓN CULTURAL", OWN, True),
    ]


def test_a_sheet_beside_those_of_dimensions_is_one_of_the_plans_own() -> None:
    found = read(_book("Social", "Cultura", "Hoja3"), "plan.xlsx")
    assert dimensions_of(found) == [("Social", "social", False), ("Cultura", OWN, True)]
    assert dimensions_of(read(_book("Cultura"), "plan.xlsx")) == []


def _book(*names: str) -> bytes:
    """Sheets of those NAMES, each with the same row."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Problema", "Objetivo", "Meta"])
            sheet.write_row(1, 0, ["Faltan", "Que haya", "12 aulas"])
    return buffer.getvalue()


def test_a_numbered_list_in_a_cell_is_several_statements_paired_by_their_numbers() -> None:
    found = outline(
        "Problema;Objetivo;Meta\n"
        '"1. Faltan aulas.\n2. Faltan postas.";"1. Que haya aulas.\n2. Que haya postas.";'
        '"1.1 Construir 12 aulas.\n2.1 Construir 3 postas."\n'
    )
    assert shape(found)[-2:] == [
        ("target", "Construir 12 aulas.", "Que haya aulas."),
        ("target", "Construir 3 postas.", "Que haya postas."),
    ]
    assert [each.printed_code for each in found.items][-2:] == ["1.1", "2.1"]


def test_lists_whose_numbers_do_not_agree_hang_higher_and_say_so() -> None:
    found = outline(
        'Dimensión;Objetivo;Meta\nSocial;"1. Que haya aulas.\n2. Que haya postas.";'
        '"- Construir 12 aulas.\n- Construir 3 postas."\n'
    )
    targets = [each for each in found.items if each.level == Level.TARGET]
    assert [each.parent for each in targets] == [0, 0]
    assert all(DoubtKind.UNPAIRED in kinds(each) for each in targets)


def test_an_indicator_beside_several_targets_is_given_to_one_and_doubted() -> None:
    found = outline('Objetivo;Indicador;Meta\nQue haya;Hechas;"• 12 aulas\n• 3 postas"\n')
    first, second = found.items[-2:]
    assert (first.indicator, second.indicator) == ("Hechas", "")
    assert DoubtKind.UNPAIRED in kinds(first)


def test_an_indicator_without_a_target_is_kept_and_doubted() -> None:
    found = outline("Objetivo;Indicador;Meta\nQue haya;12 aulas hechas;\n")
    assert found.items[-1].statement == "12 aulas hechas"
    assert kinds(found.items[-1]) == [DoubtKind.LEVEL]


def test_activities_have_their_kind_code_and_investment() -> None:
    found = outline(
        "Objetivo;Código;Programa / proyecto / actividad;Tipo;CUI\n"
        "Que haya;1.1;Aulas rurales;Proyecto;2345678\n;;Programa de becas;;\n"
    )
    first, second = found.items[1:]
    assert (first.kind, first.printed_code, first.cui) == ("proyecto", "1.1", "2345678")
    assert (second.kind, second.printed_code) == ("programa", "")


def test_columns_of_one_level_hang_from_each_other() -> None:
    found = outline("Objetivo;Programa;Proyecto\nQue haya;Aulas;Aulas rurales\n;;Aulas urbanas\n")
    assert shape(found)[1:] == [
        ("activity", "Aulas", "Que haya"),
        ("activity", "Aulas rurales", "Aulas"),
        ("activity", "Aulas urbanas", "Aulas"),
    ]
    assert [each.kind for each in found.items[1:]] == ["programa", "proyecto", "proyecto"]


def test_guidelines_stand_by_themselves_under_their_field() -> None:
    found = outline("Campo;Lineamiento\nTransparencia;Rendir cuentas cada semestre\n")
    assert [(each.level, each.parent, each.heading) for each in found.items] == [
        ("guideline", None, "Transparencia")
    ]


def test_the_unit_of_a_row_is_that_of_its_figure_and_a_baseline_is_a_doubt() -> None:
    found = outline("Objetivo;Meta;Unidad de medida;Línea de base\nQue haya;12;aula;4 aulas\n")
    target = found.items[-1]
    assert target.terms is not None
    assert (target.terms.goal, target.terms.unit_of_measure) == (Decimal(12), "aula")
    assert kinds(target) == [DoubtKind.BASELINE]


@pytest.mark.parametrize("nothing", ["-", "No especificado.", "NINGUNO", "s/d", "N.A.", "…"])
def test_what_stands_for_nothing_is_no_statement(nothing: str) -> None:
    found = outline(HEADINGS + f"Social;{nothing};Que haya;{nothing};12 aulas\n")
    assert [level for level, _words, _above in shape(found)] == ["dimension", "objective", "target"]
    assert found.items[-1].indicator == ""


def test_what_stands_above_the_table_says_whose_plan_it_is() -> None:
    found = outline(
        "PLAN DE GOBIERNO 2027-2030;\nOrganización política:;Lista de prueba\n"
        "Distrito: Coata;\nVisión:;Coata con aulas.\nObjetivo;Meta\nQue haya;12 aulas\n"
    )
    about = found.about
    assert (about.term, about.organization, about.place) == (
        "2027-2030",
        "Lista de prueba",
        "Coata",
    )
    [[start, end]] = about.vision_spans
    assert found.source.text[start:end] == about.vision == "Coata con aulas."


def test_a_column_that_nobody_knows_and_a_formula_without_value_are_said() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Social")
        sheet.write_row(0, 0, ["Objetivo", "Meta", "Zona"])
        sheet.write_row(1, 0, ["Que haya", "12 aulas", "Norte"])
        sheet.write_formula(2, 1, "=1+1", value="")
    assert [doubt.reason for doubt in read(buffer.getvalue(), "plan.ods").doubts] == [
        "El nombre dice ODS, pero es XLSX: se leyó como XLSX.",
        "No se reconoció la columna «Zona».",
        "hoja «Social», fila 3, columna B: una fórmula sin valor guardado no se calcula.",
    ]


def test_a_sheet_without_known_headings_is_refused_with_those_that_are() -> None:
    with pytest.raises(FileRefused, match="Dimensión, Problema identificado, Objetivo"):
        outline("a;b\nc;d\n")


def test_a_file_that_is_no_sheet_is_refused_with_its_reason() -> None:
    with pytest.raises(FileRefused, match="está dañado o incompleto"):
        read(xlsx(rows_of(["Objetivo", "Meta"]))[:600], "plan.xlsx")
