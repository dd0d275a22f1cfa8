"""Two municipalities, and a made-up plan for each."""

import pytest

from benchmarks.country.places import Order
from tests.benchmarks.made_up import written
from tests.factories import make_municipality


@pytest.fixture
def places(db: None) -> None:
    for name, inei in (("Puno", "210101"), ("Lamas", "220501")):
        make_municipality(name, inei)


@pytest.fixture
def country(places: None) -> list[Order]:
    return written()
