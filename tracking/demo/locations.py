"""Where the simulation says that promises are carried out: districts, and common spots in them."""

from typing import Final

from plans.locations import Kept, Said, kept
from plans.models import PlanElement
from tracking.demo.chance import chance

UNSAID: Final = 40  # of a hundred promises, of how many nobody says where
EVERYWHERE: Final = 12  # of a hundred, how many are for all that is governed
NAMED: Final = 30  # of a hundred districts, how often a spot is named
SPOTS: Final = ("plaza principal", "local comunal", "zona de ampliación urbana", "ribera")


def locations_of(element: PlanElement) -> list[Kept]:
    """Where ELEMENT, which comes with its plan's municipality, is carried out: the same each time.

    One query for a municipality.
    """
    random = chance("lugares", element)
    drawn = random.randrange(100)
    if drawn < UNSAID:
        return []
    municipality = element.plan.municipality
    codes = [each.code for each in municipality.districts]
    if drawn < UNSAID + EVERYWHERE:
        return kept([Said("" if len(codes) > 1 else codes[0])], municipality)
    chosen = random.sample(codes, min(len(codes), random.choice((1, 1, 2, 3))))
    spots = (random.choice(SPOTS) if random.randrange(100) < NAMED else "" for _each in chosen)
    return kept(map(Said, chosen, spots), municipality)
