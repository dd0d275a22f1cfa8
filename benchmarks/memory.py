"""What printing costs in memory: the most that a process needs, and whether it grows.

A process of its own reads the contents from files, as a worker reads them from the database, so
that nothing else of the benchmark is counted. Its peak is the kernel's own of that program: what
`getrusage` says is inherited from whoever started it.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.accountability import only_figures
from tracking.accountability.frozen import frozen, read
from tracking.models import AccountabilityReport

MOST: Final = 250  # MB, for 200 targets and 200 activities
RENDERINGS: Final = 100
GROWTH: Final = 1.05  # of the peak after the first ten

PRINTER: Final = """
import json, re, sys
import django
django.setup()
from tracking.accountability.edition import Edition
from tracking.accountability.frozen import read
from tracking.accountability.printing.pdf import pdf_of

text, times = open(sys.argv[1]).read(), int(sys.argv[2])
peaks = []
for _time in range(times):
    pdf_of(Edition(read(text), "0" * 12, "0" * 64), text, name="informe")
    status = open("/proc/self/status").read()
    peaks.append(int(re.search(r"VmHWM:\\s+([0-9]+)", status)[1]) // 1024)
print(json.dumps(peaks))
"""


def megabytes(name: str, pid: int | str = "self") -> float:
    """NAME ("VmRSS", or "VmHWM" for its peak) of a process, by the kernel's account."""
    status = Path(f"/proc/{pid}/status").read_text()
    (found,) = re.findall(rf"{name}:\s+([0-9]+)", status)
    return int(found) / 1024


def exceeded() -> list[str]:
    """Print both figures, in MB; the names of those beyond their limit."""
    report = AccountabilityReport.objects.get()
    content = read(report.content)
    small = only_figures(content)
    few = frozen(type(content)(**{**vars(small), "promises": small.promises[:60]}))
    (peak,) = _peaks(report.content, 1)
    print(f"\nMemoria, PDF de 200 metas y 200 actividades: {peak} MB (límite {MOST})")
    peaks = _peaks(few, RENDERINGS)
    growth = peaks[-1] / peaks[9]
    print(
        f"Memoria, {RENDERINGS} PDF seguidos: {peaks[9]} MB tras diez, {peaks[-1]} MB al final "
        f"(× {growth:.2f}, límite × {GROWTH})"
    )
    exceeded = {"memoria de un PDF": peak > MOST, "memoria de muchos": growth > GROWTH}
    return [name for name, is_exceeded in exceeded.items() if is_exceeded]


def _peaks(text: str, times: int) -> list[int]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "contenido.json"
        file.write_text(text)
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", PRINTER, str(file), str(times)],
            capture_output=True,
            check=True,
            text=True,
        )
    peaks: list[int] = json.loads(done.stdout.splitlines()[-1])
    return peaks
