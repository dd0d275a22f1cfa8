"""What ``bin/vigia-verify`` costs for a portal of as many entries as the country has in years.

    .venv/bin/python -m benchmarks.verifier [ENTRIES]

Prints the processor time and the peak of memory of a process of its own; the exit status says
whether a limit is exceeded. The download is made up: its entries are as long as real ones.
"""

import base64
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from tracking.ledger.chain import canonical, text_digest
from tracking.transparency.notes import Signer, signed

ENTRIES: Final = 1_000_000
PLACES: Final = 1891
MOST_SECONDS: Final = 180
MOST_MEGABYTES: Final = 300
ORIGIN: Final = "pais.example/registro"
AT: Final = "2026-11-20T15:00:00.123456Z"
NARRATIVE: Final = "Se concluyó el tramo previsto y se entregó a la junta vecinal. " * 5


def write(folder: Path, entries: int) -> None:
    """What would be downloaded of a portal of so many ENTRIES."""
    chains: dict[str, tuple[int, str]] = {}
    tree = Tree()
    with (
        (folder / "ledger.jsonl").open("w") as ledger,
        (folder / "contents.jsonl").open("w") as lines,
    ):
        for leaf in range(entries):
            content = canonical(
                {"promesa": f"S.{leaf % 100}", "que_se_hizo": f"{leaf} {NARRATIVE}"}
            )
            row = _row(leaf, text_digest(content), chains)
            tree.append(row.pop("sealed"))
            ledger.write(json.dumps(row, ensure_ascii=False) + "\n")
            line = {"id": row["id"], "digest": row["digest"], "content": content}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    signer = Signer.new(ORIGIN)
    root = base64.b64encode(tree.root()).decode()
    (folder / "checkpoint").write_text(signed(f"{ORIGIN}\n{entries}\n{root}\n", [signer]))
    told = {"origin": ORIGIN, "keys": [str(signer.verifier)], "witnesses": []}
    (folder / "vigia-log.json").write_text(json.dumps(told))


def _row(leaf: int, digest: str, chains: dict[str, tuple[int, str]]) -> dict[str, Any]:
    place = f"municipalidad-{leaf % PLACES}"
    number, previous = chains.get(place, (0, "0" * 64))
    sealed = {
        **{"municipalidad": f"{leaf % PLACES:06}", "numero": number + 1, "acto": "informe"},
        **{"fila": leaf, "periodo": "2023-2026", "promesa": f"S.{leaf % 100}"},
        **{"semestre": "2026-I", "revision": 1, "oficina": "Gerencia de Desarrollo Social"},
        **{"simulado": False, "fecha": AT, "registrado": AT},
        **{"contenido": digest, "anterior": previous},
    }
    text = canonical(sealed)
    chain = text_digest(text)
    chains[place] = (number + 1, chain)
    return {
        **{"id": leaf + 1, "municipality": place, "ubigeo": sealed["municipalidad"]},
        **{"ubigeo_text": f"INEI-{sealed['municipalidad']}", "number": number + 1},
        **{"act": "informe", "subject_id": leaf, "term": "2023-2026", "ref": sealed["promesa"]},
        **{"semester": "2026-I", "revision": 1, "unit_name": sealed["oficina"]},
        **{"happened_at": AT, "at": AT},
        "content": f"https://pais.example/m/{place}/registro/{number + 1}.json",
        **{"digest": digest, "previous": previous, "chain": chain, "leaf": leaf},
        **{"simulated": False, "exported_on": "2026-11-20", "sealed": text},
    }


class Tree:
    """The root of leaves that come one by one (RFC 6962): one hash for each full subtree."""

    def __init__(self) -> None:
        self.full: list[tuple[int, bytes]] = []

    def append(self, text: str) -> None:
        size, node = 1, hashlib.sha256(b"\0" + text.encode()).digest()
        while self.full and self.full[-1][0] == size:
            _size, left = self.full.pop()
            size, node = 2 * size, hashlib.sha256(b"\1" + left + node).digest()
        self.full.append((size, node))

    def root(self) -> bytes:
        nodes = [node for _size, node in self.full]
        root = nodes.pop()
        while nodes:
            root = hashlib.sha256(b"\1" + nodes.pop() + root).digest()
        return root


def main(entries: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, entries)
        program = Path(__file__).parents[1] / "bin" / "vigia-verify"
        command = [sys.executable, str(program), name, "--memoria", str(folder / "memoria")]
        with subprocess.Popen(command, cwd=name, stdout=subprocess.PIPE) as process:  # noqa: S603
            said = process.stdout.read().decode() if process.stdout else ""
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
    print(said)
    return _told(entries, process.returncode, used)


def _told(entries: int, status: int, used: resource.struct_rusage) -> int:
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(
        f"{entries} asientos: {seconds:.1f} s de procesador (límite {MOST_SECONDS}), "
        f"{megabytes:.0f} MB (límite {MOST_MEGABYTES})"
    )
    return int(status != 0 or seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES))
