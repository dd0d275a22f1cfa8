"""The key that signs sessions when none is configured: made once, kept outside the clone."""

import os
import secrets
from pathlib import Path

from config import cluster


def installation_key(project: Path) -> str:
    """Return this installation's own secret key, making it at the first call.

    It lies beside the private cluster, readable by its owner only. Two processes that start
    together agree: whoever links the file first wins, and the other reads it.
    """
    path = cluster.state_directory(project) / "secret_key"
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text()
