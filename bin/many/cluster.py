"""All parts together: in their order, with the data of the demonstration."""

import subprocess
import sys
from typing import Final

from bin.many import databases, place, proxy
from bin.many.keeper import Keeper, Part, listens
from bin.postgresql import Trouble
from config.cluster import PROJECT

PLANS: Final = ("puno-2019-2022", "tarata-2019-2022")


def parts() -> list[Part]:
    """In the order in which they start."""
    python, served = sys.executable, place.environment()
    gunicorn = [python, "-m", "gunicorn", "--config", "python:config.server", "config.wsgi"]
    redis = ["redis-server", "--bind", "127.0.0.1", "--port", str(place.REDIS), "--save", ""]
    redis += ["--maxmemory", "512mb", "--maxmemory-policy", "allkeys-lru"]
    s3 = [python, "-m", "bin.many.s3", str(place.S3), place.folder / "s3", place.BUCKET]
    direct = place.environment(is_pooled=False)
    web = [(f"web-{n}", port) for n, port in enumerate((place.WEB_1, place.WEB_2), 1)]
    return [
        databases.primary(),
        databases.replica(),
        databases.pooler(),
        Part("redis", [*redis, "--dir", place.folder / "redis"], place.REDIS),
        Part("s3", s3, place.S3, {"PYTHONPATH": str(PROJECT)}),
        *(Part(name, gunicorn, port, {**served, "PORT": str(port)}) for name, port in web),
        *(Part(f"worker-{n}", [python, "manage.py", "work"], 0, direct) for n in (1, 2)),
        proxy.nginx(),
    ]


def started(*, pause: float = 1) -> Keeper:
    """All parts, running and kept running; the data of the demonstration at the first time."""
    if listens(place.NGINX):
        raise Trouble(f"El puerto {place.NGINX} está ocupado: elija otro con VIGIA_MANY_PORT=.")
    place.prepare()
    databases.make_primary()
    keeper = Keeper(parts(), place.folder, pause=pause)
    try:
        for called in keeper.parts:
            if called == "replica":
                databases.make_replica()
            if called == "web-1":
                _fill()
            print(f"  {called} …", flush=True)
            keeper.start(called)
    except BaseException:
        keeper.stop()
        raise
    keeper.watch()
    return keeper


def _fill() -> None:
    """Migrate, and fill what is empty with the demonstration."""
    manage("migrate", "--verbosity=0", DATABASE_ROLE="owner")
    manage("collectstatic", "--no-input", "--verbosity=0")
    filled = place.folder / "filled"
    if filled.exists():
        return
    print("  datos de la demostración, de uno a tres minutos …", flush=True)
    manage("load_municipalities")
    manage("import_plans", *(f"fixtures/plans/{name}.yaml" for name in PLANS))
    manage("simulate_progress")
    manage("rebuild_standings")
    manage("open_ledger")
    filled.touch()


def manage(*arguments: str, **more: str) -> None:
    """Obey a command of the portal's, connected to the primary itself."""
    environment = place.environment(is_pooled=False) | more
    log = place.folder / "log" / "manage.log"
    with log.open("ab") as written:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=environment,
            stdout=written,
            stderr=written,
            check=False,
        )
    if done.returncode:
        raise Trouble(f"«manage.py {arguments[0]}» falló: vea {log}")
