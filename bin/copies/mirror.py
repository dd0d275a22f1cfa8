"""Files that lie in a bucket are brought to the disk, where they are copied as any others."""

import os
import subprocess
from pathlib import Path

from config.cluster import PROJECT


def mirror(folder: Path) -> str:
    """Have in FOLDER what the bucket keeps; what could not be brought, in words, or nothing.

    The portal's own command does it, as whom the folder belongs to: root may not be let into the
    database. What is there stays, whatever becomes of the bucket.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = folder.stat()
    done = subprocess.run(
        [PROJECT / ".venv" / "bin" / "python", "manage.py", "move_files", "--mirror"],
        cwd=PROJECT,
        env={**os.environ, "MEDIA_ROOT": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        user=owner.st_uid if os.geteuid() == 0 else None,
        group=owner.st_gid if os.geteuid() == 0 else None,
        extra_groups=[owner.st_gid] if os.geteuid() == 0 else None,
    )
    if done.returncode == 0:
        print(done.stdout.strip(), flush=True)
        return ""
    return (done.stderr.strip().splitlines() or ["manage.py move_files no dijo por qué."])[-1]
