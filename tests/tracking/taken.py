"""Open data, as it is taken home."""

import csv
import io
import json
from typing import Any

from django.test import Client

from tests.tracking.issued import Accounted
from tests.tracking.published import publish, sustain
from tests.tracking.signed import signed_by_somebody
from tracking.services.review import start_correction

PLAN = "/m/puno/2019-2022/datos/"


def content(address: str) -> str:
    """The whole file."""
    answer: Any = Client().get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def table(name: str, where: str = "/datos/") -> list[dict[str, str]]:
    """The rows of NAME's CSV, of a plan if WHERE says so."""
    text = content(f"{where}{name}.csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def lines(name: str, where: str = "/datos/") -> list[dict[str, Any]]:
    """The rows of its JSON Lines."""
    return [json.loads(line) for line in content(f"{where}{name}.jsonl").splitlines()]


def fill(accounted: Accounted) -> None:
    """A row in every table, also a link's, and a second edition."""
    correction = start_correction(accounted.report, "Falta un enlace.", by=accounted.reporter)
    sustain(correction, "Aviso", url="https://puno.example/aviso", place="Coata")
    publish(correction, by=accounted.planner)
    accounted.spend()
    signed_by_somebody(accounted.issue(), by=accounted.planner)
    accounted.correct("Se contó mal.")
    accounted.issue(2, "Se corrigió.")
