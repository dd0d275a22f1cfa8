"""What the plan page of Puno answers: its page in one line, and its tables row by row."""

import csv
import io

from django.test import Client

PUNO = "/m/puno/2019-2022/"
Table = list[dict[str, str]]


def page_of(client: Client, query: str = "") -> str:
    response = client.get(f"{PUNO}{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def table_of(client: Client, query: str = "?formato=csv") -> Table:
    response = client.get(f"{PUNO}{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))
