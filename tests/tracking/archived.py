"""An archive that is served, as far as the portal's own pages read it."""

from pathlib import Path
from typing import Final

from pytest_django import Settings

STILL_THERE: Final = "de 2019–2022</a>, del 3 de marzo de 2023, puede tenerlo todavía"


def serve_archive(settings: Settings, root: Path) -> None:
    """Below ROOT lies one of the plan of Puno."""
    settings.ARCHIVES_ROOT, settings.ARCHIVES_URL = root, "https://archivo.example/"
    folder = root / "puno-2019-2022"
    folder.mkdir()
    (folder / "archivo.json").write_text('{"dia": "2023-03-03"}')
    (folder / "SHA256SUMS").write_text("")
