"""The template of a plan, filled in as an office does it."""

from plans.importers.mending.flags import looked_over
from plans.importers.sheet.reader import read
from plans.importers.sheet.template import template
from plans.term import Term
from tests.plans.importers.outlines import shape

TERM = Term(2027, 2030)


def test_the_template_filled_in_reads_back_without_a_doubt() -> None:
    rows = [
        ["Social", "Faltan aulas.", "Que haya.", "Aulas", "Construir 12 aulas.", "", "", "", ""],
        ["", "", "", "", "", "1.1", "Aulas rurales.", "Proyecto", "2345678"],
        ["Ambiental", "Hay humo.", "Aire limpio.", "", "Poner 30.5 % de filtros.", *[""] * 4],
    ]
    found = read(template(TERM, rows), "plantilla.xlsx")
    assert shape(found) == [
        ("dimension", "Social", ""),
        ("problem", "Faltan aulas.", "Social"),
        ("objective", "Que haya.", "Faltan aulas."),
        ("target", "Construir 12 aulas.", "Que haya."),
        ("activity", "Aulas rurales.", "Que haya."),
        ("dimension", "Ambiental", ""),
        ("problem", "Hay humo.", "Ambiental"),
        ("objective", "Aire limpio.", "Hay humo."),
        ("target", "Poner 30.5 % de filtros.", "Aire limpio."),
    ]
    assert found.about.term == "2027-2030"
    assert not found.doubts
    assert not any(each.doubts for each in looked_over(found.items, found.about.years))


def test_the_example_of_the_template_is_nobodys_plan() -> None:
    assert read(template(TERM), "plantilla.xlsx").items == ()
