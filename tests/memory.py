"""Where a test's own servers may write: to memory, where there is room, and not to the disk.

PostgreSQL waits for the disk at every turn, as it must where it is real; a test that starts, fills
and copies a server of its own spends most of its time so. In memory nothing waits, and what is
killed with -9 finds the same as on a disk.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")
ROOM: Final = 2 * 2**30  # bytes; in a container there are often 64 MB


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder that the server's user may pass, which pytest's own are not; gone at the end."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(prefix="vigia test ", dir=MEMORY if has_room else None) as one:
        folder = Path(one)
        folder.chmod(0o755)
        yield folder
