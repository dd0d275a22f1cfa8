"""List the locked packages that have a newer version, those that requirements/*.in names first."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMED = re.compile(r"^([A-Za-z][\w.-]*)", re.MULTILINE)
LOCKED = re.compile(r"^([A-Za-z][\w.-]*)==(\S+)", re.MULTILINE)


def plain(name: str) -> str:
    """NAME as indexes spell it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(pattern: str) -> str:
    return "\n".join(path.read_text() for path in sorted(ROOT.glob(f"requirements/{pattern}")))


def main() -> int:
    asked = [sys.executable, "-m", "pip", "list", "--outdated", "--format=json"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if answer.returncode:
        print("No se pudo preguntar por versiones nuevas:", answer.stderr.strip(), file=sys.stderr)
        return 1
    newest = {plain(each["name"]): each["latest_version"] for each in json.loads(answer.stdout)}
    named = {plain(name) for name in NAMED.findall(read("*.in"))}
    locked = {plain(name): version for name, version in LOCKED.findall(read("*.txt"))}
    behind = [name for name in locked if newest.get(name, locked[name]) != locked[name]]
    for title, names in (
        ("De los que Vigía pide:", [name for name in behind if name in named]),
        ("De los que esos traen:", [name for name in behind if name not in named]),
    ):
        if names:
            print(title)
            for name in sorted(names):
                print(f"  {name:<34} fijada {locked[name]:<14} hay {newest[name]}")
    print(f"Paquetes fijados: {len(locked)}. Con una versión más nueva: {len(behind)}.")
    if behind:
        print("Para subirlos: make lock args=--upgrade, y luego make check.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
