"""A feed, as a reader takes it apart."""

import html
from xml.etree import ElementTree as ET

from django.test import Client

from accounts.models import Unit, User
from plans.models import Plan
from plans.semester import Semester
from plans.term import Term
from tests.tracking.published import draft, element_of, open_window, publish, sustain
from tracking.services.semesters import close_semester
from tracking.services.supports import withhold

MUNICIPALITY = "/m/puno/novedades.atom"
PLAN = "/m/puno/2019-2022/novedades.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
NEXT_TERM = Term(2023, 2026)
SEAL = " · Asiento n.º "


def feed_of(client: Client, address: str = PLAN) -> ET.Element:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    return ET.fromstring(response.content)


def entries_of(client: Client, address: str = PLAN) -> list[dict[str, str]]:
    """What each says; its entry in the ledger, which all have, is `sealed`'s."""
    return [
        {
            **{name: said(entry, name) for name in ("id", "title", "updated")},
            "summary": html.unescape(said(entry, "summary")).partition(SEAL)[0],
            "link": entry.find(f"{ATOM}link").attrib["href"],  # type: ignore[union-attr]
            "author": said(entry, f"author/{ATOM}name"),
        }
        for entry in feed_of(client, address).iterfind(f"{ATOM}entry")
    ]


def sealed(client: Client, address: str = PLAN) -> list[str]:
    """The number and the code that each gives."""
    summaries = (said(entry, "summary") for entry in feed_of(client, address).iter(f"{ATOM}entry"))
    return [summary.partition(SEAL)[2] for summary in summaries]


def said(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def titles_of(client: Client, address: str = PLAN) -> list[str]:
    return [entry["title"] for entry in entries_of(client, address)]


VERSION = "Plan de gobierno 2019–2022 · se publicó el plan, con 6 textos"


def tell_everything(plan: Plan, unit: Unit, by: User) -> None:
    """A report with a support that is then withheld, and the closing of its semester."""
    semester = Semester(plan.first_year, 1)
    window = open_window(plan.municipality, semester)
    report = draft(element_of(plan, "S.1.1.1", unit), semester, by)
    support = sustain(report, f"Acta de {plan.term}")
    support.report = publish(report, by=by)
    close_semester(window, by=by)
    withhold(support, "Llevaba un DNI", by=by)
