"""A semester with much to report, and the forms that a browser sends from its sheet."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from django.test import Client

from accounts.models import Unit, User
from plans.choices import Level, MeasureKind, Standing
from plans.models import MeasuringTerms, PlanElement, Responsibility
from tests.factories import make_plan
from tests.tracking.office.sent import SEMESTER, draft, send
from tracking.models import ProgressReport
from tracking.services.review import return_report

SHEET = "/gestion/semestre/puno/2019-I/hoja/"
SEMESTER_PAGE = "/gestion/semestre/puno/2019-I/"


def answer_for(unit: Unit, *elements: PlanElement) -> None:
    Responsibility.objects.bulk_create(
        Responsibility(
            element=element,
            unit=unit,
            plan_id=element.plan_id,
            municipality_id=unit.municipality_id,
        )
        for element in elements
    )


def long_plan(unit: Unit, planner: User, *, more: int) -> list[PlanElement]:
    """The guidelines of an elected authority's plan, MORE and one, in their order.

    PLANNER chose to follow them, each as a delivery, and UNIT answers for them.
    """
    plan = make_plan(unit.municipality, more=more)
    plan.standing, plan.standing_source = (
        Standing.ELECTED,
        "Acta de proclamación, 7 de noviembre de 2018",
    )
    plan.save()
    guidelines = plan.elements.filter(level=Level.GUIDELINE).select_related("plan__municipality")
    MeasuringTerms.objects.bulk_create(
        MeasuringTerms(
            element=element,
            version=1,
            kind=MeasureKind.DELIVERY,
            in_force_from=dt.date(2019, 1, 1),
            reason="Se eligió seguirlo",
            by=planner,
        )
        for element in guidelines
    )
    answer_for(unit, *guidelines)
    return list(guidelines.with_reportability().in_document_order())


def begun_and_returned(elements: Sequence[PlanElement], reporter: User, planner: User) -> None:
    """The report of the first is begun, that of the second came back."""
    draft(elements[0], reporter)
    report = send(elements[1], reporter)
    return_report(report, "Falta.", report.municipality, read=report.edit, by=planner)


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the page's sheet if nobody touched it."""
    form = re.search(r'<form[^>]*id="hoja".*?</form>', page, re.DOTALL)
    assert form
    return sent_by(form[0])


def sent_by(html: str) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, kind = _attribute(tag, "name"), _attribute(tag, "type")
        if name and (kind not in {"checkbox", "radio"} or " checked" in tag):
            sent.setdefault(name, []).append(_attribute(tag, "value"))
    for name, content in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL
    ):
        sent.setdefault(name, []).append(unescape(content).replace("\n", "\r\n"))
    for name, content in re.findall(
        r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', content)
        sent.setdefault(name, []).append(chosen[1] if chosen else "")
    return sent


def with_typed(sent: Mapping[str, Any], element: PlanElement, **typed: Any) -> dict[str, Any]:
    """What is SENT once somebody TYPED in the row of ELEMENT."""
    changes = {
        f"r{element.pk}-{name}": value if isinstance(value, list) else [value]
        for name, value in typed.items()
    }
    return {**sent, **changes}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


Fields = dict[str, Any]


def read(browser: Client, address: str = SHEET) -> str:
    """The page with all its rows open."""
    page = browser.get(f"{address}{'&' if '?' in address else '?'}filas=abiertas")
    assert page.status_code == 200
    return page.content.decode()


def save(browser: Client, fields: Fields, address: str = SHEET, **pressed: str) -> Any:
    """Press "Guardar todo", or the button that is named."""
    return browser.post(address, {**fields, **(pressed or {"accion": "todo"})})


def one_row(browser: Client, fields: Fields, element: PlanElement) -> Any:
    """What htmx sends for one row: its own fields and the page's day."""
    prefix = f"r{element.pk}-"
    own = {name: value for name, value in fields.items() if name.startswith(prefix)}
    return browser.post(
        SHEET,
        {**own, "as_of": fields["as_of"], "fila": element.ref},
        headers={"HX-Request": "true"},
    )


def stored(element: PlanElement) -> ProgressReport | None:
    return ProgressReport.objects.filter(element=element, semester=SEMESTER).first()
