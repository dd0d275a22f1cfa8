"""How gunicorn serves the portal: on one's own machine (`make demo`), and where it is real.

Called as a program, before anything is installed, it only says whether the port is free:
standard library only.
"""

import logging
import os
import shutil
import socket
import subprocess
import sys

from config.logs import SERVER
from config.seen.folder import counted

port = os.environ.get("PORT") or "8000"

bind = f"127.0.0.1:{port}"
workers = 2
worker_class = "config.worker.GatheringWorker"
threads = 16  # many may wait for one lock, some for a reader who takes a file home
worker_connections = 500  # each is an open file, and a process may have 1,024
preload_app = True  # "ready" is said only when the application really loads
loglevel = "warning"
logconfig_dict = SERVER
control_socket_disable = True
# In the demonstration a question of any length gets a page of the portal for an answer. Where the
# portal is real the server refuses it, as the proxy before it does.
is_real = os.environ.get("SITE_URL", "").startswith("https:")
limit_request_line = 8190 if is_real else 0
forwarder_headers = ""  # no header of a request may move the portal to another path
forwarded_allow_ips = ""  # what a proxy says is read by the portal, as TRUSTED_PROXIES tells it

graceful_timeout = 30 if is_real else 3  # seconds for what is being answered to be answered

if os.environ.get("METRICS_PORT") and __name__ != "__main__":
    # Each process counts in a file of its own; what those of before counted is over.
    shutil.rmtree(counted(), ignore_errors=True)
    counted().mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counted())

background: list[subprocess.Popen[bytes]] = []
FAREWELL = 1.5  # seconds; the worker that is told to end has a little less


def when_ready(server: object) -> None:
    """Tell where the portal is, once it listens; with WORK=1 do beside it what is done behind."""
    if is_real:
        logging.getLogger(__name__).info("Vigía está lista: sirve %s", os.environ["SITE_URL"])
    else:
        print(f"\nVigía está lista en http://localhost:{port} (Ctrl-C la detiene).", flush=True)
    if os.environ.get("WORK") == "1":
        background.append(subprocess.Popen([sys.executable, "-m", "config.background"]))


def on_reload(server: object) -> None:
    """The terminal of the demonstration was closed: nobody is there to end it later."""
    if os.environ.get("WORK") == "1":
        raise StopIteration


def on_exit(server: object) -> None:
    """Whoever works behind ends with the portal. The database does not, and that is said."""
    for process in background:
        process.terminate()
    for process in background:
        try:
            process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            process.kill()
    if os.environ.get("WORK") == "1":
        print(f"\nVigía se detuvo.{_what_still_runs()}", flush=True)


def _what_still_runs() -> str:
    if os.environ.get("DATABASE_URL"):
        return ""
    return " La base de datos sigue encendida: «bin/db stop» la apaga."


def trouble_with_port() -> str:
    """Return what to do about a port that cannot be had; empty when it is free."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        return f"«{port}» no es un puerto: use un número del 1 al 65535, como PORT=8001."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
            probe.listen()
        except PermissionError:
            return f"El puerto {port} está reservado: elija uno desde 1024, como PORT=8001."
        except OSError:
            return (
                f"El puerto {port} está ocupado: cierre lo que lo usa o elija otro, como PORT=8001."
            )
    return ""


if __name__ == "__main__":
    sys.exit(trouble_with_port() or 0)
