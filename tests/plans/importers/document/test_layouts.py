"""Plans of other layouts than the five, in text and Markdown; what they say is made up."""

import pytest

from plans.importers.document.reader import read
from tests.plans.importers.document.trees import lines, understood

LABELLED = """Plan de Gobierno Municipal 2027-2030
Municipalidad Distrital de Valle Alto

Visión
Un distrito con agua segura en cada casa y caminos que se
pueden andar todo el año.

Diagnóstico

Dimensión social
- El agua llega dos horas al día.
- La posta no tiene médico.

Propuestas

1. Dimensión Social

Problema 1: El agua potable llega pocas horas a los barrios
altos y no se clora como manda la norma.
Objetivo 1: Llevar agua clorada todo el día.
Metas:
1. Llegar a 24 barrios.
2. Bajar 30 % la espera.
Indicador: Horas de agua al día

Problema 2: La posta cierra a mediodía.
Objetivo 2: Abrir la posta todo el día.
Meta: La posta abre 12 horas.

2. Dimensión Económica

Problema 1: Las ferias no tienen local.
Objetivo 1: Dar un local a las ferias.
Proyecto: Construcción del mercado de ferias
Actividad: Capacitar en manipu-
lación de alimentos
Meta 1: Un mercado en uso.

VI. Rendición de cuentas

Cada semestre se publicará lo hecho:
a) en la plaza;
b) en la página web.

Valle Alto, junio de 2026
"""
LABELLED_TREE = """
dimension 1. Dimensión Social
  problem Problema 1: El agua potable llega pocas horas a los barrios altos y no se clora como manda la norma.
    objective Objetivo 1: Llevar agua clorada todo el día.
      target 1. Llegar a 24 barrios.
      target 2. Bajar 30 % la espera. | Horas de agua al día
  problem Problema 2: La posta cierra a mediodía.
    objective Objetivo 2: Abrir la posta todo el día.
      target La posta abre 12 horas.
dimension 2. Dimensión Económica
  problem Problema 1: Las ferias no tienen local.
    objective Objetivo 1: Dar un local a las ferias.
      activity Construcción del mercado de ferias
      activity Capacitar en manipulación de alimentos
      target Meta 1: Un mercado en uso.
guideline Cada semestre se publicará lo hecho:
  guideline a) en la plaza;
  guideline b) en la página web.
"""  # noqa: E501  # a line is an item

PIPES = """# Plan de gobierno 2027 – 2030

| Dimensión | Problema identificado | Objetivo estratégico | Indicador | Meta |
|---|---|---|---|---|
| Social | 1. Faltan médicos. 2. Faltan medicinas. | 1. Contratar. 2. Comprar. | Horas | 1. Dos. 2. Diez. |
|  | 3. Las postas están lejos | Acercar las postas | Postas móviles | Dos postas |
| Ambiental | Se quema la basura | • Reciclar • Sembrar | % reciclado | Reciclar el 30,5 % |
| Económica | Falta riego | Regar | Hectáreas con riego |  |
"""  # noqa: E501
PIPES_TREE = """
dimension Social
  problem 1. Faltan médicos.
  problem 2. Faltan medicinas.
    objective 1. Contratar.
    objective 2. Comprar.
      target 1. Dos. | Horas ?
      target 2. Diez.
  problem 3. Las postas están lejos
    objective Acercar las postas
      target Dos postas | Postas móviles
dimension Ambiental
  problem Se quema la basura
    objective Reciclar
    objective Sembrar
    target Reciclar el 30,5 % | % reciclado ?
dimension Económica
  problem Falta riego
    objective Regar
      target Hectáreas con riego ?
"""

HEADINGS = """# PLAN DE GOBIERNO

## EJE 1: DESARROLLO SOCIAL

### Objetivos estratégicos

* Mejorar la salud
* Mejorar la educación

### Proyectos

- -03 vías asfaltadas
- Riego en laderas
    - Bocatoma
    - Canal

### Metas al 2030

✓ Bajar la anemia al 30,5 %

## EJE 2: SEGURIDAD

**Objetivo:** Vivir tranquilos

Acciones:
- Cámaras
- Patrullas

## SEGUIMIENTO Y MONITOREO

Un comité mide cada año.
"""
HEADINGS_TREE = """
dimension EJE 1: DESARROLLO SOCIAL
  objective Mejorar la salud
  objective Mejorar la educación
  activity 03 vías asfaltadas ?
  activity Riego en laderas ?
    activity Bocatoma
    activity Canal
  target Bajar la anemia al 30,5 % ?
dimension EJE 2: SEGURIDAD
  objective Vivir tranquilos
    activity Cámaras
    activity Patrullas
guideline Un comité mide cada año.
"""

REMAINS = """DIMENSIÓN SOCIAL
PROBLEMA\tOBJETIVO\tMETA
Falta agua\tTraer agua\tAgua en 10 barrios
\t\tAgua en 3 anexos
\tCuidar el agua\tUn comité de agua
<table><tr><th>Problemas</th><th>Objetivos</th><th>Programas, proyectos</th><th>Metas</th></tr>
<tr><td colspan="4">DIMENSIÓN ECONÓMICA</td></tr>
<tr><td>Falta riego</td><td>Tener riego</td>
<td><p>Programa 01 Riego</p><p>Proyecto.- Canal</p><p>Actividad: Limpiar</p></td>
<td>Un canal</td></tr>
</table>
"""
REMAINS_TREE = """
dimension DIMENSIÓN SOCIAL
  problem Falta agua
    objective Traer agua
      target Agua en 10 barrios
      target Agua en 3 anexos
    objective Cuidar el agua
      target Un comité de agua
dimension DIMENSIÓN ECONÓMICA
  problem Falta riego
    objective Tener riego
      activity Programa 01 Riego
        activity Canal
          activity Limpiar
      target Un canal
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(LABELLED, LABELLED_TREE, id="labels and lines of a fixed width"),
        pytest.param(PIPES, PIPES_TREE, id="a table of pipes"),
        pytest.param(HEADINGS, HEADINGS_TREE, id="headings of Markdown"),
        pytest.param(REMAINS, REMAINS_TREE, id="tabs and what is left of HTML"),
    ],
)
def test_a_plan_is_understood_in_its_own_layout(text: str, wanted: str) -> None:
    assert understood(text.encode()) == lines(wanted)


def test_what_the_plan_says_of_itself_is_found() -> None:
    about = read(LABELLED.encode(), "plan.txt").about
    assert (about.term, about.place) == ("2027-2030", "Valle Alto")
    assert about.vision.startswith("Un distrito con agua segura")
    assert about.title.startswith("Plan de Gobierno Municipal 2027-2030")


def test_a_table_without_a_dimension_hangs_from_one_that_is_not_printed() -> None:
    outline = read(b"PROBLEMA\tMETA\nFalta agua\tAgua en 10 barrios\n", "plan.txt")
    own, problem, target = outline.items
    assert (own.spans, own.level, [each.kind for each in own.doubts]) == (
        [],
        "dimension",
        ["encabezado"],
    )
    assert (problem.parent, target.parent) == (own.key, problem.key)


def test_a_row_that_begins_in_mid_sentence_belongs_to_the_one_above() -> None:
    cut = "Falta agua en los\tTraer agua de\tDiez\nbarrios altos\tlos puquios\t\n"
    rows = cut + "Hay humo\tSembrar\tUno\n"
    assert understood(f"DIMENSIÓN SOCIAL\nPROBLEMA\tOBJETIVO\tMETA\n{rows}".encode())[1:] == [
        "  problem Falta agua en los barrios altos",
        "    objective Traer agua de los puquios",
        "      target Diez",
        "  problem Hay humo",
        "    objective Sembrar",
        "      target Uno",
    ]


def test_rows_in_small_letters_are_rows() -> None:
    rows = "falta agua\ttraer agua\nfalta luz\ttraer luz\n"
    assert understood(f"DIMENSIÓN SOCIAL\nPROBLEMA\tMETA\n{rows}".encode())[1:] == [
        "  problem falta agua",
        "    target traer agua",
        "  problem falta luz",
        "    target traer luz",
    ]


def test_axes_in_the_plans_own_words_are_each_a_dimension() -> None:
    axes = ["DESARROLLO SOCIAL", "SEGURIDAD", "INCLUSIÓN SOCIAL"]
    text = "".join(f"EJE {n}: {axis}\n- Promesa {n}\n" for n, axis in enumerate(axes, 1))
    dimensions = [
        (item.statement, item.kind)
        for item in read(text.encode(), "plan.txt").items
        if item.level == "dimension"
    ]
    assert dimensions == [
        ("DESARROLLO SOCIAL", "social"),
        ("SEGURIDAD", "propia"),
        ("INCLUSIÓN SOCIAL", "propia"),
    ]


def test_a_title_without_a_number_is_a_dimension_where_the_plan_calls_others_so() -> None:
    text = "DIMENSIÓN SOCIAL\n- Agua\nDIMENSIÓN CULTURAL\n- Teatro\n"
    _social, _water, own, theatre = read(text.encode(), "plan.txt").items
    assert (own.statement, own.kind, theatre.parent) == ("DIMENSIÓN CULTURAL", "propia", own.key)
    assert [doubt.kind for doubt in own.doubts] == ["nivel"]
    other = read(text.replace("DIMENSIÓN C", "EJE C").encode(), "plan.txt").items
    assert [item.statement for item in other if item.level == "dimension"] == ["DIMENSIÓN SOCIAL"]


def test_a_dimension_that_is_named_twice_is_one() -> None:
    text = "DIMENSIÓN SOCIAL\n- Agua\nDIMENSIÓN ECONÓMICA\n- Ferias\nDimensión social\n- Luz\n"
    assert understood(text.encode()) == [
        "dimension DIMENSIÓN SOCIAL",
        "  objective Agua",
        "dimension DIMENSIÓN ECONÓMICA",
        "  objective Ferias",
        "  objective Luz",
    ]


def test_the_place_of_an_item_is_its_line() -> None:
    _dimension, problem, _target = read(
        "DIMENSIÓN SOCIAL\n\nPROBLEMA\tMETA\nFalta agua\tDiez barrios\n".encode(), "plan.txt"
    ).items
    assert problem.where.words == "línea 4"


@pytest.mark.parametrize(
    ("said", "guidelines"),
    [
        ("Habrá rendición de cuentas cada semestre.", 1),
        ("La agricultura es el motor de la provincia.", 0),
    ],
)
def test_a_strategy_that_gives_account_says_how_the_plan_is_followed(
    said: str, guidelines: int
) -> None:
    text = f"3. ESTRATEGIA DE DESARROLLO\n\n{said}\n\n4. DIAGNÓSTICO\n\nSin rendición de cuentas.\n"
    items = read(f"{text}\nDIMENSIÓN SOCIAL\n- Más agua\n".encode(), "plan.txt").items
    assert [each.level for each in items].count("guideline") == guidelines


def test_headers_of_pages_are_no_promise_and_stay_in_the_text() -> None:
    page = "ALIANZA VALLE ALTO\n\n- Promesa {}\n\n"
    text = "DIMENSIÓN SOCIAL\n\n" + "".join(page.format(number) for number in range(1, 5))
    outline = read(text.encode(), "plan.txt")
    assert [item.statement for item in outline.items[1:]] == [f"Promesa {n}" for n in range(1, 5)]
    assert outline.source.text == text


def test_a_promise_that_stands_three_times_is_no_header_of_pages() -> None:
    text = "DIMENSIÓN SOCIAL\n" + "- Más agua\n" * 3
    assert understood(text.encode())[1:] == ["  objective Más agua"] * 3


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Distrito: VALLE ALTO   Provincia: PUNO   Región: PUNO", "VALLE ALTO, PUNO, PUNO"),
        ("Departamento: Puno / Provincia: Puno", "Puno, Puno"),
        ("Región: Puno\nProvincia: Puno\nDistrito: Valle Alto", "Valle Alto, Puno, Puno"),
    ],
)
def test_a_form_names_its_place_from_the_district_up(line: str, place: str) -> None:
    assert read(f"Plan de Gobierno\n{line}\n".encode(), "plan.txt").about.place == place


def test_a_form_names_its_list_in_any_letters() -> None:
    text = "Plan de Gobierno\nOrganización política: Lista de Prueba Uno\n"
    assert read(text.encode(), "plan.txt").about.organization == "Lista de Prueba Uno"
