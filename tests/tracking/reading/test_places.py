"""What the portal has of each municipality."""

from accounts.models import Municipality
from plans.models import Plan
from tracking.reading.places import as_text, with_plan_mark


def test_only_a_published_plan_marks_its_place(puno_plan: Plan, lamas: Municipality) -> None:
    def marks() -> dict[str, bool]:
        return dict(with_plan_mark(Municipality.objects.all()).values_list("slug", "has_plan"))

    assert marks() == {"puno": True, "lamas": False}
    Plan.objects.update(version=0)
    assert marks() == {"puno": False, "lamas": False}


def test_an_ubigeo_is_a_word_that_keeps_its_zero() -> None:
    assert as_text("030101") == "INEI-030101"
