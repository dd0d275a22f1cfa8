from collections.abc import Iterator

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _pictures_of_no_other_test() -> Iterator[None]:
    caches["shared"].clear()
    yield
    caches["shared"].clear()
