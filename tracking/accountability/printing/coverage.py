"""The sentences that say on how many reports a printed mean rests.

In the words that paper has had from the first edition: those of a screen change, and the same
content must go on giving the same file.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from plans.choices import MeasureKind
from tracking.public.figures.balance import Balance
from tracking.reading.sentences import percentage


def printed_means(balance: Balance) -> list[str]:
    """The means of like things alone."""
    return [_mean(kind, mean) for kind, mean in balance.standing.means.items()]


def _mean(kind: str, mean: Mapping[str, Any]) -> str:
    shown = {
        "kind": str(MeasureKind(kind).label).lower(),
        "measured": mean["measured"],
        "of": mean["of"],
    }
    if mean["mean"] is None:
        sentence = _(
            "De clase «%(kind)s», %(measured)s de %(of)s con porcentaje: no alcanza para un "
            "promedio."
        )
        return sentence % shown
    shown["mean"] = percentage(Decimal(mean["mean"]))
    sentence = _(
        "De clase «%(kind)s», %(mean)s de avance en promedio (%(measured)s de %(of)s con "
        "porcentaje)."
    )
    return sentence % shown
