"""What a piece of work costs here and now that never changes: JSON, a template and SQL.

A processor is faster in one hour than in the next, and beside a neighbour it is slower. What the
server does is slower then in the same measure as this, so a limit is so many times this.
"""

import json
from typing import Any, Final

from django.template import engines

from accounts.models import Municipality

ROWS: Final[list[dict[str, Any]]] = [
    {
        "ref": f"S.{number % 7}.{number}",
        "statement": "Ampliar la cobertura de agua segura en los centros poblados de la provincia.",
        "progress": number / 7,
        "states": [number % 5, number % 3, None],
    }
    for number in range(250)
]
TEMPLATE: Final = engines["django"].from_string(
    "{% for row in rows %}<tr><th>{{ row.ref }}</th><td>{{ row.statement|truncatewords:6 }}</td>"
    "<td>{% if row.progress %}{{ row.progress|floatformat:1 }}{% else %}—{% endif %}</td>"
    "<td>{% for state in row.states %}{{ state|default:'' }}{% endfor %}</td></tr>{% endfor %}"
)
TIMES: Final = 8
"""The three take about as long as one another: text is written and read so many times."""


def yardstick() -> None:
    for _time in range(TIMES):
        rows = json.loads(json.dumps(ROWS))
    TEMPLATE.render({"rows": rows})
    list(Municipality.objects.order_by("pk")[: len(ROWS)])
