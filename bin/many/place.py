"""Where the many parts lie and listen, and what the portal's programs are told of them."""

import os
import pwd
import secrets
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bin.postgresql import own
from config.cluster import PROJECT, state_directory

FIRST: Final = int(os.environ.get("VIGIA_MANY_PORT") or 8150)
NGINX, WEB_1, WEB_2, POOLER, PRIMARY, REPLICA, REDIS, S3 = range(FIRST, FIRST + 8)
"""The port of each part."""
BUCKET: Final = "vigia"
SITE: Final = f"http://localhost:{NGINX}"

folder = state_directory() / "many"


def prepare() -> None:
    """Make the folders, each for whoever writes in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("log", "pid", "redis", "s3", "nginx"):
        (folder / name).mkdir(exist_ok=True, mode=0o700)
    for name in ("postgresql", "pooler"):
        (folder / name).mkdir(exist_ok=True, mode=0o700)
        own(folder / name)


def secret(name: str) -> str:
    """The password called NAME: made once, for the owner's eyes alone."""
    path = folder / f"{name}.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text()


def whoever_runs() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def write_for_server(path: Path, text: str) -> Path:
    """Write a file that PostgreSQL's user alone reads."""
    path.touch(mode=0o600)
    path.write_text(text)
    own(path)
    return path


def database(role: str, port: int) -> str:
    return f"postgres://{role}:{quote(secret(role))}@127.0.0.1:{port}/vigia"


def environment(*, is_pooled: bool = True) -> dict[str, str]:
    """What web hosts and workers are told; those that hold a transaction long take no pooler."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return own | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE_URL": SITE,
        "TRUSTED_PROXIES": "1",
        "SECRET_KEY": secret("key"),
        "STATIC_ROOT": str(folder / "static"),
        "DATABASE_ROLE": "app",
        "DATABASE_URL": database("vigia_app", POOLER if is_pooled else PRIMARY),
        "DATABASE_OWNER_URL": database("vigia", PRIMARY),
        "DATABASE_POOLED": "1" if is_pooled else "0",
        # Past the pooler, which stands before the primary: who reads goes on without either.
        "DATABASE_REPLICA_URL": database("vigia_app", REPLICA) if is_pooled else "",
        "CACHE_URL": f"redis://127.0.0.1:{REDIS}/0",
        "FILES_URL": f"s3+http://vigia:{quote(secret('s3'), safe='')}@127.0.0.1:{S3}/{BUCKET}",
        "PYTHONPATH": str(PROJECT),
    }
