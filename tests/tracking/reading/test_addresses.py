"""Addresses that leave the portal name it, whatever host was asked."""

import pytest
from django.test import override_settings

from tracking.reading.addresses import absolute


@pytest.mark.parametrize("portal", ["https://vigia.example", "http://localhost:8000"])
def test_an_address_that_leaves_begins_with_the_portals_own(portal: str) -> None:
    with override_settings(SITE_URL=portal):
        assert absolute("/m/puno/") == f"{portal}/m/puno/"
