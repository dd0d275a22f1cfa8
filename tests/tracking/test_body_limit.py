"""A request that is too large is refused before anybody reads it."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tracking.middleware import LARGEST_BODY

LOGIN = reverse("account_login")


def sent(client: Client, length: str, body: BytesIO) -> int:
    extra: dict[str, Any] = {"CONTENT_LENGTH": length, "wsgi.input": body}
    answer = client.generic("POST", LOGIN, content_type="multipart/form-data; boundary=x", **extra)
    assert ("No se guardó nada" in answer.content.decode()) is (answer.status_code == 413)
    return answer.status_code


def test_above_the_limit_it_is_refused_unread(client: Client) -> None:
    body = BytesIO(b"x")
    assert sent(client, str(LARGEST_BODY + 1), body) == 413
    assert body.tell() == 0


@pytest.mark.parametrize("length", ["mucho", "-1", "1e3", "9" * 30])
def test_a_length_that_cannot_be_is_refused(client: Client, length: str) -> None:
    assert sent(client, length, BytesIO()) == 413


@pytest.mark.django_db
def test_up_to_the_limit_it_is_read(client: Client) -> None:
    assert sent(client, "", BytesIO()) == 422
    body = b"--x\r\nContent-Disposition: form-data; name=login\r\n\r\na\r\n--x--\r\n"
    assert sent(client, str(len(body)), BytesIO(body)) == 422


def test_the_page_keeps_the_portals_safety(client: Client) -> None:
    answer = client.generic("POST", LOGIN, CONTENT_LENGTH=str(LARGEST_BODY + 1))
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Length"] == str(len(answer.content))
