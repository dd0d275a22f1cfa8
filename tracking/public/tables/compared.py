"""Municipalities side by side, a row each, as their page compares them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from django.http import StreamingHttpResponse

from tracking.choices import Verdict
from tracking.measuring import progress
from tracking.public.figures.comparing import Comparison, Place
from tracking.public.tables.about import ABOUT_THE_PLAN, about_the_plan
from tracking.public.tables.writing import Row, csv_table
from tracking.reading.addresses import absolute
from tracking.reading.declared import declared_by
from tracking.reading.places import as_text

VERDICTS: Final = {each.value: f"promesas_{each.value.replace('-', '_')}" for each in Verdict}
HEADER: Final = (
    *("region", "provincia", "semestre", "se_compara", "por_que_no", "promesas"),
    *VERDICTS.values(),
    *("con_informe", "cobertura_pct", "a_tiempo", "puntualidad_pct"),
    *("con_sustento", "sustento_pct", "enlace"),
    *ABOUT_THE_PLAN,
)


def compared_table(
    name: str, comparison: Comparison, places: Sequence[Place]
) -> StreamingHttpResponse:
    """PLACES in their order. NAME is the region's in addresses, "" of places from anywhere."""
    named = "-".join(filter(None, ("comparacion", name, str(comparison.semester or ""))))
    return csv_table(f"{named}.csv", HEADER, _rows(comparison, places))


def _rows(comparison: Comparison, places: Sequence[Place]) -> Iterator[Row]:
    for place in places:
        yield {
            **_where(place),
            "semestre": str(comparison.semester or ""),
            "se_compara": place.is_compared,
            "por_que_no": place.why_not,
            **_counts(place),
        }


def _where(place: Place) -> Row:
    municipality = place.municipality
    where = {"region": municipality.region, "provincia": municipality.province}
    if place.plan is None:
        return where | {
            "municipalidad": municipality.full_name,
            "ubigeo_inei": municipality.inei,
            "ubigeo_texto": as_text(municipality.inei),
            "enlace": absolute(municipality.get_absolute_url()),
        }
    return where | {
        **about_the_plan(place.plan),
        "enlace": absolute(place.plan.get_absolute_url()),
    }


def _counts(place: Place) -> Row:
    """What was counted; in percent only what can be compared."""
    if place.counts is None or place.plan is None:
        return {}
    figures = place.counts.figures
    counts: dict[str, object] = {
        "promesas": figures.asked,
        **{column: place.counts.verdicts.get(key, 0) for key, column in VERDICTS.items()},
        "con_informe": figures.reported,
        "a_tiempo": figures.punctual,
        "con_sustento": figures.supported,
        "declarado_por": declared_by(simulated=place.plan.simulated),
    }
    if place.is_compared:
        counts |= {
            "cobertura_pct": _rounded(figures.reported_share),
            "puntualidad_pct": _rounded(figures.punctual_share),
            "sustento_pct": _rounded(figures.supported_share),
        }
    return counts


def _rounded(share: Decimal | None) -> Decimal | None:
    return progress.rounded(share) if share is not None else None
