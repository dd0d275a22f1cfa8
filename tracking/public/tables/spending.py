"""What was spent on each activity of a plan, a row for each of its fiscal years."""

from collections.abc import Iterator
from typing import Final

from django.http import StreamingHttpResponse

from plans.choices import Level
from tracking.public.figures.overview import Overview
from tracking.public.tables.about import (
    ABOUT_THE_PLAN,
    ABOUT_THE_PROMISE,
    about_the_plan,
    about_the_promise,
)
from tracking.public.tables.writing import Row, csv_table
from tracking.reading.declared import declared_by
from tracking.reading.spending import expenditures_in_force

HEADER: Final = (
    *ABOUT_THE_PROMISE,
    *("se_suma", "anio", "pia", "pim", "devengado", "al_dia", "fuente", "revision", "cobertura"),
    *ABOUT_THE_PLAN,
)


def spending_table(overview: Overview) -> StreamingHttpResponse:
    """The figures in force of every activity; ``se_suma`` says which ones the page adds up."""
    name = f"{overview.plan.municipality.slug}-{overview.plan.term}-gasto.csv"
    return csv_table(name, HEADER, _rows(overview))


def _rows(overview: Overview) -> Iterator[Row]:
    about, declared = about_the_plan(overview.plan), declared_by(simulated=overview.plan.simulated)
    activities = {
        element.pk: element for element in overview.elements if element.level == Level.ACTIVITY
    }
    leaves = sum(element.is_reportable for element in activities.values())
    rows = [row for row in expenditures_in_force(overview.plan) if row.element_id in activities]
    known = {
        year: sum(row.year == year and activities[row.element_id].is_reportable for row in rows)
        for year in {row.year for row in rows}
    }
    for row in sorted(rows, key=lambda row: (row.year, activities[row.element_id].position)):
        element = activities[row.element_id]
        yield {
            **about_the_promise(element),
            **about,
            "declarado_por": declared,
            "se_suma": element.is_reportable,
            "anio": row.year,
            "pia": row.pia,
            "pim": row.pim,
            "devengado": row.accrued,
            "al_dia": row.as_of,
            "fuente": row.source,
            "revision": row.revision,
            "cobertura": f"{known[row.year]} de {leaves}",
        }
