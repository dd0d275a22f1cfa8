"""What a version changed, as the public reads it."""

import pytest

from plans.models import PlanVersion
from plans.version_notes import headline, notes_of


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"what": "added"}, "se agregó"),
        ({"what": "withdrawn"}, "se retiró"),
        ({"what": "changed"}, "cambió de lugar"),
        (
            {"what": "changed", "before": {"statement": "Agu"}, "after": {"statement": "Agua"}},
            "texto del plan: «Agu» → «Agua»",
        ),
        (
            {
                "what": "changed",
                "before": {"goal": "100"},
                "after": {"goal": "10", "terms": 2},
            },
            "valor de la meta: «100» → «10»; versión de la forma de medir: «2»",
        ),
        (
            {"what": "changed", "before": {"units": []}, "after": {"units": ["Obras", "Rentas"]}},
            "unidades orgánicas: nada → «Obras, Rentas»",
        ),
        (
            {"what": "changed", "before": {"kind": ""}, "after": {"kind": "variacion", "terms": 1}},
            "clase: nada → «Variación»; versión de la forma de medir: «1»",
        ),
        (
            {
                "what": "changed",
                "before": {"schedule": {}},
                "after": {"schedule": {"2019-I": "1", "2020-I": "3", "2019-II": "2"}},
            },
            "cronograma: nada → «2019-I: 1, 2019-II: 2, 2020-I: 3»",
        ),
        (
            {
                "what": "changed",
                "before": {"locations": []},
                "after": {
                    "locations": [
                        {"name": "Sucasco", "district_name": "Coata"},
                        {"name": "", "district_name": "Vilque"},
                    ]
                },
            },
            "dónde: nada → «Sucasco (Coata), distrito de Vilque»",
        ),
        (
            {"what": "plan", "before": {"simulated": False}, "after": {"simulated": True}},
            "avances simulados: no → sí",
        ),
        (
            {"what": "plan", "before": {"labels": {}}, "after": {"labels": {"target": "Meta"}}},
            "palabras del plan: nada → «Meta del plan: Meta»",
        ),
    ],
)
def test_a_change_is_told_with_what_was_before(change: dict[str, object], sentence: str) -> None:
    version = PlanVersion(changes=[{"ref": "S.1", **change}])
    assert [note.sentence for note in notes_of(version)] == [sentence]


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ((1, 1, 0, 0), "se publicó el plan, con 1 texto"),
        ((2, 0, 0, 1), "versión 2: 1 texto retirado"),
        ((3, 2, 1, 0), "versión 3: 2 textos agregados, cambios en 1 promesa"),
        ((4, 0, 0, 0), "versión 4: cambió lo que se dice del plan"),
    ],
)
def test_a_version_is_told_in_one_line_without_zeros(
    counts: tuple[int, int, int, int], line: str
) -> None:
    number, added, changed, withdrawn = counts
    version = PlanVersion(number=number, added=added, changed=changed, withdrawn=withdrawn)
    assert headline(version) == line


def test_the_end_of_a_long_correction_is_seen() -> None:
    long = "palabra " * 60
    change = {
        "ref": "S.1",
        "what": "changed",
        "before": {"note": f"{long}uno"},
        "after": {"note": f"{long}dos"},
    }
    (note,) = notes_of(PlanVersion(changes=[change]))
    assert "uno»" in note.sentence
    assert "dos»" in note.sentence
