"""``python -m config.seen``: serve the figures of this machine's portal, until told to end."""

import logging
import os
import signal
import sys

import django

from config.seen.folder import counted

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DATABASE_LIMITS"] = "page"


def main() -> int:
    port = os.environ.get("METRICS_PORT", "")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        print(f"METRICS_PORT es «{port}»: diga un puerto, como METRICS_PORT=9108.", file=sys.stderr)
        return 1
    django.setup()
    from config.seen.serving import serve  # noqa: PLC0415

    serve(int(port), counted())
    logging.getLogger("config.seen").info("Las cifras están en http://127.0.0.1:%s/metrics", port)
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    return 0


if __name__ == "__main__":
    sys.exit(main())
