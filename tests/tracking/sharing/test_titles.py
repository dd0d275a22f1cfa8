"""A link says how it goes before anything else: in a chat some sixty letters are seen."""

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts.models import User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.tracking.heads import head_of
from tests.tracking.published import FIRST, draft, publish
from tracking.choices import Signal, Verdict
from tracking.models import AccountabilityReport
from tracking.public.card import Card
from tracking.reading.strips import Arrival, Cell
from tracking.reading.verdicts import LastKnown, headline_of


def cell(**seen: object) -> Cell:
    return Cell(Semester(2021, 1), Arrival.REPORTED, **seen)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            LastKnown(Verdict.LATE, cell(progress=Decimal(51), signal=Signal.VERY_LATE), 0),
            "51 %, muy retrasado",
        ),
        (
            LastKnown(Verdict.ON_TIME, cell(progress=Decimal("37.5"), signal=Signal.ON_TIME), 0),
            "37.5 %, va a tiempo",
        ),
        (
            LastKnown(
                Verdict.HALTED,
                cell(progress=Decimal(20), signal=Signal.LATE, is_halted=True),
                0,
            ),
            "20 %, paralizada",
        ),
        (LastKnown(Verdict.LATE, cell(step=2, signal=Signal.LATE), 0), "Va tarde"),
        (
            LastKnown(Verdict.UNKNOWN, cell(progress=Decimal(80), signal=Signal.ON_TIME), 3),
            "No se sabe cómo va",
        ),
        (LastKnown(Verdict.AHEAD, None, 0), "Aún no toca informar"),
    ],
)
def test_a_promise_is_headed_by_how_it_goes(known: LastKnown, said: str) -> None:
    assert known.headline == said


def test_a_plan_is_headed_by_the_worst_of_its_counts() -> None:
    counts: dict[str, int] = {
        Verdict.DONE: 3,
        Verdict.ON_TIME: 18,
        Verdict.LATE: 9,
        Verdict.HALTED: 1,
    }
    assert headline_of(counts) == "1 paralizada y 9 van tarde, de 31 promesas"
    assert headline_of({Verdict.DONE: 1}) == "1 cumplida, de 1 promesa"


def title_of(client: Client, address: str) -> str:
    title = head_of(client.get(address)).meta["og:title"]
    assert title == title.strip()
    return title


def test_the_title_of_each_page_begins_with_how_it_goes(
    client: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    address = activity.get_absolute_url()
    assert title_of(client, address) == "No se sabe cómo va · Programa de comedores de Puno · Puno"
    publish(draft(activity, FIRST, reporter), by=planner)
    assert title_of(client, address).startswith("No se sabe si va a tiempo · Programa de ")
    plan = activity.plan.get_absolute_url()
    assert title_of(client, plan).endswith(" promesas · Puno, plan de gobierno 2019–2022")
    assert title_of(client, "/m/puno/").endswith(" promesas · Municipalidad Provincial de Puno")


def test_an_edition_is_headed_alike(client: Client, issued: AccountabilityReport) -> None:
    title = title_of(client, issued.get_absolute_url())
    assert " promesas · Rendición de cuentas del semestre 2019-I, " in title


def test_of_what_nothing_is_known_the_words_come_first(client: Client, puno_plan: Plan) -> None:
    assert title_of(client, "/m/puno/2019-2022/S.1.1.1/") == "Programa de comedores de Puno · Puno"
    assert title_of(client, "/m/puno/2019-2022/") == "Puno, plan de gobierno 2019–2022"


def test_what_is_simulated_is_not_sent_as_if_it_had_happened(
    client: Client, activity: PlanElement
) -> None:
    Plan.objects.update(simulated=True)
    card = client.get(activity.get_absolute_url()).context["card"]
    assert card.title.endswith(" · Puno (avances simulados)")
    assert "avances%20simulados" in card.whatsapp


def test_it_is_sent_by_whatsapp_with_its_words_and_its_address(
    client: Client, activity: PlanElement
) -> None:
    typed = "Agua & 100 % “luz” 🌊\n#1"
    activity.plan.elements.filter(pk=activity.pk).update(statement=typed)
    card = client.get(activity.get_absolute_url()).context["card"]
    link = urlsplit(card.whatsapp)
    assert (link.scheme, link.netloc, link.path) == ("https", "wa.me", "/")
    assert parse_qs(link.query) == {
        "text": [
            "No se sabe cómo va · «Agua & 100 % “luz” 🌊 #1» · Puno "
            "http://localhost:8000/m/puno/2019-2022/S.1.1.1/"
        ]
    }


def test_a_list_that_nobody_confirmed_is_said_to_be_one(puno_plan: Plan) -> None:
    assert Card.of_plan(puno_plan, {}).about.endswith(", sin confirmar si su lista ganó")
