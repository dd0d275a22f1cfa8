"""Documents as PDF, printed by the portal's own printer."""

from functools import cache

import weasyprint

import tracking.accountability.printing.paper  # noqa: F401  # its fonts, whatever the machine has

STYLE = """<html lang="es"><style>
@page { size: A4 landscape; margin: 2cm; @top-center { content: "Alianza Valle Alto" }
  @bottom-right { content: "Página " counter(page) " de " counter(pages) } }
body { font: 10.5pt serif } table { width: 100%; border-collapse: collapse }
td, th { padding: 3px 12px; vertical-align: top; text-align: left; hyphens: auto }
.ruled td, .ruled th { border: 1px solid } sup { font-size: 6pt }
</style>"""


@cache
def printed(body: str) -> bytes:
    return bytes(weasyprint.HTML(string=STYLE + body).write_pdf())
