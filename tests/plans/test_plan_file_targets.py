"""What a plan file says of a target: its indicator, where it starts from, its milestones."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from plans.importers.draft import ElementDraft
from plans.importers.faults import FileRefused
from plans.importers.plan_file.reader import read_plan_file
from tests.plans.plan_files import DOCUMENT, GOOD, HEAD, SHA256, faults

INDICATED = "        indicador: {texto: Agua para todos, linea: 4}\n"


def test_the_indicator_of_a_target_has_a_place_of_its_own(folder: Path) -> None:
    path = folder / "coata.yaml"
    document = DOCUMENT + "Porcentaje de hogares\n\nsin agua\n"
    (folder / "coata.txt").write_text(document)
    indicated = INDICATED.replace("Agua para todos", "Porcentaje de hogares sin agua")
    head = HEAD.replace(SHA256, hashlib.sha256(document.encode()).hexdigest())
    path.write_text(head + GOOD + indicated.replace("linea: 4", "linea: 6-8"))
    target = read_plan_file(path).elements[-1]
    assert target.indicator == "Porcentaje de hogares sin agua"
    (span,) = target.indicator_spans
    assert document[slice(*span)] == "Porcentaje de hogares\n\nsin agua"


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        (INDICATED, ("texto", "esas palabras ya son de S.1.1")),
        (INDICATED.replace("para", "sin"), ("texto", "No está, palabra por palabra")),
        (INDICATED.replace(", linea: 4", ""), ("linea", "falta: la línea del documento")),
        (INDICATED.replace("        ", "  "), ("indicador", "solo lo lleva: meta del plan")),
    ],
)
def test_an_indicator_that_does_not_fit_is_refused(
    folder: Path, added: str, fault: tuple[str, str]
) -> None:
    field, reason = fault
    found = faults(folder, HEAD + GOOD + added)
    assert any(each[1] == field and reason in each[2] for each in found), found


def read_target(folder: Path, statement: str, terms: str, indicator: str = "") -> ElementDraft:
    """The target of a plan whose document has STATEMENT, and below it its INDICATOR."""
    document = DOCUMENT.replace("Reducir en 50 %", statement) + f"{indicator}\n"
    (folder / "coata.txt").write_text(document)
    head = HEAD.replace(SHA256, hashlib.sha256(document.encode()).hexdigest())
    good = GOOD.replace("Reducir en 50 %", statement)
    good = good[: good.index("        medicion")] + f"        medicion: {{{terms}}}\n"
    if indicator:
        good += f"        indicador: {{texto: '{indicator}', linea: 6}}\n"
    path = folder / "coata.yaml"
    path.write_text(head + good)
    return read_plan_file(path).elements[-1]


def test_a_printed_baseline_and_milestones_are_of_the_text(folder: Path) -> None:
    terms = read_target(
        folder,
        "Cobertura de 45.5 % en 2020 y 60 % en 2022",
        'linea_base: "30,5 %", unidad: "%", valor: 60, hitos: {2020: 45.5, 2022-i: 60}',
        indicator="Hogares con agua (30,5 % en 2018)",
    ).terms
    assert terms
    assert terms.baseline == Decimal("30.5")
    assert terms.milestones == {"2020-II": Decimal("45.5"), "2022-I": Decimal(60)}


def test_what_is_promised_for_each_year_is_a_milestone_of_each(folder: Path) -> None:
    terms = read_target(folder, "El 90 % de los acuerdos", 'hitos: {"cada año": 90}').terms
    assert terms
    assert terms.milestones == {f"{year}-II": Decimal(90) for year in range(2019, 2023)}


@pytest.mark.parametrize(
    ("terms", "field", "reason"),
    [
        ("linea_base: 30", "linea_base", "no está en el texto de la meta ni en su indicador"),
        ("linea_base: 2020", "linea_base", "es un año"),
        ("hitos: {2020: 46}", "2020", "no está en el texto"),
        ("hitos: {2023: 60}", "2023", "no es un año ni un semestre del periodo"),
        ("hitos: {pronto: 60}", "pronto", "no es un año ni un semestre del periodo"),
        ("hitos: 60", "hitos", "aquí van claves con su valor"),
    ],
)
def test_a_baseline_or_milestone_that_the_plan_does_not_print_is_refused(
    folder: Path, terms: str, field: str, reason: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        read_target(folder, "Cobertura de 45 % en 2020 y 60 % en 2022", terms)
    ((found, why),) = ((each.field, each.reason) for each in refused.value.faults)
    assert found == field
    assert reason in why


def test_codes_of_other_classifications_are_read_with_what_they_mean(folder: Path) -> None:
    named = "clasificaciones: {ODS: {'3': Salud, '6': Agua}}\n"
    path = folder / "coata.yaml"
    codes = "        clasificacion: {ODS: ['6', '3'], Ejes: '1'}\n"
    path.write_text(HEAD.replace("elementos:", f"{named}elementos:") + GOOD + codes)
    draft = read_plan_file(path)
    assert draft.elements[-1].classes == {"ODS": ["3", "6"], "Ejes": ["1"]}
    assert draft.schemes == {"ODS": {"3": "Salud", "6": "Agua"}, "Ejes": {"1": ""}}


def test_a_classification_without_a_code_is_refused(folder: Path) -> None:
    codes = "        clasificacion: {ODS: ''}\n"
    assert faults(folder, HEAD + GOOD + codes) == [
        (25, "ODS", "Un código tiene de 1 a 30 letras o cifras.")
    ]
