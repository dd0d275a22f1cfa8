"""The figures that can be taken from a statement at a touch."""

import pytest

from plans.importers.printed.offered import offered_figures


@pytest.mark.parametrize(
    ("statement", "labels"),
    [
        ("Reducir la anemia al 30 % al 2030", ["30 %"]),
        ("Niñas y niños de 6 a 35 meses con anemia (41,3 %)", ["41.3 %"]),
        ("Reciclar 1.500 toneladas al año", ["1.5 toneladas", "1,500 toneladas"]),
        ("Atender 1.500 comedores", ["1,500 comedores"]),
        ("Atender 1.5 comedores", ["1.5 comedores"]),
        ("Sembrar 1.500 hectáreas", ["1.5 hectáreas", "1,500 hectáreas"]),
        ("Bajar 5 % los robos y subir a 70 % la confianza", ["5 %", "70 %"]),
        ("Sin cifra alguna", []),
        (
            "1 posta, 2 aulas, 3 plazas, 4 pozos, 5 redes",
            ["1 posta", "2 aulas", "3 plazas", "4 pozos"],
        ),
    ],
)
def test_each_figure_is_offered_as_it_can_be_read(statement: str, labels: list[str]) -> None:
    assert [each.label for each in offered_figures(statement)] == labels
