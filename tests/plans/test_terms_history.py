"""What each version of measuring terms changed."""

from decimal import Decimal

from plans.models import MeasuringTerms
from plans.terms_history import Difference, history_of


def test_a_version_tells_what_it_changed_in_words() -> None:
    first = MeasuringTerms(version=1, kind="nivel", goal=Decimal("90.0000"), unit_of_measure="%")
    second = MeasuringTerms(
        version=2,
        kind="nivel",
        goal=Decimal(80),
        unit_of_measure="%",
        schedule={"2019-II": "20", "2019-I": "10"},
    )
    newest, oldest = history_of([second, first])
    assert newest.differences == [
        Difference("valor de la meta", "90 %", "80 %"),
        Difference("cronograma", "", "2019-I: 10 %, 2019-II: 20 %"),
    ]
    assert oldest.differences == []


def test_what_is_no_longer_stated_is_told() -> None:
    first = MeasuringTerms(version=1, kind="entrega", parts=["Posta de Coata"])
    second = MeasuringTerms(version=2, kind="entrega")
    assert history_of([second, first])[0].differences == [
        Difference("partes", "Posta de Coata", "")
    ]


def test_without_versions_there_is_no_history() -> None:
    assert history_of([]) == []
