"""The portal on many machines, on this one: ``python -m bin.many [start|stop|faults]``."""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Final

from bin.many import place
from bin.many.cluster import started
from bin.many.keeper import end
from bin.postgresql import Trouble
from config.cluster import PROJECT

USAGE: Final = """\
python -m bin.many start            enciende todo; Ctrl-C lo apaga
python -m bin.many stop             lo apaga desde otra terminal
python -m bin.many faults [ARCHIVO] mata cada parte con -9 bajo carga; la tabla, en ARCHIVO"""


def start() -> None:
    over = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, lambda *_: over.set())
    keeper = started()
    own = place.folder / "pid" / "keeper"
    own.write_text(str(os.getpid()))
    print(f"Vigía, en muchas partes, está en {place.SITE} (Ctrl-C apaga todo).", flush=True)
    over.wait()
    keeper.stop()
    own.unlink(missing_ok=True)
    print("Todo está apagado.")


def stop() -> None:
    """By the pid of each: first of who keeps the others, so that nobody is started again."""
    _end(place.folder / "pid" / "keeper")
    for file in sorted((place.folder / "pid").glob("*")):
        _end(file)
    print("Todo está apagado.")


def _end(file: Path) -> None:
    """End the program whose pid is in FILE, if it is one of ours."""
    try:
        pid = int(file.read_text())
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ValueError):
        return
    if any(word in command for word in (str(place.folder), str(PROJECT), "bin.many")):
        end(pid, signal.SIGINT if file.name in {"primary", "replica"} else signal.SIGTERM)
    file.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["start"]:
            start()
        case ["stop"]:
            stop()
        case ["faults", *rest] if len(rest) < 2:
            from bin.many.faults import try_all  # noqa: PLC0415  # Django is set up by it

            try_all(Path(rest[0]) if rest else None)
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit("\nInterrumpido.")
