"""Every table that can be taken home, in the order in which a page lists them."""

from typing import Final

from tracking.reading.published import (
    accountability_reports,
    asked,
    elements,
    expenditures,
    ledger,
    municipalities,
    plans,
    reports,
    semesters,
    standings,
    supports,
    terms,
    units,
)
from tracking.reading.published.table import Table

TABLES: Final[dict[str, Table]] = {
    noun.TABLE.name: noun.TABLE
    for noun in (
        *(plans, elements, terms, reports, supports, expenditures, asked, standings),
        *(accountability_reports, semesters, units, municipalities, ledger),
    )
}
