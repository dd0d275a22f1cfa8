"""The page of a promise, on a day."""

import datetime as dt
from typing import Any
from unittest import mock

from django.test import Client

ADDRESS = "/m/puno/2019-2022/S.1.1.1/"
PARTS = [f"Comedor {n}" for n in range(8)]


def page_of(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def status_of(page: str) -> str:
    return page.partition('<p class="status">')[2].partition("</p>")[0].strip()


def on(day: dt.date) -> Any:
    """As if it were DAY."""
    return mock.patch("tracking.public.views.element.timezone.localdate", return_value=day)
