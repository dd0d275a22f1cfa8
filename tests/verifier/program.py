"""``bin/vigia-verify`` as a module, and as whoever has the file runs it."""

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any, Final

PATH: Final = Path(__file__).parents[2] / "bin" / "vigia-verify"


def _loaded() -> Any:
    loader = SourceFileLoader("vigia_verify", str(PATH))
    spec = spec_from_loader("vigia_verify", loader)
    assert spec
    module = module_from_spec(spec)
    sys.modules["vigia_verify"] = module
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


vigia_verify: Final = _loaded()


@dataclass(frozen=True)
class Run:
    """What it said, and its exit status."""

    status: int
    said: str

    @property
    def faults(self) -> list[str]:
        return [line.split(None, 1)[1] for line in self.said.splitlines() if "  MAL  " in line]


def run(*arguments: object, memory: Path, options: Sequence[str] = ()) -> Run:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            status = vigia_verify.main([*map(str, arguments), "--memoria", str(memory), *options])
        except SystemExit as left:
            status = left.code
    return Run(status, said.getvalue())
