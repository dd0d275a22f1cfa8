"""Whatever was typed, a feed is XML, and only text."""

import datetime as dt
import html
from xml.etree import ElementTree as ET

from django.http import HttpRequest
from django.test import Client, RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.choices import MunicipalityKind
from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.plan_path import PlanPath
from tests.tracking.public.feeding import (
    ATOM,
    MUNICIPALITY,
    NEXT_TERM,
    PLAN,
    entries_of,
    feed_of,
    said,
)
from tests.tracking.published import FIRST, correct, draft, publish, sustain
from tracking.choices import Step
from tracking.public.figures.news import News
from tracking.public.views.feeds import PlanFeed, one_line
from tracking.services.supports import withhold

ARABIC = "\u202e\u0645\u0631\u062d\u0628\u0627"
NASTY = f"\x01]]>\x0b<script>alert(1)</script> & \ufffe \U0001f3da {ARABIC} «\u2028»\x7f"


def test_whatever_was_typed_it_is_xml_and_only_text(
    client: Client, activity: PlanElement, reporter: User, planner: User, puno_unit: Unit
) -> None:
    Unit.objects.update(name=f"Gerencia {NASTY}")
    Municipality.objects.update(name=f"Puno {NASTY}")
    PlanElement.objects.filter(pk=activity.pk).update(statement=NASTY)
    report = draft(activity, FIRST, reporter)
    support = sustain(report)
    support.report = publish(report, by=planner)
    publish(correct(support.report, NASTY, reporter, step=Step.PARTLY), by=planner)
    withhold(support, NASTY, by=planner)
    seen = f"]]> <script>alert(1)</script> & \U0001f3da {ARABIC} « »\x7f"
    for address in (MUNICIPALITY, PLAN):
        withheld, corrected, *_rest = entries_of(client, address)
        assert withheld["summary"].endswith(f"Motivo: {seen}")
        assert corrected["summary"].startswith(f"« {seen}». La Gerencia {seen} informó al ")
        assert corrected["author"].startswith(f"Gerencia {seen}, Municipalidad")
        summaries = feed_of(client, address).iterfind(f".//{ATOM}summary")
        assert [each.text for each in summaries if "<" in (each.text or "")] == []


class Typed(PlanFeed):
    """A feed of one thing, in which every text is what somebody typed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_object(self, request: HttpRequest, slug: str, path: PlanPath) -> Plan:
        kind = MunicipalityKind.PROVINCIAL
        place = Municipality(kind=kind, name=self.text, slug=slug)
        return Plan(**path.term._asdict(), municipality=place)

    def subtitle(self, about: object) -> str:
        return ""  # the head of a ledger: nobody typed it

    def items(self, plan: Plan) -> list[News]:
        now = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
        return [News("/1", now, self.text, self.text, "/", self.text)]


@given(st.text())
@example("\r\n\x00")
@example("\ufffe\uffff\x85")
def test_any_text_is_well_formed_and_read_back(text: str) -> None:
    answer = Typed(text)(RequestFactory().get("/"), slug="puno", path=PlanPath(NEXT_TERM))
    feed = ET.fromstring(answer.content)
    entry = feed.find(f"{ATOM}entry")
    assert entry
    assert said(entry, "title") == one_line(text)
    assert html.unescape(said(entry, "summary")) == one_line(text)
    assert said(entry, f"author/{ATOM}name") == one_line(text)
