from collections.abc import Iterator

import pytest
from django.core.cache import caches

from tracking.sharing import drawing


@pytest.fixture(autouse=True)
def _pictures_of_no_other_test() -> Iterator[None]:
    caches["shared"].clear()
    yield
    caches["shared"].clear()


@pytest.fixture(autouse=True)
def _however_busy_the_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture is waited for: who shows a link does not, but no test says how fast it is drawn."""
    monkeypatch.setattr(drawing, "PATIENCE", 120.0)
