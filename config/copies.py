"""What `bin/backup` leaves for whoever watches: when a copy of each kind last ended well.

Standard library only: it is read with any Python.
"""

import json
import os
from pathlib import Path
from typing import Final

from config.cluster import state_directory

COPIES: Final = "copias"
STAMP: Final = "last.json"


def copies_folder() -> Path:
    """Where the copies lie: BACKUP_DIR, or beside the private database."""
    return Path(os.environ.get("BACKUP_DIR") or state_directory() / COPIES).absolute()


def stamped(folder: Path) -> dict[str, str]:
    """What is noted in FOLDER. OSError where nothing can be read, ValueError where it is broken."""
    told: dict[str, str] = json.loads((folder / STAMP).read_text())
    return told
