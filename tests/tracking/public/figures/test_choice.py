"""What a reader chooses of a plan is said whole in the address, and nothing else is understood."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.choices import Dimension, Level
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.choices import Signal, Stage
from tracking.public.figures.balance import LEVELS
from tracking.public.figures.choice import Choice
from tracking.reading.states import SIGNALS, STATES
from tracking.reading.strips import Arrival, Cell

PLAN = Plan(first_year=2019, last_year=2022)
UNITS = (3, 14)
TARGET = PlanElement(level=Level.TARGET, dimension=Dimension.SOCIAL)
CELL = Cell(Semester(2020, 1), Arrival.REPORTED, stage=Stage.RUNNING, signal=Signal.LATE)

choices = st.builds(
    Choice,
    semester=st.none() | st.sampled_from(Semester.all_of(PLAN.term)),
    state=st.sampled_from(["", *STATES]),
    signal=st.sampled_from(["", *SIGNALS]),
    dimension=st.sampled_from(["", *Dimension.values]),
    unit=st.none() | st.sampled_from(UNITS),
    level=st.sampled_from(["", *LEVELS]),
)


@given(choices)
def test_an_address_says_the_whole_choice(choice: Choice) -> None:
    parameters = dict(parse_qsl(choice.address().removeprefix("?")))
    assert Choice.read(parameters, PLAN, UNITS) == choice


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("semestre", "2018-II"),
        ("semestre", "2023-I"),
        ("semestre", "ayer"),
        ("estado", "perdido"),
        ("estado", "informado"),
        ("senal", "con retraso"),
        ("dimension", "cultural"),
        ("oficina", "15"),
        ("oficina", "x"),
        ("nivel", "dimension"),
        ("nivel", "\x00"),
    ],
)
def test_what_the_page_does_not_offer_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"semestre|no es un filtro"):
        Choice.read({name: value}, PLAN, UNITS)


@pytest.mark.parametrize(
    ("choice", "is_chosen"),
    [
        (Choice(), True),
        (Choice(level=Level.TARGET, dimension=Dimension.SOCIAL), True),
        (Choice(level=Level.ACTIVITY), False),
        (Choice(dimension=Dimension.ECONOMIC), False),
        (Choice(unit=3), True),
        (Choice(unit=14), False),
        (Choice(state=Stage.RUNNING, signal="con-retraso"), True),
        (Choice(state=Stage.RUNNING, signal="al-dia"), False),
        (Choice(state=Arrival.MISSING), False),
    ],
)
def test_it_chooses_what_fits_in_every_respect(choice: Choice, is_chosen: bool) -> None:
    assert choice.matches(TARGET, CELL, (3,)) is is_chosen


def test_what_was_never_asked_stands_in_no_state() -> None:
    assert not Choice(state=Arrival.MISSING).matches(TARGET, None, ())
    assert not Choice(signal="al-dia").matches(TARGET, None, ())


def test_a_semester_alone_leaves_nothing_out() -> None:
    assert not Choice(semester=Semester(2020, 1)).is_filter
    assert Choice(level=Level.TARGET).is_filter
