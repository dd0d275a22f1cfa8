"""All of an archive is read at one moment, whatever is published meanwhile."""

import threading

import pytest
from django.db import InternalError, connection

from accounts.models import Municipality
from tests.factories import make_municipality
from tracking.archiving.archive import one_state


@pytest.mark.django_db(transaction=True)
def test_what_is_published_meanwhile_is_not_read() -> None:
    def publish() -> None:
        make_municipality("Lamas", "220501")
        connection.close()

    with one_state():
        before = Municipality.objects.count()
        other = threading.Thread(target=publish)
        other.start()
        other.join()
        assert Municipality.objects.count() == before
    assert Municipality.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written() -> None:
    with pytest.raises(InternalError, match="read-only"), one_state():
        make_municipality("Lamas", "220501")
