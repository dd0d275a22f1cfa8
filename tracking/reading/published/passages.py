"""The documents of published plans, in the passages that a search finds: the API alone has them."""

from plans.models import Passage
from plans.querysets import PassageQuerySet
from tracking.reading.passages import with_their_plans


def rows() -> PassageQuerySet:
    return with_their_plans(Passage.objects.published()).order_by("pk")
