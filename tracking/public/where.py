"""Where a promise is carried out, in one line that leads to what else is there."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plans.locations import Kept, said_in


def where(locations: Sequence[Kept], plan: str) -> SafeString | str:
    """LOCATIONS, each with a link to what else of the PLAN of that address is in its district.

    A point has the link that a telephone opens in its own map: no other host is asked.
    """
    if not locations:
        return _("No se dijo dónde.")
    return format_html_join(
        "; ", "{}{}", ((_named(each, plan), _point(each)) for each in locations)
    )


def _named(location: Kept, plan: str) -> SafeString | str:
    said = said_in(location)
    if not location["district"]:
        return said
    return format_html('<a href="{}?distrito={}#promesas">{}</a>', plan, location["district"], said)


def _point(location: Kept) -> SafeString | str:
    if location["latitude"] is None:
        return ""
    point = f"{location['latitude']},{location['longitude']}"
    return format_html(' (<a href="geo:{}">{}</a>)', point, point.replace(",", ", "))
