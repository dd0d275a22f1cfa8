"""What a version changed, as the public reads it."""

import pytest

from plans.models import PlanVersion
from plans.version_notes import notes_of


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
            {"what": "changed", "before": {}, "after": {"terms": 2}},
            "forma de medir: nada → «2»",
        ),
        (
            {"what": "changed", "before": {"units": []}, "after": {"units": ["Obras", "Rentas"]}},
            "unidades orgánicas: nada → «Obras, Rentas»",
        ),
        (
            {"what": "plan", "before": {"labels": {}}, "after": {"labels": {"target": "Meta"}}},
            "palabras del plan: nada → «target: Meta»",
        ),
    ],
)
def test_a_change_is_told_with_what_was_before(change: dict[str, object], sentence: str) -> None:
    version = PlanVersion(changes=[{"ref": "S.1", **change}])
    assert [note.sentence for note in notes_of(version)] == [sentence]
