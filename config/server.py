"""How gunicorn serves the portal on one's own machine (`make demo`).

Called as a program, before anything is installed, it only says whether the port is free:
standard library only.
"""

import os
import socket
import subprocess
import sys

from config.logs import SERVER

port = os.environ.get("PORT") or "8000"

bind = f"127.0.0.1:{port}"
workers = 2
threads = 4
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

PATIENCE = 10  # seconds
background: list[subprocess.Popen[bytes]] = []


def when_ready(server: object) -> None:
    """Tell where the portal is, once it listens; with WORK=1 do beside it what is done behind."""
    print(f"\nVigía está lista en http://localhost:{port} (Ctrl-C la detiene).", flush=True)
    if os.environ.get("WORK") == "1":
        background.append(subprocess.Popen([sys.executable, "manage.py", "work"]))


def on_exit(server: object) -> None:
    """Whoever works behind ends with the portal: after what it is doing, or within seconds."""
    for process in background:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


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
