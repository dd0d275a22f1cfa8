"""Words that say the level of what stands beside or below them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.choices import ActivityKind, Dimension, Level
from plans.importers.printed.labels import INDICATOR, column_of, dimension_of, kind_of, label_of


@pytest.mark.parametrize(
    ("text", "level", "code", "statement"),
    [
        ("Programa 01 Agua para todos", Level.ACTIVITY, "Programa 01", "Agua para todos"),
        ("Proyecto.- Riego tecnificado", Level.ACTIVITY, "", "Riego tecnificado"),
        ("<b>1.1 Proyecto:</b> Riego", Level.ACTIVITY, "1.1", "Riego"),
        ("Actividad: Capacitar", Level.ACTIVITY, "", "Capacitar"),
        ("Objetivo estratégico 1: Crecer", Level.OBJECTIVE, "Objetivo estratégico 1:", "Crecer"),
        ("POLÍTICA A.1: MEJORAR", Level.OBJECTIVE, "POLÍTICA A.1:", "MEJORAR"),
        ("META 3.- Llegar a 5", Level.TARGET, "META 3.-", "Llegar a 5"),
        ("Problema: Falta agua", Level.PROBLEM, "", "Falta agua"),
        ("Indicador: % de casas", INDICATOR, "", "% de casas"),
        ("Eje 1: Salud", Level.DIMENSION, "Eje 1:", "Salud"),
    ],
)
def test_a_label_carries_the_level(text: str, level: str, code: str, statement: str) -> None:
    label = label_of(text)
    assert label
    assert (label.level, label.code, text[label.start :]) == (level, code, statement)
    assert not label.is_title


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Principales metas:", Level.TARGET),
        ("Metas al 2026", Level.TARGET),
        ("3. META (valor)", Level.TARGET),
        ("2. OBJETIVO ESTRATÉGICO (solución al problema)", Level.OBJECTIVE),
        ("✓ **Objetivos:**", Level.OBJECTIVE),
        ("➤ Acciones.", Level.ACTIVITY),
        ("PROBLEMAS IDENTIFICADOS", Level.PROBLEM),
    ],
)
def test_a_label_alone_is_the_title_of_what_is_below(text: str, level: str) -> None:
    label = label_of(text)
    assert label
    assert (label.level, label.is_title) == (level, True)


@pytest.mark.parametrize(
    "text",
    [
        "Proyecto de mejoramiento del riego",
        "Programa vivienda digna",
        "Política de arbitrios justos",
        "Objetivos y metas de la gestión",
        "Propuesta de seguimiento",
        "Agua: proyecto",
        "",
    ],
)
def test_a_word_of_a_level_inside_a_statement_is_no_label(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Proyecto de riego", ActivityKind.PROJECT),
        ("Programa vivienda", ActivityKind.PROGRAMME),
        ("ACCIÓN comunal", ActivityKind.ACTION),
        ("Actividades de riego", ActivityKind.ACTIVITY),
        ("Riego", ""),
    ],
)
def test_the_first_word_says_what_kind_of_activity_it_is(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("PROBLEMAS IDENTIFICADOS", Level.PROBLEM),
        ("Problema identificado", Level.PROBLEM),
        ("Principales problemas", Level.PROBLEM),
        ("Objetivo estratégico (solución al problema)", Level.OBJECTIVE),
        ("PROPUESTA (PROGRAMA, PROYECTOS, ACTIVIDADES)", Level.ACTIVITY),
        ("INDICADORES 2022 (METAS)", Level.TARGET),
        ("Metas e indicadores", Level.TARGET),
        ("Meta (al 2030)", Level.TARGET),
        ("Indicador", INDICATOR),
        ("Dimensión", Level.DIMENSION),
        ("Responsable", ""),
        ("Unidad de medida", ""),
        ("N°", ""),
        ("", ""),
    ],
)
def test_a_column_is_known_by_its_heading(heading: str, level: str) -> None:
    assert column_of(heading) == level


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("A. EJE SOCIAL", Dimension.SOCIAL),
        ("4.1. DIMENSIÓN SOCIAL", Dimension.SOCIAL),
        ("DIMENSION TERRITORIAL AMBIENTAL.", Dimension.ENVIRONMENTAL),
        ("Eje estratégico N° 2: Desarrollo económico", Dimension.ECONOMIC),
        ("<i>DIMENSION INSTITUCIONAL</i>", Dimension.INSTITUTIONAL),
        ("Económica", Dimension.ECONOMIC),
        ("EJE 5: INFRAESTRUCTURA", ""),
    ],
)
def test_the_title_of_a_dimension_names_its_kind(title: str, kind: str) -> None:
    found = dimension_of(title)
    assert found
    assert found[0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "Dimensión",
        "EJES DE LA PROPUESTA",
        "PROPUESTA POR DIMENSIONES",
        "Aspecto social. No hay agua en los barrios",
        "Mejorar el ambiente",
        "",
    ],
)
def test_other_titles_are_no_dimension(text: str) -> None:
    assert dimension_of(text) is None


@given(st.text())
def test_any_text_is_looked_at(text: str) -> None:
    label = label_of(text)
    assert label is None or 0 < label.start <= len(text)
    column_of(text)
    dimension_of(text)
    kind_of(text)
