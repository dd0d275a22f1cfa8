"""A semester's sheet: downloaded, filled in, sent back and mended in the page."""

from typing import Any

from django.test import Client

from plans.models import PlanElement
from tests.filled import Lines, downloaded
from tests.tracking.office.sheets import (
    SHEET,
    sent_by,
)

FILE, UPLOAD = f"{SHEET}mi-hoja.xlsx", f"{SHEET}archivo/"
SAID: Any = {"Paso": "En ejecución", "Qué_se_hizo": "Se firmó.", "Dificultades": "Llovió."}


def sheet_of(browser: Client) -> Lines:
    return downloaded(browser, FILE)


def mend(browser: Client, answer: Any, element: PlanElement, **typed: Any) -> Any:
    """Send the rows that wait in ANSWER, once somebody TYPED in that of ELEMENT."""
    (form,) = [each for each in answer.content.decode().split("<form") if 'name="fila"' in each]
    fields = sent_by(form.partition("</form>")[0])
    return browser.post(UPLOAD, {**fields, **{f"r{element.pk}-{k}": v for k, v in typed.items()}})
