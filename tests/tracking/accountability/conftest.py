import pytest

from tests.tracking.issued import Accounted
from tracking.models import AccountabilityReport


@pytest.fixture
def report(accounted: Accounted) -> AccountabilityReport:
    """The first edition of Puno's first semester."""
    return accounted.issue()
